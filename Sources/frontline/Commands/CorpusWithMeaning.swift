import Foundation
import FrontlineService
import Knowledge

/// A corpus in a data folder, with a vector for each passage, for measuring searches by meaning.
///
/// Queries are encoded. A passage gets the vector of one of the queries, chosen by its text and turned at random to a cosine of
/// about 0.8: that costs microseconds instead of some 20 ms, and searching takes as long as with real vectors, because
/// neither how many vectors there are nor that they form clusters changes.
struct CorpusWithMeaning {
    /// The queries whose vectors passages get.
    private static let models = 2_000
    /// The length of what is added to a vector of length 1.
    private static let turn: Float = 0.75

    private let folder: DataFolder
    private let encoder: PassageEncoder

    /// Imports the articles, gives them their vectors, and saves the index.
    ///
    /// - Parameters:
    ///   - path: the document of articles.
    ///   - queries: what will be searched for.
    ///   - model: encodes queries.
    ///   - location: the new data folder.
    /// - Throws: if the articles cannot be read, or the store's error.
    init(articlesAt path: String, _ queries: [String], _ model: PassageEncoder, in location: URL) async throws {
        folder = try DataFolder(location)
        let centres = model.encode(Array(queries.prefix(Self.models)), as: .query)
        encoder = PassageEncoder(
            name: model.name,
            identity: model.identity + " (turned)",
            dimension: model.dimension,
            languages: model.languages,
            knowing: model.knows
        ) { texts, role in
            role == .query ? model.encode(texts, as: .query) : texts.map { Self.vector(of: $0, near: centres) }
        }
        let documents = ImportSource.documents(of: [path]).items.map { ImportDocument($0) }
        _ = try await folder.knowledge.importArticles(
            ArticleImport(documents: documents),
            by: .commandLine,
            now: folder.now()
        )
        let index = try reopened()
        let threads = QuietThreads(count: ProcessInfo.processInfo.activeProcessorCount, niceness: 0)
        while try await index.embedNext(on: threads, now: folder.now()) {}
        index.maintain()
        try index.save()
    }

    /// Opens what was saved.
    func reopened() throws -> KnowledgeIndex {
        try KnowledgeIndex(store: folder.store, savedPath: folder.indexPath, encoder: encoder)
    }

    private static func vector(of text: String, near centres: [[Float]]) -> [Float] {
        // FNV-1a, so that a text has the same vector in every run.
        var state = text.utf8.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        let centre = centres[Int(state % UInt64(centres.count))]
        var noise: [Float] = []
        noise.reserveCapacity(centre.count)
        for _ in centre {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            noise.append(Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max))
        }
        let length = noise.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return zip(centre, noise).map { $0 + turn * $1 / length }
    }
}
