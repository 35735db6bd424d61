import Access
import ArgumentParser
import Foundation
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import Vocabulary

struct KnowledgeSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Search the articles of a data folder or of a server."
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var encoder: EncoderOptions
    @OptionGroup var mode: ModeOptions
    @Argument(help: "The words to search for; several arguments are one query.") var query: [String]
    @Option(help: "How many hits at most.") var limit = 10
    @Option(help: "The language to search first.") var locale: String?
    @Option(name: .customLong("tag"), parsing: .singleValue, help: "Only articles with this tag.") var tags: [String] =
        []
    @Flag(help: "Treat the last word as unfinished.") var prefix = false
    @Flag(inversion: .prefixedNo, help: "Understand misspelt words.") var fuzzy = true
    @Flag(help: "Explain every score.") var explain = false
    @Flag(help: "Print the answer of the method as JSON.") var json = false

    func run() async throws {
        let params = KnowledgeSearch.Params(
            query: query.joined(separator: " "),
            limit: limit,
            locale: locale,
            tags: tags.isEmpty ? nil : tags,
            prefix: prefix,
            fuzzy: fuzzy,
            explain: explain,
            mode: mode.mode
        )
        let result = try await answer(params)
        if json {
            try Console.printJSON(result)
        } else {
            show(result)
        }
    }

    private func answer(_ params: KnowledgeSearch.Params) async throws -> KnowledgeSearch.Result {
        if try connection.isWanted(unless: data) {
            guard encoder.given == nil else { throw ValidationError("--encoder concerns a data folder, not a server") }
            let client = try await connection.open()
            let result = try await client.call(KnowledgeSearch.self, params)
            await client.close()
            return result
        }
        return try await LocalCalls(data.open(), encoder: encoder.open(for: data)).search(params)
    }

    private func show(_ result: KnowledgeSearch.Result) {
        for correction in result.corrections ?? [] {
            Console.print(Console.dim("searching “\(correction.to)” for “\(correction.from)”"))
        }
        for hit in result.hits {
            Console.print("\(Console.bold(hit.title))  \(Console.dim("\(hit.articleId) \(hit.locale)"))")
            Console.print("    \(hit.snippet)")
            if let explanation = hit.explanation {
                for line in explanation.split(separator: "\n") { Console.print(Console.dim("    \(line)")) }
            }
        }
        if result.hits.isEmpty { Console.print("nothing found") }
    }
}
