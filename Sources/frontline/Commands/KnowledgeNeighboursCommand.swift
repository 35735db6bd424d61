import ArgumentParser
import FrontlineClient
import FrontlineProtocol
import FrontlineService

struct KnowledgeNeighboursCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "neighbours",
        abstract: "Show after which words like these which articles were used.",
        discussion: """
            What several people used after similar words is lifted in searches and suggestions. This shows what was recorded, \
            closest first: how near the words are in meaning, how often the article was used, and the words.
            """
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var encoder: EncoderOptions
    @Argument(help: "What a customer says; several arguments are one text.") var text: [String]
    @Option(help: "How many at most.") var limit = 10
    @Option(help: "The language of the words.") var locale: String?
    @Flag(help: "Print the answer of the method as JSON.") var json = false

    func run() async throws {
        let params = KnowledgeNeighbours.Params(text: text.joined(separator: " "), limit: limit, locale: locale)
        let result = try await answer(params)
        if json {
            try Console.printJSON(result)
        } else {
            show(result)
        }
    }

    private func answer(_ params: KnowledgeNeighbours.Params) async throws -> KnowledgeNeighbours.Result {
        if try connection.isWanted(unless: data) {
            guard encoder.given == nil else { throw ValidationError("--encoder concerns a data folder, not a server") }
            let client = try await connection.open()
            let result = try await client.call(KnowledgeNeighbours.self, params)
            await client.close()
            return result
        }
        return try await LocalCalls(data.open(), encoder: encoder.open(for: data)).neighbours(params)
    }

    private func show(_ result: KnowledgeNeighbours.Result) {
        for neighbour in result.neighbours {
            let opened = neighbour.opened > 0 ? ", opened \(neighbour.opened)" : ""
            let facts = "\(neighbour.similarity)  used \(neighbour.used)\(opened)  \(neighbour.locale)"
            Console.print("\(Console.bold(neighbour.articleId))  \(Console.dim(facts))")
            Console.print("    \(neighbour.text)")
        }
        if result.neighbours.isEmpty { Console.print("no article has been used after any words") }
    }
}
