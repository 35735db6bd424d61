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

    /// Opens the encoder; nil if there is none.
    func open() throws -> NamedEncoder? {
        let environment = ProcessInfo.processInfo.environment
        return try ModelShelf(named: ModelShelf.folders(in: environment), dataFolder: ".frontline")
            .open(EncoderChoice(name)) { _ in }
    }

    /// An index of the articles of a document, with their vectors if there is an encoder; `folder` is for its store.
    func index(ofArticles path: String, in folder: URL) async throws -> KnowledgeIndex {
        guard let encoder = try open() else { return try KnowledgeIndex.inMemory(articlesAt: path) }
        let data = try DataFolder(folder)
        let documents = ImportSource.documents(of: [path]).items.map { ImportDocument($0) }
        _ = try await data.knowledge.importArticles(
            ArticleImport(documents: documents),
            by: "benchmark",
            now: data.now()
        )
        let services = try Services(data, encoder: encoder)
        try await services.embedArticles()
        return services.index
    }
}
