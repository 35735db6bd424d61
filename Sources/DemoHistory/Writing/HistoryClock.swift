import Synchronization

/// The clock of a history: it shows what the writer has set and goes on only when it is set again.
package final class HistoryClock: Sendable {
    private let time: Mutex<Int64>

    /// - Parameter time: the first moment, in microseconds since 1970.
    package init(_ time: Int64) { self.time = Mutex(time) }

    package var now: Int64 { time.withLock { $0 } }

    /// Goes on to a moment; never back.
    package func advance(to moment: Int64) { time.withLock { $0 = max($0, moment) } }
}
