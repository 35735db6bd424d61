import Synchronization

/// Bounds the processor time that is spent on encoding turns.
///
/// A turn never waits: if the time is used up, it is compared by words. Time comes back at a constant rate, and a fraction of a
/// second of it can be saved up.
package final class EncodingBudget: Sendable {
    private struct State {
        var left: Double
        var last: UInt64
    }

    /// Nanoseconds that can be saved up for each processor's share.
    private static let saved = 250_000_000.0

    private let share: Double
    private let clock: @Sendable () -> UInt64
    private let state: Mutex<State>

    /// Makes a budget that is full.
    ///
    /// - Parameters:
    ///   - share: the processors' time that may be used, 0.5 for half of one processor.
    ///   - clock: a monotonic clock in nanoseconds.
    package init(share: Double, clock: @escaping @Sendable () -> UInt64) {
        (self.share, self.clock) = (share, clock)
        state = Mutex(State(left: share * Self.saved, last: clock()))
    }

    /// Does the work and charges the time that it took; returns nil, without doing it, if the time is used up.
    package func spend<T>(_ body: () -> T) -> T? {
        let start = clock()
        let isLeft = state.withLock { state in
            let earned = Double(start &- min(start, state.last)) * share
            state.left = min(share * Self.saved, state.left + earned)
            state.last = max(start, state.last)
            return state.left > 0
        }
        guard isLeft else { return nil }
        defer {
            let spent = Double(clock() &- start)
            state.withLock { $0.left -= spent }
        }
        return body()
    }
}
