package import AuditTrail
import RFC3339
package import Storage
import Synchronization

/// How far a clock may get ahead before nobody believes it.
package struct ClockBounds: Sendable {
    /// How long a store may have stood unattended, in microseconds.
    package var gap: Int64
    /// How much more the clock may show than has elapsed while the server runs, in microseconds.
    package var drift: Int64
    /// Microseconds that pass whatever the clock is set to, from any beginning; also while the machine sleeps.
    package var elapsed: @Sendable () -> Int64

    package init(
        gap: Int64,
        drift: Int64 = 86_400_000_000,
        elapsed: @escaping @Sendable () -> Int64 = ClockBounds.sinceStart
    ) {
        (self.gap, self.drift, self.elapsed) = (gap, drift, elapsed)
    }

    private static let start = ContinuousClock.now

    /// The time since the process began to ask.
    @Sendable package static func sinceStart() -> Int64 {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}

/// Judges the clock, so that one wrong moment does not become a date that everything after it has to carry.
///
/// Limits count over spans of time: under a clock that is a year ahead every window is empty, and what is written then is
/// later than all that follows. So the store keeps the last time that it was served under a clock that was believed. A
/// clock that is further ahead of it than a store stands unattended, or that has jumped while the server runs, is not
/// believed: nothing is granted and nothing expires until it is set right, or somebody who looked at it accepts it. A clock
/// that is behind opens nothing and is left to those who count.
///
/// ## Topics
/// - ``begin(_:in:)``
/// - ``check(_:in:)``
/// - ``note(_:in:)``
/// - ``accept(_:by:in:)``
package final class ClockGuard: Sendable {
    /// The tables of this module.
    package static let migrations = [
        Migration(
            "timekeeping-1",
            ["CREATE TABLE clock_marks (place BIGINT NOT NULL PRIMARY KEY, at_microseconds BIGINT NOT NULL)"]
        )
    ]

    /// Within this of the last mark every clock is believed, so that one that was accepted counts.
    private static let slack: Int64 = 600_000_000

    /// When the clock was last believed.
    private struct Anchor {
        let wall: Int64
        let elapsed: Int64
    }

    private let bounds: ClockBounds?
    private let anchor = Mutex<Anchor?>(nil)

    /// Without bounds every clock is believed.
    package init(bounds: ClockBounds? = nil) { self.bounds = bounds }

    /// The last time at which the store was served under a clock that was believed; nil before the first.
    package static func mark(in transaction: some SQLReading) throws -> Int64? {
        try transaction.first("SELECT at_microseconds FROM clock_marks WHERE place = 1") { try $0.integer(0) }
    }

    /// Believes the clock, or says why not.
    ///
    /// - Throws: ``ClockError``; the store's error.
    package func check(_ now: Int64, in transaction: some SQLReading) throws {
        guard let bounds, let seen = try Self.mark(in: transaction) else { return }
        let elapsed = bounds.elapsed()
        let fault = anchor.withLock { anchor -> String? in
            let expected = anchor.map { $0.wall + elapsed - $0.elapsed }
            if now > seen + Self.slack {
                if now > seen + bounds.gap {
                    return "the store was last served at \(RFC3339.text(of: seen))"
                }
                if let expected, now > expected + bounds.drift {
                    return "by the time that has passed it should show \(RFC3339.text(of: expected))"
                }
            }
            // A clock that is set back and forth again is believed by what it showed before.
            if now >= expected ?? now { anchor = Anchor(wall: now, elapsed: elapsed) }
            return nil
        }
        guard let fault else { return }
        throw ClockError(
            "the clock shows \(RFC3339.text(of: now)), and \(fault): nothing is granted until it is set right, "
                + "or accepted with `frontline clock accept`"
        )
    }

    /// Gives a store that has no mark its first: whoever serves it for the first time, or with the first release that keeps one,
    /// is there to look at the clock.
    package func begin(_ now: Int64, in transaction: WriteTransaction) throws {
        guard bounds != nil, try Self.mark(in: transaction) == nil else { return }
        try Self.put(now, in: transaction)
    }

    /// Notes that the store is served now, under a clock that is believed.
    ///
    /// - Throws: ``ClockError``; the store's error.
    package func note(_ now: Int64, in transaction: WriteTransaction) throws {
        guard bounds != nil else { return }
        try check(now, in: transaction)
        if let seen = try Self.mark(in: transaction), now > seen { try Self.put(now, in: transaction) }
    }

    /// Takes a clock for right because somebody looked at it: it is believed from now on.
    package static func accept(_ now: Int64, by actor: AuditActor, in transaction: WriteTransaction) throws {
        let before = try mark(in: transaction)
        try put(now, in: transaction)
        let event = AuditEvent(
            actor: actor,
            action: "clock.accept",
            target: "clock",
            details: before.map { "the store was last served at \(RFC3339.text(of: $0))" }
        )
        try AuditLog.append([event], at: now, in: transaction)
    }

    private static func put(_ moment: Int64, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO clock_marks (place, at_microseconds) VALUES (1, $1)
            ON CONFLICT (place) DO UPDATE SET at_microseconds = excluded.at_microseconds
            """,
            [.integer(moment)]
        )
    }
}
