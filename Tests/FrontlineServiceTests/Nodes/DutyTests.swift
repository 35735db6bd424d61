import Foundation
import FrontlineService
import Storage
import Synchronization
import TestStores
import Testing

/// One of several servers has a duty, whatever happens to it.
@Suite struct DutyTests {
    /// A clock set by the test.
    private final class Clock: Sendable {
        private let start = ContinuousClock.now
        private let passed = Mutex(Duration.zero)
        var now: ContinuousClock.Instant { start + passed.withLock { $0 } }
        func advance(_ time: Duration) { passed.withLock { $0 += time } }
    }

    /// Two servers of one store.
    private struct Pair {
        let clock = Clock()
        let store: Store
        let first: Duty
        let second: Duty

        init() throws {
            let place = try TestEngine.postgres.place()
            store = try place.open(Duty.migrations)
            first = Duty("timers", node: "one", store: store, clock: { [clock] in clock.now })
            second = Duty(
                "timers",
                node: "two",
                store: try place.open(Duty.migrations),
                clock: { [clock] in clock.now }
            )
        }

        var held: [Bool] { [first.isHeld, second.isHeld] }
    }

    @Test(.enabled(if: PostgresServer.isInstalled)) func `the first one has it for as long as it renews it`()
        async throws
    {
        let pair = try Pair()
        #expect(pair.held == [false, false])
        for _ in 0..<10 {
            try await pair.first.renew()
            try await pair.second.renew()
            #expect(pair.held == [true, false])
            pair.clock.advance(Duty.pause)
        }
    }

    @Test(.enabled(if: PostgresServer.isInstalled))
    func `another one takes over after a death, and the dead one that wakes has it no more`() async throws {
        let pair = try Pair()
        try await pair.first.renew()
        try await pair.second.renew()
        pair.clock.advance(Duty.validity)
        #expect(pair.held == [false, false])
        try await pair.second.renew()
        #expect(pair.held == [false, false])
        pair.clock.advance(Duty.patience - Duty.validity)
        try await pair.second.renew()
        #expect(pair.held == [false, true])
        try await pair.first.renew()
        #expect(pair.held == [false, true])
        // It waits as long as the other one did.
        for _ in 0..<10 {
            pair.clock.advance(Duty.pause)
            try await pair.second.renew()
            try await pair.first.renew()
            #expect(pair.held == [false, true])
        }
    }

    @Test(.enabled(if: PostgresServer.isInstalled)) func `one that is released is taken at once`() async throws {
        let pair = try Pair()
        try await pair.first.renew()
        try await pair.second.renew()
        try await pair.first.release()
        #expect(pair.held == [false, false])
        try await pair.second.renew()
        #expect(pair.held == [false, true])
        try await pair.first.release()
        #expect(pair.held == [false, true])
    }

    @Test(.enabled(if: PostgresServer.isInstalled))
    func `one that is frozen in the middle changes nothing any more when it wakes`() async throws {
        let pair = try Pair()
        try await pair.first.renew()
        try await pair.second.renew()
        let count = { @Sendable in try await pair.store.write { try Store.next("done", in: $0) } }
        #expect(try await pair.first.run { try await count() } == 1)
        let late = try await pair.first.run {
            // It was looked whether the duty is held. Now the process stands still, and another one takes over.
            pair.clock.advance(Duty.patience)
            try await pair.second.renew()
            return try await count()
        }
        #expect(late == nil)
        #expect(pair.held == [false, true])
        #expect(try await pair.store.read { try Store.current("done", in: $0) } == 1)
        #expect(try await pair.second.run { try await count() } == 2)
        // What is not done under the duty is not concerned.
        #expect(try await count() == 3)
    }

    @Test(.enabled(if: PostgresServer.isInstalled))
    func `who waits for a turn gets it when the one before leaves it`() async throws {
        let pair = try Pair()
        try await pair.first.renew()
        let order = Mutex<[String]>([])
        try await pair.second.inTurn(
            pause: { _ in
                // In place of waiting: the first one ends.
                order.withLock { $0.append("waited") }
                try? await pair.first.release()
            }
        ) { order.withLock { $0.append("done") } }
        #expect(order.withLock { $0 } == ["waited", "done"])
        #expect(pair.held == [false, false])
    }

    @Test func `a store in a folder has one server`() async throws {
        let duty = Duty("timers", node: "one", store: try TestEngine.sqlite.place().open())
        #expect(duty.isHeld)
        try await duty.renew()
        try await duty.release()
        #expect(duty.isHeld)
    }
}
