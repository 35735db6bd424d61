import Storage
import TestStores
import Testing

/// Histories of a store, each of which counts on above what the one before has given.
@Suite struct EpochTests {
    private static let now: Int64 = 1_795_000_000_000_000

    private func next(_ counter: String, _ store: Store) throws -> Int64 {
        try store.writeNow { try Store.next(counter, in: $0) }
    }

    @Test(arguments: TestEngine.all) func `a history keeps its name until another one begins`(engine: TestEngine) throws
    {
        let place = try engine.place()
        let store = try place.open()
        try store.writeNow { _ = try Store.beginEpoch(now: Self.now, in: $0) }
        let first = try #require(try store.readNow { try Store.epoch(in: $0) })
        try store.writeNow { _ = try Store.beginEpoch(now: Self.now, in: $0) }
        #expect(try place.open().readNow { try Store.epoch(in: $0) } == first)
        try store.writeNow { _ = try Store.beginEpoch(isNew: true, now: Self.now, in: $0) }
        let second = try #require(try store.readNow { try Store.epoch(in: $0) })
        #expect(second.name != first.name && second.number == first.number + 1)
        #expect((first.place != nil) == (engine == .postgres))
    }

    @Test(arguments: TestEngine.all)
    func `what is followed counts on above everything that was given, and the rest goes on`(engine: TestEngine) throws {
        let store = try engine.place().open()
        try store.writeNow { _ = try Store.beginEpoch(now: Self.now, in: $0) }
        for counter in ["changes", "alert_events", "articles"] { for _ in 0..<3 { _ = try next(counter, store) } }
        try store.writeNow { _ = try Store.beginEpoch(isNew: true, now: Self.now, in: $0) }
        #expect(try next("articles", store) == 4)
        #expect(try next("changes", store) == Self.now + 1)
        #expect(try next("alert_events", store) == Self.now + 1)
        // Another one, by a clock that is behind.
        try store.writeNow { _ = try Store.beginEpoch(isNew: true, now: 7, in: $0) }
        #expect(try next("alert_events", store) > Self.now + 1)
    }

    @Test(arguments: TestEngine.all) func `a number that was lost is told from those that both histories have`(
        engine: TestEngine
    ) async throws {
        let store = try engine.place().open()
        try store.writeNow { _ = try Store.beginEpoch(now: Self.now, in: $0) }
        let history = StoreHistory(store)
        #expect(try await history.gap(of: "alert_events", at: 100) == nil)
        for _ in 0..<3 { _ = try next("alert_events", store) }
        let name = await history.name()
        try await store.write { _ = try Store.beginEpoch(isNew: true, now: Self.now, in: $0) }
        #expect(await history.name() != name)
        let new = try next("alert_events", store)
        for number in [0, 1, 3, new - 1, new, new + 1] {
            #expect(try await history.gap(of: "alert_events", at: number) == nil, "\(number)")
        }
        let gap = Store.Gap(lastCommon: 3, firstNew: new - 1)
        for number in [4, 1_000, Self.now - 1] {
            #expect(try await history.gap(of: "alert_events", at: number) == gap)
            #expect(try await store.read { try Store.gap(of: "alert_events", at: number, in: $0) } == gap)
        }
        #expect(try await history.gap(of: "work_events", at: 4) == nil)
    }

    @Test(arguments: TestEngine.all) func `caches make their values anew`(engine: TestEngine) async throws {
        let store = try engine.place().open()
        try await store.write { transaction in
            _ = try Store.beginEpoch(now: Self.now, in: transaction)
            try Store.touch("things", in: transaction)
        }
        let before = try await store.revisions()["things"]
        try await store.write { _ = try Store.beginEpoch(isNew: true, now: Self.now, in: $0) }
        // More than any history may have lost.
        #expect(try await store.revisions()["things"] >= before + 1_000_000)
    }
}
