import Synchronization

/// The time of a database server, which nodes go by in place of the clocks of their machines.
///
/// Every question to the server that brings its time along bounds how far it is from a monotonic clock of this process: the server
/// has read its clock between question and answer. In between the monotonic clock goes on. So nodes agree on the time to within
/// one round trip, whatever the clocks of their machines show and whenever those are set.
package final class StoreTime: Sendable {
    /// What has to be added to the monotonic clock; nil before the first answer.
    private let offset = Mutex<Int64?>(nil)
    private let elapsed: @Sendable () -> Int64

    /// - Parameter elapsed: a monotonic clock in microseconds, which goes on while the process is stopped.
    package init(elapsed: @escaping @Sendable () -> Int64 = StoreTime.sinceStart) { self.elapsed = elapsed }

    private static let start = ContinuousClock.now

    /// The time since the first call in this process, in microseconds.
    @Sendable package static func sinceStart() -> Int64 {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }

    /// Asks the server through `ask`, which answers what its clock shows in microseconds since 1970, and takes note of it.
    ///
    /// - Throws: what `ask` throws.
    package func measure(_ ask: () throws -> Int64) rethrows {
        let asked = elapsed()
        let shown = try ask()
        let answered = elapsed()
        // What is known stays unless this answer excludes it, so that the time does not jump with every delay.
        let (least, most) = (shown - answered, shown - asked)
        offset.withLock { $0 = $0.map { min(max($0, least), most) } ?? least + (most - least) / 2 }
    }

    /// The server's time in microseconds since 1970; nil before the first answer.
    package var now: Int64? { offset.withLock { $0 }.map { $0 + elapsed() } }
}
