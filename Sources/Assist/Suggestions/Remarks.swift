import BuiltInData
package import Knowledge
import Synchronization

/// What people say that articles usually do not answer: small talk, wishes that belong to other trades, general knowledge.
///
/// A sentence encoder finds something similar to everything. Whether an utterance is about the articles shows in what it is
/// nearer to: an article, or a remark. The remarks are data (`knowledge/remarks.txt`). A remark that the visible articles do
/// answer does not count, so that the articles of a bank are found by what customers of a bank say.
package final class Remarks: Sendable {
    /// The remarks to which an utterance is compared, the nearest ones.
    private static let neighbours = 3
    /// The number of nearnesses kept.
    private static let maximumKept = 8_192

    private struct Place: Hashable {
        let remark: Int
        let locale: String
        /// What the agent may see, see ``KnowledgeIndex/scope(of:)``.
        let scope: String
        let changes: UInt64
        /// Minutes since 1970, because articles become and cease to be valid.
        let minute: Int64
    }

    /// The vectors of the remarks, one after the other.
    private struct Encoded {
        let identity: String
        let dimension: Int
        let vectors: [Float]

        func vector(_ remark: Int) -> [Float] { Array(vectors[remark * dimension..<(remark + 1) * dimension]) }
    }

    private let texts: [String]
    private let encoded = Mutex<Encoded?>(nil)
    /// The first remarks, while not all have been encoded.
    private let started = Mutex<(identity: String, vectors: [[Float]])?>(nil)
    private let covers = Mutex<[Place: Double]>([:])

    /// The remarks of a text, one a line; lines that begin with `#` are comments.
    package init(_ text: String) {
        texts = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.hasPrefix("#") }
    }

    /// The remarks that come with the product.
    package static let builtIn: Remarks = {
        let file = frontline_built_in_remarks()
        return Remarks(String(decoding: UnsafeBufferPointer(start: file.bytes, count: Int(file.count)), as: UTF8.self))
    }()

    /// Encodes the next remarks, unless all have been encoded with this model.
    ///
    /// Cost: some milliseconds a remark on the calling thread; call it in the background.
    ///
    /// - Parameters:
    ///   - encoder: the model.
    ///   - limit: how many remarks to encode at most.
    /// - Returns: whether all are encoded.
    @discardableResult
    package func prepare(_ encoder: PassageEncoder, atMost limit: Int = .max) -> Bool {
        if isReady(for: encoder) { return true }
        let identity = encoder.identity
        let begun = started.withLock { $0.flatMap { $0.identity == identity ? $0.vectors : nil } ?? [] }
        let next = Array(texts.dropFirst(begun.count).prefix(limit))
        let vectors = begun + encoder.encode(next, as: .query).map(Self.normalised)
        guard vectors.count == texts.count else {
            started.withLock { $0 = (identity, vectors) }
            return false
        }
        encoded.withLock {
            $0 = Encoded(identity: identity, dimension: encoder.dimension, vectors: Array(vectors.joined()))
        }
        started.withLock { $0 = nil }
        covers.withLock { $0 = [:] }
        return true
    }

    /// Whether the remarks have been encoded with this model.
    package func isReady(for encoder: PassageEncoder) -> Bool {
        encoded.withLock { $0?.identity == encoder.identity }
    }

    /// How much nearer an utterance is to remarks that no visible article answers than to any article; 0 or more.
    ///
    /// - Parameters:
    ///   - vector: the utterance.
    ///   - best: how near the nearest article is.
    ///   - index: the articles.
    ///   - locale: the language.
    ///   - visibility: the articles that the agent may see.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the mean over the three nearest remarks.
    package func rivalry(
        of vector: [Float],
        best: Double,
        in index: KnowledgeIndex,
        locale: String,
        visibility: ArticleVisibility,
        now: Int64
    ) -> Double {
        guard let known = encoded.withLock({ $0 }), known.dimension == vector.count else { return 0 }
        let nearest = Self.nearest(to: Self.normalised(vector), among: known.vectors)
        guard !nearest.isEmpty else { return 0 }
        let (scope, changes) = (index.scope(of: visibility), index.meaningChanges)
        let sum = nearest.reduce(0) { sum, neighbour in
            guard neighbour.cosine > best else { return sum }
            let place = Place(
                remark: neighbour.remark,
                locale: locale,
                scope: scope,
                changes: changes,
                minute: now / 60_000_000
            )
            let cover =
                covers.withLock { $0[place] }
                ?? cover(
                    place,
                    index.nearness(to: known.vector(neighbour.remark), locale: locale, visibility: visibility, now: now)
                )
            return sum + max(0, neighbour.cosine - max(cover, best))
        }
        return sum / Double(nearest.count)
    }

    private func cover(_ place: Place, _ nearness: Double) -> Double {
        covers.withLock { covers in
            if covers.count >= Self.maximumKept { covers = [:] }
            covers[place] = nearness
        }
        return nearness
    }

    /// The vector of length 1 in the same direction.
    private static func normalised(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? vector.map { $0 / length } : vector
    }

    private static func nearest(to vector: [Float], among known: [Float]) -> [(remark: Int, cosine: Double)] {
        var nearest: [(remark: Int, cosine: Double)] = []
        for remark in 0..<known.count / vector.count {
            let cosine = Double(product(vector, known, from: remark * vector.count))
            guard nearest.count < neighbours || cosine > nearest[neighbours - 1].cosine else { continue }
            let place = nearest.firstIndex { $0.cosine < cosine } ?? nearest.count
            nearest.insert((remark, cosine), at: place)
            if nearest.count > neighbours { nearest.removeLast() }
        }
        return nearest
    }

    /// The inner product of a vector with the one that begins at a place of others.
    private static func product(_ vector: [Float], _ others: [Float], from start: Int) -> Float {
        vector.withUnsafeBytes { left in
            others.withUnsafeBytes { right in
                let stride = MemoryLayout<Float>.stride
                var sums = SIMD8<Float>.zero
                var index = 0
                while index + 8 <= vector.count {
                    let one = left.loadUnaligned(fromByteOffset: index * stride, as: SIMD8<Float>.self)
                    let other = right.loadUnaligned(fromByteOffset: (start + index) * stride, as: SIMD8<Float>.self)
                    sums += one * other
                    index += 8
                }
                var sum = sums.sum()
                while index < vector.count {
                    sum += vector[index] * others[start + index]
                    index += 1
                }
                return sum
            }
        }
    }
}
