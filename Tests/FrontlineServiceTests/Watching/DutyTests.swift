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
        let first: Duty
        let second: Duty

        init() throws {
            let place = try TestEngine.postgres.place()
            first = Duty("timers", node: "one", store: try place.open(Duty.migrations), clock: { [clock] in clock.now })
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

    @Test func `a store in a folder has one server`() async throws {
        let duty = Duty("timers", node: "one", store: try TestEngine.sqlite.place().open())
        #expect(duty.isHeld)
        try await duty.renew()
        try await duty.release()
        #expect(duty.isHeld)
    }
}
