import Synchronization

/// How large the answers of each method are likely to be, so that room can be kept for those in the making.
///
/// A larger answer counts at once; what is expected then falls slowly towards what comes.
final class AnswerSizes: Sendable {
    /// What is expected of a method that has not answered yet.
    static let unknown = 16_384
    private static let least = 512

    private let sizes = Mutex<[String: Int]>([:])

    /// How many bytes the next answer of a method is likely to take.
    func expected(of method: String) -> Int {
        sizes.withLock { $0[method] } ?? Self.unknown
    }

    /// Learns the size of an answer.
    func note(_ size: Int, of method: String) {
        sizes.withLock { sizes in
            let before = sizes[method] ?? Self.unknown
            sizes[method] = max(Self.least, size >= before ? size : before - (before - size) / 16)
        }
    }
}
