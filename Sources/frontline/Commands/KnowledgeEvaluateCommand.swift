import Access
import ArgumentParser
import Foundation
import FrontlineService
import Knowledge
import Vocabulary

struct KnowledgeEvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure the ranking against judged topics; prints one line of JSON."
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var encoder: EncoderOptions
    @OptionGroup var mode: ModeOptions
    @Option(help: "Topics, one a line: id, tab, query.", completion: .file()) var topics: String
    @Option(help: "Judgements, one a line: topic, 0, article, grade.", completion: .file()) var judgements: String
    @Option(name: .customLong("run"), help: "Write the answers here as a TREC run.", completion: .file())
    var runFile: String?
    @Option(help: "How many answers a topic, at most 1000.") var depth = 1_000
    @Option(help: "The language of the topics.") var locale = "en"

    private struct Line: Encodable {
        let topics: Int
        let ndcg: Double
        let map: Double
        let recall: Double
        let mrr: Double

        enum CodingKeys: String, CodingKey {
            case topics, map, mrr
            case ndcg = "ndcg@10"
            case recall = "recall@100"
        }
    }

    func run() async throws {
        guard (1...1_000).contains(depth) else { throw ValidationError("--depth is a number from 1 to 1000") }
        let services = try Services(data.open(), encoder: encoder.open(for: data))
        if mode.mode != .words {
            let progress = ImportProgress()
            try await services.embedArticles(progress: progress.show)
            progress.finish()
        }
        var (answers, lines): ([String: [String]], String) = ([:], "")
        for (id, query) in try TRECFiles.topics(path: topics) {
            let found = try services.index.rank(
                KnowledgeQuery(text: query, locale: locale, limit: depth, mode: mode.mode),
                visibility: ArticleVisibility(of: .local),
                now: services.now()
            )
            answers[id] = found.map(\.id)
            if runFile != nil { lines += TRECFiles.runLines(topic: id, answers: found, tag: "frontline") }
        }
        if let runFile { try Data(lines.utf8).write(to: URL(fileURLWithPath: runFile)) }
        let measures = RelevanceMeasures(
            judgements: try TRECFiles.judgements(path: judgements),
            run: answers
        )
        func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
        try Console.printJSON(
            Line(
                topics: measures.topics,
                ndcg: rounded(measures.ndcgAt10),
                map: rounded(measures.meanAveragePrecision),
                recall: rounded(measures.recallAt100),
                mrr: rounded(measures.meanReciprocalRank)
            )
        )
    }
}
