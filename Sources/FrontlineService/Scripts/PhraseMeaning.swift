import Knowledge
import Scripting
import Synchronization

/// Compares what customers say with the phrases of extractors, by the model that compares talk with articles.
///
/// The vectors of phrases are kept. A call encodes at most a few phrases that are new; until all phrases of an extractor have
/// vectors, nothing is compared, so that no agent waits for a file that was just published.
final class PhraseMeaning: MeaningPort {
    /// The phrases encoded in one call, some 2 ms each.
    private static let phrasesPerCall = 16
    /// The vectors kept; when there are more, all are dropped and encoded again as they are needed.
    private static let capacity = 4_000
    /// The characters of a text that are encoded.
    private static let longest = 1_000

    private struct Kept {
        /// What changes with everything that changes vectors.
        var identity = ""
        var vectors: [String: [Float]] = [:]
    }

    private let index: KnowledgeIndex
    private let kept = Mutex(Kept())

    init(_ index: KnowledgeIndex) { self.index = index }

    func similarities(of text: String, to phrases: [String], locale: String) -> [Double]? {
        guard let encoder = index.encoder(for: locale), let meaning = index.meaning, phrases.count <= Self.capacity,
            let known = vectors(of: phrases, encoder)
        else { return nil }
        // Several calls ask for the same text; the index keeps the vectors of recent ones.
        let vector = meaning.vector(of: String(text.prefix(Self.longest)))
        return known.map { Self.cosine($0, vector) }
    }

    /// The vectors of phrases; nil as long as one of them has none.
    private func vectors(of phrases: [String], _ encoder: PassageEncoder) -> [[Float]]? {
        let missing = kept.withLock { kept in
            if kept.identity != encoder.identity || kept.vectors.count > Self.capacity {
                kept = Kept(identity: encoder.identity)
            }
            return phrases.filter { kept.vectors[$0] == nil }
        }
        let new = Array(missing.prefix(Self.phrasesPerCall))
        let encoded = new.isEmpty ? [] : encoder.encode(new, as: .query)
        return kept.withLock { kept in
            for (phrase, vector) in zip(new, encoded) { kept.vectors[phrase] = vector }
            let found = phrases.compactMap { kept.vectors[$0] }
            return found.count == phrases.count ? found : nil
        }
    }

    /// The cosine of the angle between two vectors; -1 if they cannot be compared.
    private static func cosine(_ left: [Float], _ right: [Float]) -> Double {
        guard left.count == right.count, !left.isEmpty else { return -1 }
        var (product, a, b) = (Float(0), Float(0), Float(0))
        for (x, y) in zip(left, right) {
            product += x * y
            a += x * x
            b += y * y
        }
        return a > 0 && b > 0 ? Double(product / (a * b).squareRoot()) : -1
    }
}
