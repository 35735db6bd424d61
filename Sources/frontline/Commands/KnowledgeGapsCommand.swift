import ArgumentParser
import Foundation
import FrontlineClient
import FrontlineProtocol
import FrontlineService
import Vocabulary

struct KnowledgeGapsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gaps",
        abstract: "List what agents searched for in vain, grouped.",
        discussion: """
            The gap with most searches that found nothing comes first: it is the next article to write. Its name is the \
            search that is nearest in meaning to all of the group, or without a sentence encoder the most frequent one.
            """
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var encoder: EncoderOptions
    @Option(help: "Only searches since this moment, such as 2026-11-01T00:00:00Z; else of the last 30 days.")
    var since: String?
    @Option(help: "How many gaps at most, up to 100.") var limit = 20
    @Flag(help: "Print the answer of the method as JSON.") var json = false

    private func params() throws -> KnowledgeGaps.Params {
        let moment = try since.map { text in
            guard let moment = Timestamp(text) else {
                throw ValidationError("--since is a moment such as 2026-11-01T00:00:00Z, found “\(text)”")
            }
            return moment
        }
        return KnowledgeGaps.Params(since: moment, limit: limit)
    }

    func run() async throws {
        let result = try await answer(params())
        if json { return try Console.printJSON(result) }
        for gap in result.gaps {
            Console.print("\(Console.bold(gap.name))  \(Console.dim(Self.figures(gap)))")
            for example in gap.examples.dropFirst() { Console.print("    \(example)") }
        }
        if result.gaps.isEmpty { Console.print("nothing was searched for in vain") }
    }

    private static func figures(_ gap: KnowledgeGaps.Gap) -> String {
        var parts = ["\(gap.zeroResults) found nothing", "\(gap.noUse) led to no use"]
        if gap.people > 0 { parts.append("\(gap.people) \(gap.people == 1 ? "person" : "people")") }
        if gap.groupedBy == .words { parts.append("by words") }
        return parts.joined(separator: ", ")
    }

    private func answer(_ params: KnowledgeGaps.Params) async throws -> KnowledgeGaps.Result {
        if try connection.isWanted(unless: data) {
            guard encoder.given == nil else { throw ValidationError("--encoder concerns a data folder, not a server") }
            let client = try await connection.open()
            let result = try await client.call(KnowledgeGaps.self, params)
            await client.close()
            return result
        }
        return try await LocalCalls(data.openExisting(), encoder: encoder.open(for: data)).gaps(params)
    }
}
