import ArgumentParser
import AuditTrail
import Foundation
import FrontlineService
import Knowledge
import ModelSupply

/// The sentence encoder of a benchmark; by default there is none.
struct BenchmarkEncoder: ParsableArguments {
    @Option(
        name: .customLong("encoder"),
        help: "A sentence encoder, by name or path, or auto; else words alone.",
        completion: .file()
    )
    var name = "off"

    /// Opens the encoder; nil for `off`.
    func open() throws -> NamedEncoder? {
        try ModelShelf(dataFolder: ".frontline").openWanted(EncoderChoice(name))
    }

    /// An index of the articles of a document, with their vectors if there is an encoder; `folder` is for its store.
    func index(ofArticles path: String, in folder: URL) async throws -> KnowledgeIndex {
        guard let encoder = try open() else { return try KnowledgeIndex.inMemory(articlesAt: path) }
        return try await Self.services(ofArticles: path, in: DataFolder(folder), encoder: encoder).index
    }

    /// The services of a data folder into which a document of articles was imported, all with their vectors.
    static func services(
        ofArticles path: String,
        in data: DataFolder,
        encoder: NamedEncoder
    ) async throws -> Services {
        let documents = ImportSource.documents(of: [path]).items.map { ImportDocument($0) }
        _ = try await data.knowledge.importArticles(
            ArticleImport(documents: documents),
            by: "benchmark",
            now: data.now()
        )
        let services = try Services(data, encoder: encoder)
        try await services.embedArticles()
        return services
    }
}
