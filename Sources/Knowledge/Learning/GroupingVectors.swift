import Digests
import SentenceEncoder
import Synchronization

/// The vectors of texts that are grouped by meaning: searches that led to no use, and comments on articles.
///
/// They are made in the background (``encode(_:)``), a few when they are asked for, and are in memory only: what is erased
/// from the store leaves no vector behind. Texts are not kept, only their hashes.
///
/// ## Topics
/// - ``encode(_:)``, ``retain(_:)``
package final class GroupingVectors: Sendable {
    /// The largest number of vectors.
    package static let capacity = 12_000
    /// Texts that are encoded at a time: about a fifteenth of a second's work.
    private static let encodedAtOnce = 32
    /// Texts that are encoded while somebody waits for groups: about half a second's work.
    static let encodedOnRequest = 256

    private let encoder: PassageEncoder
    private let recent: @Sendable (String) -> [Float]?
    private let threads: any BackgroundThreads
    private let kept = Mutex<[[UInt8]: [Int8]]>([:])

    /// Takes the model of an index, which also knows the vectors of recent searches.
    package convenience init(_ meaning: MeaningIndex, threads: some BackgroundThreads) {
        self.init(meaning.encoder, threads: threads) { meaning.knownVector(of: $0) }
    }

    /// Takes a model, threads for its work, and what knows the vectors of some texts already.
    package init(
        _ encoder: PassageEncoder,
        threads: some BackgroundThreads,
        recent: @Sendable @escaping (String) -> [Float]? = { _ in nil }
    ) {
        (self.encoder, self.threads, self.recent) = (encoder, threads, recent)
    }

    /// Whether the model understands texts in the language of a locale.
    func understands(_ locale: String) -> Bool { encoder.understands(locale) }

    /// The number of vectors.
    package var count: Int { kept.withLock { $0.count } }

    /// Encodes those of some texts that have no vector, a few at a time, until the task is cancelled or ``capacity`` reached.
    ///
    /// Cost: some 2 ms a text on a background thread.
    package func encode(_ texts: [String]) async {
        var missing = missing(texts)[...]
        while !missing.isEmpty, !Task.isCancelled, count < Self.capacity {
            await encode(missing.prefix(Self.encodedAtOnce))
            missing = missing.dropFirst(Self.encodedAtOnce)
        }
    }

    /// Drops every vector but those of some texts.
    package func retain(_ texts: [String]) {
        let hashes = Set(texts.map(SHA256.digest(of:)))
        kept.withLock { kept in kept = kept.filter { hashes.contains($0.key) } }
    }

    /// The vectors of all texts, in their order; nil if too many have none yet.
    func vectors(of texts: [String]) async -> [[Int8]]? {
        let missing = missing(texts)
        guard missing.count <= Self.encodedOnRequest else { return nil }
        await encode(missing[...])
        let found = kept.withLock { kept in texts.compactMap { kept[SHA256.digest(of: $0)] } }
        return found.count == texts.count ? found : nil
    }

    /// Runs a body on a background thread.
    func run<T: Sendable>(_ body: @Sendable @escaping () -> T) async -> T { await threads.run(body) }

    /// Each text without a vector, once.
    private func missing(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        let different = texts.filter { seen.insert($0).inserted }
        return kept.withLock { kept in different.filter { kept[SHA256.digest(of: $0)] == nil } }
    }

    private func encode(_ texts: ArraySlice<String>) async {
        guard !texts.isEmpty else { return }
        let vectors = await threads.run { [encoder, recent] in
            texts.map { text in
                recent(text).map { QuantizedEmbedding($0).values } ?? encoder.quantized([text], as: .query)[0]
            }
        }
        kept.withLock { kept in
            for (text, vector) in zip(texts, vectors) where kept.count < Self.capacity {
                kept[SHA256.digest(of: text)] = vector
            }
        }
    }
}
