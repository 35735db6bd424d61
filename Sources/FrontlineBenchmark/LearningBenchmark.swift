import Access
import ArgumentParser
import AuditTrail
import Foundation
import FrontlineService
import Knowledge
import ModelSupply
import Storage
import Vocabulary

struct LearningBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learning",
        abstract: "Replay the use of articles and print what is found before and after it.",
        discussion: """
            A question is a line {"text"}, a use a line {"subject", "text", "article", "day"}, in the order of days. The \
            questions are searched for before anything was used, then after each file of uses, which are recorded as \
            knowledge.feedback records them, with all bounds. For each question and stage, the ids of the first hits are \
            printed, a JSON object a line; then how many uses were kept at each stage, and the time of a search. \
            `Integration/learning/simulate.py` makes the files and compares the stages.
            """
    )

    @Option(help: "A document of native articles.", completion: .file()) var articles: String
    @Option(help: "The questions, a JSON object a line.", completion: .file()) var questions: String
    @Option(help: "Uses, a JSON object a line; may be given several times.", completion: .file()) var uses: [String] =
        []
    @Option(help: "A file of bounds, such as knowledge/learning.yaml.", completion: .file()) var rules: String?
    @Option(help: "The hits printed for a question.") var depth = 10
    @OptionGroup var encoder: BenchmarkEncoder
    @Option(help: "What the searches go by: hybrid or meaning.") var mode = "hybrid"

    func validate() throws {
        guard SearchMode(rawValue: mode) != nil else { throw ValidationError("there is no mode “\(mode)”") }
    }

    private struct RankingLine: Encodable {
        let stage: Int
        let hits: [String]
    }

    private struct StageLine: Encodable {
        let engine = "frontline"
        let stage: Int
        let uses: Int
        let p50Microseconds: Double
        let p99Microseconds: Double
    }

    func run() async throws {
        guard let model = try encoder.open() else { throw ValidationError("learning needs an encoder") }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("learning-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = try DataFolder(folder)
        let services = try await BenchmarkEncoder.services(ofArticles: articles, in: data, encoder: model)
        if let rules { services.index.setLearningRules(try LearningFile.read(path: rules)) }
        let asked = try JSONLine.values(ofFile: questions).compactMap { $0["text"]?.string }
        try rank(asked, stage: 0, services)
        for (number, file) in uses.enumerated() {
            let uses = try JSONLine.values(ofFile: file).map(Use.init)
            let last = uses.map(\.day).max() ?? 0
            let (index, start) = (services.index, data.now() - last * Use.microsecondsPerDay)
            try await data.store.write(durability: .process) { transaction in
                for use in uses { try use.record(with: index, start: start, in: transaction) }
            }
            _ = try await data.knowledge.sweepPrecedents(index.learningRules, now: data.now())
            try await services.embedArticles()
            try rank(asked, stage: number + 1, services)
        }
    }

    /// A use that is reported.
    private struct Use: Sendable {
        static let microsecondsPerDay: Int64 = 86_400_000_000

        let subject: String
        let text: String
        let article: String
        let day: Int64

        init(_ row: JSON) throws {
            guard let subject = row["subject"]?.string, let text = row["text"]?.string,
                let article = row["article"]?.string, let day = row["day"]?.int
            else { throw ValidationError("a use has `subject`, `text`, `article` and `day`") }
            (self.subject, self.text, self.article, self.day) = (subject, text, article, Int64(day))
        }

        func record(
            with index: KnowledgeIndex,
            start: Int64,
            in transaction: WriteTransaction
        ) throws {
            let said = PrecedentDraft.Said(text, locale: "en")
            let agent = Principal(subject: subject, roles: [.agent])
            let feedback = ArticleFeedback(verdict: .used, precedent: index.precedent(after: [said], by: agent))
            // Without its vote, which moves an article whatever was said, within bounds of its own.
            try KnowledgeBase.learn(
                from: feedback,
                on: ArticleKey(id: article, locale: "en"),
                now: start + day * Self.microsecondsPerDay,
                in: transaction
            )
        }
    }

    private func rank(_ questions: [String], stage: Int, _ services: Services) throws {
        let agent = ArticleVisibility(of: Principal(subject: "benchmark", roles: [.agent]))
        let now = services.now()
        var times: [UInt64] = []
        for question in questions {
            let query = KnowledgeQuery(text: question, limit: depth, mode: SearchMode(rawValue: mode))
            let start = Monotonic.nanoseconds()
            let hits = try services.index.rank(query, visibility: agent, now: now)
            times.append(Monotonic.nanoseconds() - start)
            try JSONLine.print(RankingLine(stage: stage, hits: hits.map(\.id)))
        }
        let percentiles = Percentiles(nanoseconds: times)
        try JSONLine.print(
            StageLine(
                stage: stage,
                uses: services.index.learning?.encoded ?? 0,
                p50Microseconds: percentiles.milliseconds(0.5) * 1_000,
                p99Microseconds: percentiles.milliseconds(0.99) * 1_000
            )
        )
    }
}
