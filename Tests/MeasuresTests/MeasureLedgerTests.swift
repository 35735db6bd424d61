import Access
import AuditTrail
import Measures
import Storage
import Synchronization
import Testing
import Vocabulary

@Suite struct MeasureLedgerTests {
    private static let handleTime = "statistic: mean\nwhere: is_closed\nof: handle_seconds"

    @Test func `a record counts once, however often it changes`() async throws {
        let room = try CountingRoom()
        try await room.publish("contacts", "statistic: count")
        try await room.publish("handle_time", Self.handleTime)
        try await room.put(CountingRoom.contact("a", seconds: nil))
        try await room.ledger.catchUp()
        #expect(try await room.values("contacts").first?.value == 1)
        #expect(try await room.values("handle_time").first?.value == nil)
        for seconds in [100, 200, 300] as [Int64] {
            try await room.put(CountingRoom.contact("a", seconds: seconds))
            try await room.ledger.catchUp()
            #expect(try await room.values("contacts").first?.value == 1)
            #expect(try await room.values("handle_time").first?.value == Double(seconds))
        }
        #expect(try await room.ledger.waiting() == 0)
    }

    @Test func `a record that moves leaves nothing behind`() async throws {
        let room = try CountingRoom()
        try await room.publish("contacts", "statistic: count")
        try await room.put(CountingRoom.contact("a", agent: nil, teams: ["delivery"]))
        try await room.ledger.catchUp()
        try await room.put(CountingRoom.contact("a", agent: "ben", teams: ["billing", "returns"], channel: "phone"))
        try await room.ledger.catchUp()
        #expect(try await room.values("contacts", by: "agent").map(\.key) == ["ben"])
        #expect(try await room.values("contacts", by: "team").map(\.key) == ["billing", "returns"])
        #expect(try await room.values("contacts", by: "channel").map(\.key) == ["phone"])
        let left = try await room.store.read {
            try $0.first("SELECT count(*) AS n FROM measure_sums") { try $0.integer("n") }
        }
        #expect(left == 1)
    }

    @Test func `a transaction that fails counts nothing, and the next one counts everything`() async throws {
        let room = try CountingRoom()
        try await room.publish("contacts", "statistic: count")
        for name in ["a", "b", "c"] { try await room.put(CountingRoom.contact(name)) }
        room.source.broken.withLock { $0 = "b" }
        await #expect(throws: MadeUpSource.Failure.self) { try await room.ledger.catchUp() }
        #expect(try await room.values("contacts").first?.value == 0)
        #expect(try await room.ledger.waiting() == 3)
        room.source.broken.withLock { $0 = nil }
        try await room.ledger.catchUp()
        #expect(try await room.values("contacts").first?.value == 3)
    }

    @Test func `what was there before a measure is counted, and what has gone stays counted`() async throws {
        let room = try CountingRoom()
        for number in 0..<40 { room.source.put(CountingRoom.contact("c\(number)")) }
        try await room.publish("contacts", "statistic: count")
        try await room.ledger.catchUp()
        #expect(try await room.values("contacts").first?.value == 40)
        room.source.remove("c7")
        try await room.store.write { try Store.markOutdated(RecordKind.contacts.rawValue, "c7", in: $0) }
        try await room.ledger.catchUp()
        #expect(try await room.values("contacts").first?.value == 40)
        #expect(try await room.ledger.recount(room.day(), isCheck: true).isEmpty)
    }

    @Test func `each day keeps the version that counted on it`() async throws {
        let room = try CountingRoom()
        let tomorrow = CountingRoom.noon + CountingRoom.dayLength
        try await room.publish("quick", "statistic: proportion\nof: handle_seconds < 100")
        try await room.put(CountingRoom.contact("a", seconds: 150))
        try await room.ledger.catchUp()
        try await room.publish("quick", "statistic: proportion\nof: handle_seconds < 200", now: CountingRoom.noon + 1)
        // Of the day under way nothing changes, whatever happens to its records.
        try await room.put(CountingRoom.contact("b", seconds: 150))
        try await room.put(CountingRoom.contact("c", seconds: 150, at: tomorrow))
        try await room.ledger.catchUp()
        #expect(try await room.values("quick", by: "day", days: 0...1).map(\.value) == [0, 1])
        _ = try await room.measures.rollback("quick", to: 1, reason: "no", by: "olga", now: tomorrow)
        try await room.put(CountingRoom.contact("d", seconds: 150, at: tomorrow + CountingRoom.dayLength))
        try await room.ledger.catchUp()
        #expect(try await room.values("quick", by: "day", days: 0...2).map(\.value) == [0, 1, 0])
        for day in 0...2 as ClosedRange<Int64> {
            #expect(try await room.ledger.recount(room.day(day), isCheck: true).isEmpty)
        }
    }

    @Test func `a measure goes on counting the same thing`() async throws {
        let room = try CountingRoom()
        try await room.publish("things", "statistic: count")
        await #expect(throws: MeasureError.self) {
            try await room.publish("things", "statistic: sum\nof: transfers", now: CountingRoom.noon + 1)
        }
        await #expect(throws: MeasureError.self) { try await room.publish("broken", "statistic: sum\nof: nothing") }
        #expect(try await room.measures.book().entries.map(\.definition.name) == ["things"])
    }

    @Test func `sums that were tampered with are found and replaced`() async throws {
        let room = try CountingRoom()
        try await room.publish("handle_time", Self.handleTime)
        for number in 0..<5 { try await room.put(CountingRoom.contact("c\(number)", seconds: Int64(number) * 10)) }
        try await room.ledger.catchUp()
        try await room.store.write { try $0.execute("UPDATE measure_sums SET n = n + 2, total = total + 70000") }
        let found = try await room.ledger.recount(room.day(), isCheck: true)
        #expect(found.map(\.kept) == [7] && found.map(\.counted) == [5])
        #expect(found.first?.countedTotal == 100 && found.first?.keptTotal == 107)
        #expect(try await room.ledger.recount(room.day(), isCheck: false).count == 1)
        #expect(try await room.ledger.recount(room.day(), isCheck: true).isEmpty)
        #expect(try await room.values("handle_time").first?.value == 20)
    }

    @Test func `after a change of the time zone everything is counted on its new day`() async throws {
        let room = try CountingRoom()
        try await room.ledger.adoptTimeZone()
        try await room.publish("contacts", "statistic: count")
        try await room.put(CountingRoom.contact("a", at: CountingRoom.noon + 11 * 3_600_000_000))
        try await room.ledger.catchUp()
        #expect(try await room.values("contacts", by: "day", days: 0...1).map(\.key) == ["2026-11-18"])
        let east = try CountingRoom(timeZone: "Asia/Tokyo", store: room.store, source: room.source)
        try await east.ledger.adoptTimeZone()
        try await east.ledger.catchUp()
        #expect(try await east.values("contacts", by: "day", days: 0...1).map(\.key) == ["2026-11-19"])
        try await east.ledger.adoptTimeZone()
        #expect(try await east.ledger.catchUp() == 0)
    }

    @Test func `numbers are exact, and one that is out of range does not count`() async throws {
        let room = try CountingRoom()
        try await room.publish("total", "statistic: sum\nof: handle_seconds / 3")
        try await room.publish("big", "statistic: sum\nof: handle_seconds * 1000000000")
        for number in 0..<30 { try await room.put(CountingRoom.contact("c\(number)", seconds: 1)) }
        try await room.ledger.catchUp()
        // Thirty times a third, each kept to four digits.
        #expect(try await room.values("total").first?.value == 9.999)
        #expect(try await room.values("big").first?.n == 0)
    }
}
