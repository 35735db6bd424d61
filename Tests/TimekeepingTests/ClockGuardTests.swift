import AuditTrail
import Foundation
import Storage
import Synchronization
import TestStores
import Testing
import Timekeeping

@Suite struct ClockGuardTests {
    private static let start: Int64 = 1_795_000_000_000_000
    private static let hour: Int64 = 3_600_000_000
    private static let day: Int64 = 24 * hour

    /// A store and a monotonic clock.
    private final class Tower: Sendable {
        let store: Store
        private let time = Mutex<Int64>(0)

        init() throws {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tower-\(UUID().uuidString)")
            store = try Store(testing: folder, migrations: AuditLog.migrations + ClockGuard.migrations)
        }

        func pass(_ microseconds: Int64) { time.withLock { $0 += microseconds } }

        func guardian() -> ClockGuard {
            ClockGuard(bounds: ClockBounds(gap: 31 * day, elapsed: { [self] in time.withLock { $0 } }))
        }
    }

    @Test(arguments: [(0, 3_600, true), (10, 9, true), (10, -9, true), (10, 11, false), (10, -11, false)])
    func `a machine whose clock is far from the database's is trusted with nothing that cannot be taken back`(
        bound: Int64,
        ahead: Int64,
        isAdmitted: Bool
    ) throws {
        let tower = try Tower()
        let clock = ClockGuard(skew: ClockSkew(bound: bound * 1_000_000) { ahead * 1_000_000 })
        #expect(try isBelieved(tower, clock, Self.start))
        let check = { try tower.store.readNow { try clock.admit(Self.start, in: $0) } }
        if isAdmitted { try check() } else { #expect(throws: ClockError.self) { try check() } }
        #expect(clock.skewAhead == ahead * 1_000_000)
        // Where there is nothing to compare with, nothing is wrong.
        try tower.store.readNow { try ClockGuard().admit(Self.start, in: $0) }
    }

    private func note(_ tower: Tower, _ clock: ClockGuard, _ now: Int64) throws {
        try tower.store.writeNow { try clock.begin(now, in: $0) }
        try tower.store.writeNow { try clock.note(now, in: $0) }
    }

    private func isBelieved(_ tower: Tower, _ clock: ClockGuard, _ now: Int64) throws -> Bool {
        do {
            try tower.store.readNow { try clock.check(now, in: $0) }
            return true
        } catch is ClockError {
            return false
        }
    }

    @Test func `a clock further ahead than the allowed gap is not trusted`() throws {
        let tower = try Tower()
        try note(tower, tower.guardian(), Self.start)
        let next = tower.guardian()
        #expect(try isBelieved(tower, next, Self.start + 30 * Self.day))
        #expect(try !isBelieved(tower, next, Self.start + 400 * Self.day))
        #expect(throws: ClockError.self) { try note(tower, next, Self.start + 400 * Self.day) }
        // Nothing was recorded, so the correct time is still trusted.
        try note(tower, next, Self.start + Self.hour)
        #expect(try tower.store.readNow { try ClockGuard.mark(in: $0) } == Self.start + Self.hour)
    }

    @Test func `a clock that jumps while the server runs is not trusted, and a regular one is`() throws {
        let tower = try Tower()
        let clock = tower.guardian()
        try note(tower, clock, Self.start)
        #expect(try !isBelieved(tower, clock, Self.start + 2 * Self.day))
        tower.pass(2 * Self.day)
        #expect(try isBelieved(tower, clock, Self.start + 2 * Self.day))
        #expect(try isBelieved(tower, clock, Self.start + 2 * Self.day + 23 * Self.hour))
    }

    @Test func `a clock that is set back and then forward again is trusted`() throws {
        let tower = try Tower()
        let clock = tower.guardian()
        try note(tower, clock, Self.start)
        try note(tower, clock, Self.start - 400 * Self.day)
        tower.pass(3 * Self.day)
        try note(tower, clock, Self.start + 3 * Self.day)
        #expect(try tower.store.readNow { try ClockGuard.mark(in: $0) } == Self.start + 3 * Self.day)
    }

    @Test func `an accepted clock is trusted by a running server, and recorded`() throws {
        let tower = try Tower()
        let clock = tower.guardian()
        try note(tower, clock, Self.start)
        let later = Self.start + 400 * Self.day
        #expect(try !isBelieved(tower, clock, later))
        try tower.store.writeNow { try ClockGuard.accept(later, by: "olga", in: $0) }
        try note(tower, clock, later + 1)
        tower.pass(Self.hour)
        #expect(try isBelieved(tower, clock, later + Self.hour))
        let entries = try tower.store.readNow { try AuditLog.entries(AuditFilter(limit: 10), in: $0) }
        #expect(entries.map(\.event.action) == ["clock.accept"])
    }

    @Test func `a store of an earlier release starts with the time of its first use`() throws {
        let tower = try Tower()
        let event = AuditEvent(actor: "a", action: "b", target: "c")
        try tower.store.writeNow { try AuditLog.append([event], at: Self.start - 400 * Self.day, in: $0) }
        let clock = tower.guardian()
        try note(tower, clock, Self.start)
        #expect(try isBelieved(tower, clock, Self.start + Self.hour))
        #expect(try !isBelieved(tower, clock, Self.start + 400 * Self.day))
    }

    @Test func `without bounds every clock is trusted`() throws {
        let tower = try Tower()
        try note(tower, tower.guardian(), Self.start)
        #expect(try isBelieved(tower, ClockGuard(), .max / 2))
    }
}
