package import NIOCore
import Synchronization

/// The expected size of the answers of each method, so that room can be reserved for answers in progress.
package final class AnswerSizes: Sendable {
    private struct Size {
        /// Falls slowly towards the observed sizes; a larger answer raises it at once.
        var expected: Int
        /// The largest of the present period.
        var largest: Int
        /// The largest of the period before.
        var largestBefore = 0
        var since: NIODeadline
    }

    /// What is expected of a method that has not answered yet.
    static let unknown = 16_384
    /// For how much there should be room for such a method while it is answered for the first time.
    static let largestUnknown = 262_144
    private static let least = 512
    /// How long a large answer is remembered at least; at most twice as long.
    private static let period = TimeAmount.minutes(30)

    private struct State {
        var sizes: [String: Size] = [:]
        /// Methods that are being answered for the first time.
        var begun: Set<String> = []
    }

    private let state = Mutex(State())

    /// Creates sizes without any observation.
    package init() {}

    /// How many bytes the next answer of a method is likely to take.
    package func expected(of method: String) -> Int {
        state.withLock { $0.sizes[method]?.expected } ?? Self.unknown
    }

    /// For how many bytes there should be room before an answer of a method is made: the largest of the last half
    /// hour at least.
    ///
    /// Many small answers do not lower it, so that a client cannot prepare for many large ones at once. The first
    /// answer of a method is taken for a small one, so that it need not wait for large ones; those beside it are not.
    package func room(for method: String, now: NIODeadline = .now()) -> Int {
        state.withLock { state in
            guard let size = state.sizes[method] else {
                return state.begun.insert(method).inserted ? Self.unknown : Self.largestUnknown
            }
            let isOver = now - size.since >= Self.period
            return isOver ? size.largest : max(size.largest, size.largestBefore)
        }
    }

    /// Records the size of an answer.
    package func note(_ bytes: Int, of method: String, now: NIODeadline = .now()) {
        state.withLock { state in
            guard var size = state.sizes[method] else {
                state.sizes[method] = Size(expected: max(Self.least, bytes), largest: bytes, since: now)
                return
            }
            let before = size.expected
            size.expected = max(Self.least, bytes >= before ? bytes : before - (before - bytes) / 16)
            if now - size.since >= Self.period {
                (size.largestBefore, size.largest, size.since) = (size.largest, 0, now)
            }
            size.largest = max(size.largest, bytes)
            state.sizes[method] = size
        }
    }
}
