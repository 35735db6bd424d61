import Digests
import Synchronization

/// The vectors of recent queries, so that a query that is repeated, paged or searched by several agents is encoded once.
///
/// Texts are not kept, only their hashes, because they can be a customer's words.
final class QueryVectors: Sendable {
    /// How many are kept at most.
    static let capacity = 1_000
    /// What is encoded of a query at most, in characters; longer ones exceed every model's number of tokens.
    private static let maximumText = 4_000

    /// Two halves.
    ///
    /// What is used moves into the recent one, and when that is full, the earlier one is dropped. So the last 500 are always
    /// there, and nothing has to be ordered.
    private struct Kept {
        var recent: [[UInt8]: [Float]] = [:]
        var earlier: [[UInt8]: [Float]] = [:]

        mutating func insert(_ vector: [Float], for hash: [UInt8]) {
            recent[hash] = vector
            guard recent.count >= QueryVectors.capacity / 2 else { return }
            earlier = recent
            recent = [:]
        }
    }

    private let kept = Mutex(Kept())

    /// The vector of a query that is kept; nil for any other.
    func known(_ text: String) -> [Float]? {
        let hash = SHA256.digest(of: String(text.prefix(Self.maximumText)))
        return kept.withLock { $0.recent[hash] ?? $0.earlier[hash] }
    }

    /// The vector of a query.
    ///
    /// Cost: encoding it, some 2 ms on the calling thread, unless it is kept.
    func vector(of text: String, by encoder: PassageEncoder) -> [Float] {
        let text = String(text.prefix(Self.maximumText))
        let hash = SHA256.digest(of: text)
        let known = kept.withLock { kept -> [Float]? in
            if let vector = kept.recent[hash] { return vector }
            guard let vector = kept.earlier[hash] else { return nil }
            kept.insert(vector, for: hash)
            return vector
        }
        if let known { return known }
        let vector = encoder.encode([text], as: .query).first ?? Array(repeating: 0, count: encoder.dimension)
        kept.withLock { $0.insert(vector, for: hash) }
        return vector
    }

    /// How many are kept.
    var count: Int { kept.withLock { $0.recent.count + $0.earlier.count } }
}
