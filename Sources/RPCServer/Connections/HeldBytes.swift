import Synchronization

/// How much memory the unfinished lines of all connections take together.
final class HeldBytes: Sendable {
    /// A connection that holds no more than this is never to blame.
    static let innocent = 1 << 16

    private let limit: Int
    private let total = Mutex(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// Counts a change of what a connection holds; false when all of them hold too much.
    func change(by count: Int) -> Bool {
        total.withLock { total in
            total += count
            return total <= limit
        }
    }
}
