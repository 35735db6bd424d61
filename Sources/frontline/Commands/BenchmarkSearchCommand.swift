import Access
import ArgumentParser
import Foundation
import FrontlineService
import JSONRPC
import Knowledge

struct BenchmarkSearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Time searches over a corpus: top 10 with snippets, typo tolerance on, filtered for an agent.",
        discussion: """
            The corpus is a folder with articles.xml (native articles) and queries.jsonl ({"set", "query"} a line). One \
            line is printed for the index and one for every set of queries.
            """
    )

    @Option(help: "The folder of the corpus.", completion: .directory) var corpus: String

    private struct IndexLine: Encodable {
        let engine = "frontline"
        let indexed: Int
        let seconds: Double
        let residentMegabytes: Int
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
    }

    func run() throws {
        let sets = try querySets()
        let start = ContinuousClock.now
        let index = try KnowledgeIndex.inMemory(articlesAt: corpus + "/articles.xml")
        let time = (ContinuousClock.now - start).components
        try Console.printJSON(
            IndexLine(
                indexed: index.count,
                seconds: (Double(time.seconds) * 10 + (Double(time.attoseconds) / 1e17)).rounded() / 10,
                residentMegabytes: ProcessMemory.residentBytes / 1_000_000
            )
        )
        let agent = ArticleVisibility(of: .init(subject: "benchmark", roles: [.agent]))
        let now = DataFolder.systemClock()
        for (name, queries) in sets {
            let search = { (text: String) in
                _ = index.search(KnowledgeQuery(text: text, prefix: name == "prefix"), visibility: agent, now: now)
            }
            queries.prefix(20).forEach(search)
            let clock = SuspendingClock()
            let times = queries.map { query in
                let elapsed = clock.measure { search(query) }.components
                return UInt64(elapsed.seconds) * 1_000_000_000 + UInt64(elapsed.attoseconds / 1_000_000_000)
            }
            try Console.printJSON(line(name, times))
        }
    }

    private func line(_ name: String, _ times: [UInt64]) -> SetLine {
        let percentiles = Percentiles(nanoseconds: times)
        return SetLine(
            set: name,
            queries: times.count,
            p50: percentiles.milliseconds(0.5),
            p95: percentiles.milliseconds(0.95),
            p99: percentiles.milliseconds(0.99),
            qps: Int((1 / max(percentiles.meanSeconds, 1e-9)).rounded())
        )
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
