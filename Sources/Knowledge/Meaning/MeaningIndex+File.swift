import Foundation
import Synchronization
import TextSearch
import VectorIndex

/// The saved form: the vectors in the file of `VectorIndex`, and the articles that they belong to in a ``PassageFile``
/// beside it.
extension MeaningIndex {
    /// Where the file of vectors states its SHA-256.
    private static let vectorDigest = 40..<72

    private static func vectorPath(_ path: String) -> String { path + ".vectors" }
    private static func passagePath(_ path: String) -> String { path + ".passages" }

    /// Saves the articles and vectors beside `path`, if any has changed since they were loaded or saved.
    ///
    /// Each of the two files is complete or not there; two that do not belong together are not loaded. Embedding waits
    /// meanwhile, searches do not. It takes a second for 500,000 vectors.
    ///
    /// - Throws: `VectorIndexError`, or the file system's error.
    func save(to path: String) throws {
        try writing.withLock { _ in
            let (directory, isChanged) = state.withLock { state in
                (state.directory, saved.withLock { $0 != state.directory.changes })
            }
            guard isChanged else { return }
            let vectorFile = URL(fileURLWithPath: Self.vectorPath(path))
            try vectors.save(to: vectorFile)
            let file = PassageFile(
                vectors: try Self.digest(ofVectors: vectorFile),
                identity: encoder.identity,
                labels: directory.filters.labels,
                articles: directory.all.map { article in
                    PassageFile.Entry(article: article, rows: article.passages.compactMap(directory.row))
                }
            )
            try PrivateReplacement.write(file.bytes, to: Self.passagePath(path))
            saved.withLock { $0 = directory.changes }
        }
    }

    /// Loads what ``save(to:)`` wrote; nil if it is missing, damaged, or of another model.
    ///
    /// It is a copy of what the store has, so there is no reason to report what is wrong with it. The two files are read at
    /// the same time.
    static func load(from path: String, encoder: PassageEncoder) -> MeaningIndex? {
        let vectorFile = URL(fileURLWithPath: vectorPath(path))
        let loading = ThreadedValue { try? (VectorIndex(loading: vectorFile), digest(ofVectors: vectorFile)) }
        let data = try? Data(contentsOf: URL(fileURLWithPath: passagePath(path)))
        let passages = data.flatMap { PassageFile(Array($0)) }
        guard let (vectors, digest) = loading.value, let passages, passages.identity == encoder.identity,
            passages.vectors == digest, vectors.dimension == encoder.dimension
        else { return nil }
        return MeaningIndex(encoder, vectors, passages)
    }

    /// Takes over what was read; nil if passages lack their vectors.
    private convenience init?(_ encoder: PassageEncoder, _ vectors: VectorIndex, _ file: PassageFile) {
        let numbers = vectors.identifiers
        let owned = IdentifierSet(file.articles.lazy.flatMap(\.article.passages))
        guard
            owned.words.indices.allSatisfy({ word in
                owned.words[word] & ~(word < numbers.words.count ? numbers.words[word] : 0) == 0
            })
        else { return nil }
        var directory = PassageDirectory(file.articles, labels: file.labels, passages: numbers.words.count * 64)
        // What was in the index and in no article yet is taken out.
        let (strangers, free) = (0..<UInt32(numbers.words.count * 64)).filter { !owned.contains($0) }
            .reduce(into: ([UInt32](), [UInt32]())) { numbers.contains($1) ? $0.0.append($1) : $0.1.append($1) }
        directory.release(free)
        self.init(encoder, vectors, directory, saved: directory.changes)
        state.withLock { $0.obsolete = strangers }
    }

    private static func digest(ofVectors file: URL) throws -> [UInt8] {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        let header = try handle.read(upToCount: vectorDigest.upperBound) ?? Data()
        return Array(header.dropFirst(vectorDigest.lowerBound))
    }
}
