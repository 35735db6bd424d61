import Access
import ArgumentParser
import Foundation
import FrontlineService
import Knowledge
import ModelSupply
import TextSearch
import Vocabulary

struct BenchmarkSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Time searches over a corpus: top 10 with snippets, typo tolerance on, filtered for an agent.",
        discussion: """
            The corpus is a folder with articles.xml (native articles) and queries.jsonl ({"set", "query"} a line). One \
            line is printed for the index and one for every set of queries.

            With --encoder, searches go by words and meaning. Queries are encoded for each search; passages, whose \
            encoding would take hours, get vectors of queries of the corpus, each turned at random by some 37 degrees, \
            so that the index of vectors is as large and as clustered as with real ones.
            """
    )

    @Option(help: "The folder of the corpus.", completion: .directory) var corpus: String
    @Option(
        help: "Search by words and meaning with this encoder: auto, or the name or path of a model.",
        completion: .file()
    )
    var encoder = "off"

    private struct IndexLine: Encodable {
        let engine = "frontline"
        let indexed: Int
        let seconds: Double
        let residentMegabytes: Int
        /// With an encoder: the vectors, and the time to open what was saved.
        var passages: Int?
        var reopenedSeconds: Double?
    }

    private struct SetLine: Encodable {
        let engine = "frontline"
        let set: String
        let queries: Int
        let p50: Double
        let p95: Double
        let p99: Double
        let qps: Int

        enum CodingKeys: String, CodingKey {
            case engine, set, queries, qps
            case p50 = "p50_ms"
            case p95 = "p95_ms"
            case p99 = "p99_ms"
        }

        init(_ report: SearchBenchmark.Report) {
            func rounded(_ milliseconds: Double) -> Double { (milliseconds * 1_000).rounded() / 1_000 }
            set = report.set
            queries = report.queries
            p50 = rounded(report.p50)
            p95 = rounded(report.p95)
            p99 = rounded(report.p99)
            qps = Int(report.perSecond.rounded())
        }
    }

    func run() async throws {
        let sets = try querySets()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("search-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let start = ContinuousClock.now
        let index: KnowledgeIndex
        if let model = try openEncoder() {
            let corpus = try await CorpusWithMeaning(articlesAt: articles, sets.flatMap(\.queries), model, in: folder)
            let built = Self.seconds(since: start)
            let opening = ContinuousClock.now
            index = try corpus.reopened()
            try printIndex(index, seconds: built, reopened: Self.seconds(since: opening))
        } else {
            index = try KnowledgeIndex.inMemory(articlesAt: articles)
            try printIndex(index, seconds: Self.seconds(since: start))
        }
        let agent = ArticleVisibility(of: .init(subject: "benchmark", roles: [.agent]))
        let now = DataFolder.systemClock()
        for (name, queries) in sets {
            let report = try index.benchmark(
                set: name,
                queries: queries.map { KnowledgeQuery(text: $0, prefix: name == "prefix") },
                visibility: agent,
                now: now,
                clock: Monotonic.nanoseconds
            )
            try Console.printJSON(SetLine(report))
        }
    }

    private var articles: String { corpus + "/articles.xml" }

    private func openEncoder() throws -> PassageEncoder? {
        try ModelShelf(dataFolder: ".frontline").openWanted(EncoderChoice(encoder))
            .map { PassageEncoder($0.model, name: $0.name) }
    }

    private func printIndex(_ index: KnowledgeIndex, seconds: Double, reopened: Double? = nil) throws {
        try Console.printJSON(
            IndexLine(
                indexed: index.count,
                seconds: seconds,
                residentMegabytes: ProcessMemory.residentBytes / 1_000_000,
                passages: index.meaning?.progress.embedded,
                reopenedSeconds: reopened
            )
        )
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let time = (ContinuousClock.now - start).components
        return (Double(time.seconds) * 10 + (Double(time.attoseconds) / 1e17)).rounded() / 10
    }

    /// The sets in the order in which they first appear.
    private func querySets() throws -> [(name: String, queries: [String])] {
        guard let data = FileManager.default.contents(atPath: corpus + "/queries.jsonl") else {
            throw ValidationError("\(corpus)/queries.jsonl cannot be read")
        }
        var sets: [(name: String, queries: [String])] = []
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let row = try JSON(parsing: String(line))
            guard let name = row["set"]?.string, let query = row["query"]?.string else { continue }
            if let position = sets.firstIndex(where: { $0.name == name }) {
                sets[position].queries.append(query)
            } else {
                sets.append((name, [query]))
            }
        }
        return sets
    }
}

/// What the process holds in memory.
enum ProcessMemory {
    /// Bytes in physical memory now, as Linux counts them; 0 where that is not known.
    static var residentBytes: Int {
        let statistics = FileManager.default.contents(atPath: "/proc/self/statm") ?? Data()
        let fields = String(decoding: statistics, as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
    }
}
