package import AuditTrail
package import Storage
import Synchronization
import Vocabulary

/// How far a clock may be ahead before it is no longer trusted.
package struct ClockBounds: Sendable {
    /// The longest time that a store may be unused, in microseconds.
    package var gap: Int64
    /// How far the clock may advance beyond the elapsed time while the server runs, in microseconds.
    package var drift: Int64
    /// A monotonic clock in microseconds, from any origin, which also advances while the machine sleeps.
    package var elapsed: @Sendable () -> Int64

    package init(
        gap: Int64,
        drift: Int64 = 86_400_000_000,
        elapsed: @escaping @Sendable () -> Int64 = ClockBounds.sinceStart
    ) {
        (self.gap, self.drift, self.elapsed) = (gap, drift, elapsed)
    }

    private static let start = ContinuousClock.now

    /// The time since the first call in this process, in microseconds.
    @Sendable package static func sinceStart() -> Int64 {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}

/// How far the clock of this machine may be from that of the database.
package struct ClockSkew: Sendable {
    /// The largest difference in microseconds.
    package var bound: Int64
    /// How far this machine's clock is ahead of the database's, in microseconds; nil where that is not known.
    package var ahead: @Sendable () -> Int64?

    package init(bound: Int64, ahead: @escaping @Sendable () -> Int64?) { (self.bound, self.ahead) = (bound, ahead) }
}

/// Detects a clock that is wrong, so that no wrong times are stored.
///
/// Limits apply to windows of time. With a clock that is a year ahead every window is empty, and entries written then
/// are later than all that follow. So the store records the last time at which it was used with a trusted clock. A
/// clock that is ahead of this mark by more than ``ClockBounds/gap``, or that has jumped while the server runs, is not
/// trusted: nothing is granted and nothing expires until it is corrected, or until somebody checks and accepts it. A
/// clock that is behind does not open any limit and is handled where limits are computed.
///
/// Nodes that share a database go by its clock. Where that of their own machine is far from it, one of both is wrong, and nobody
/// can tell which: such a node grants nothing (``admit(_:in:)``).
///
/// ## Topics
/// - ``begin(_:in:)``
/// - ``check(_:in:)``, ``admit(_:in:)``
/// - ``note(_:in:)``
/// - ``accept(_:by:in:)``
package final class ClockGuard: Sendable {
    /// The migrations that create this module's tables.
    package static let migrations = [
        Migration(
            "timekeeping-1",
            ["CREATE TABLE clock_marks (place BIGINT NOT NULL PRIMARY KEY, at_microseconds BIGINT NOT NULL)"]
        )
    ]

    /// The distance from the last mark within which any clock is trusted, in microseconds, so that an accepted clock is
    /// trusted afterwards.
    private static let slack: Int64 = 600_000_000

    /// The time at which the clock was last trusted.
    private struct Anchor {
        let wall: Int64
        let elapsed: Int64
    }

    private let bounds: ClockBounds?
    private let skew: ClockSkew?
    private let anchor = Mutex<Anchor?>(nil)

    /// Creates a guard; without bounds every clock is trusted, without a skew there is no other clock to compare it with.
    package init(bounds: ClockBounds? = nil, skew: ClockSkew? = nil) { (self.bounds, self.skew) = (bounds, skew) }

    /// How far this machine's clock is ahead of the database's, in microseconds; nil without a database server.
    package var skewAhead: Int64? { skew?.ahead() }

    /// Compares this machine's clock with the database's.
    ///
    /// - Throws: ``ClockError`` if they are too far apart.
    package func checkSkew() throws(ClockError) {
        guard let skew, skew.bound > 0, let ahead = skew.ahead(), abs(ahead) > skew.bound else { return }
        let seconds = Double(abs(ahead) / 100_000) / 10
        throw ClockError(
            "this machine's clock is \(seconds) s \(ahead > 0 ? "ahead of" : "behind") the database's: this server grants "
                + "nothing until they agree"
        )
    }

    /// Checks the clock for something that depends on it and cannot be taken back.
    ///
    /// - Throws: ``ClockError`` if the clock is not trusted, or too far from the database's; the store's error.
    package func admit(_ now: Int64, in transaction: some SQLReading) throws {
        try checkSkew()
        try check(now, in: transaction)
    }

    /// The last time at which the store was used with a trusted clock; nil before the first use.
    package static func mark(in transaction: some SQLReading) throws -> Int64? {
        try transaction.first(markQuestion) { try $0.integer("at_microseconds") }
    }

    /// What every check of the clock asks.
    package static let markQuestion = SQLQuestion("SELECT at_microseconds FROM clock_marks WHERE place = 1")

    /// Checks the clock.
    ///
    /// - Throws: ``ClockError`` if the clock is not trusted; the store's error.
    package func check(_ now: Int64, in transaction: some SQLReading) throws {
        guard let bounds, let seen = try Self.mark(in: transaction) else { return }
        let elapsed = bounds.elapsed()
        let fault = anchor.withLock { anchor -> String? in
            let expected = anchor.map { $0.wall + elapsed - $0.elapsed }
            if now > seen + Self.slack {
                if now > seen + bounds.gap {
                    return "the store was last used at \(RFC3339.text(of: seen))"
                }
                if let expected, now > expected + bounds.drift {
                    return "by the elapsed time it should show \(RFC3339.text(of: expected))"
                }
            }
            // After a clock is set back and forth, compare it with the time that it showed before.
            if now >= expected ?? now { anchor = Anchor(wall: now, elapsed: elapsed) }
            return nil
        }
        guard let fault else { return }
        throw ClockError(
            "the clock shows \(RFC3339.text(of: now)), and \(fault): nothing is granted until it is corrected, "
                + "or accepted with `frontline clock accept`"
        )
    }

    /// Records the first mark of a store that has none.
    ///
    /// The clock is trusted then, because somebody is present when a store is first used, or first used with a release
    /// that records marks.
    package func begin(_ now: Int64, in transaction: WriteTransaction) throws {
        guard bounds != nil, try Self.mark(in: transaction) == nil else { return }
        try Self.put(now, in: transaction)
    }

    /// Records that the store is used now with a trusted clock.
    ///
    /// - Throws: ``ClockError`` if the clock is not trusted; the store's error.
    package func note(_ now: Int64, in transaction: WriteTransaction) throws {
        guard bounds != nil else { return }
        try check(now, in: transaction)
        if let seen = try Self.mark(in: transaction), now > seen { try Self.put(now, in: transaction) }
    }

    /// Accepts the clock on the authority of a person; it is trusted from then on.
    package static func accept(_ now: Int64, by actor: AuditActor, in transaction: WriteTransaction) throws {
        let before = try mark(in: transaction)
        try put(now, in: transaction)
        let event = AuditEvent(
            actor: actor,
            action: "clock.accept",
            target: "clock",
            details: before.map { "the store was last used at \(RFC3339.text(of: $0))" }
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
