import Access
import ArgumentParser
import Assist
import AuditTrail
import Conversations
import Foundation
import FrontlineService
import Knowledge
import Storage
import Synchronization
import Vocabulary

struct ObserveBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "observe",
        abstract: "Time observed turns in process, and what each stage costs.",
        discussion: """
            The corpus is a folder with articles.xml (native articles) and queries.jsonl ({"set", "query"} a line), whose \
            queries are said as turns. A line is printed for the whole turn and one for every stage; the data folder is a \
            temporary one on this disk, and every turn is durable before it counts. With --rate, turns begin at even \
            intervals whether or not earlier ones have ended, and a turn's time counts from the moment it was due.
            """
    )

    @Option(help: "The folder of the corpus.", completion: .directory) var corpus: String
    @Option(help: "Open conversations.") var conversations = 1_000
    @Option(help: "Turns, spread over the conversations.") var turns = 5_000
    @Option(help: "Turns under way at once; not with --rate.") var pipeline = 4
    @Option(help: "Turns that begin in a second; by default, the next begins as one ends.") var rate: Int?
    @Option(help: "A set of queries to say; may be given more than once. By default, all.") var set: [String] = []
    @Option(help: "A folder of rules to publish first.", completion: .directory) var rules: String?
    @OptionGroup var encoder: BenchmarkEncoder

    private struct Line: Encodable {
        let engine = "frontline"
        let stage: String
        let turns: Int
        let p50Microseconds: Double
        let p99Microseconds: Double
        let p999Microseconds: Double

        init(_ stage: String, _ times: [UInt64]) {
            let percentiles = Percentiles(nanoseconds: times)
            self.stage = stage
            turns = times.count
            (p50Microseconds, p99Microseconds, p999Microseconds) = (
                (percentiles.milliseconds(0.5) * 1_000).rounded(), (percentiles.milliseconds(0.99) * 1_000).rounded(),
                (percentiles.milliseconds(0.999) * 1_000).rounded()
            )
        }
    }

    func validate() throws {
        guard conversations > 0, turns > 0, (1...1_000).contains(pipeline), (1...100_000).contains(rate ?? 1) else {
            throw ValidationError("conversations, turns, pipeline and rate are above 0")
        }
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("observe-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let times = Mutex<[TurnStage: [UInt64]]>([:])
        let meter = StageMeter(nanoseconds: Monotonic.nanoseconds) { stage, duration in
            times.withLock { $0[stage, default: []].append(duration) }
        }
        let bench = try await ObserveBench(
            folder: folder,
            corpus: corpus,
            sets: Set(set),
            rules: rules,
            encoder: encoder,
            meter: meter
        )
        // As the server does it: commits never wait for the log to be moved.
        let checkpointer = try bench.takeOverCheckpoints()
        let checkpoints = Task {
            while !Task.isCancelled {
                try await checkpointer?.run()
                try await Task.sleep(for: .milliseconds(200))
            }
        }
        defer { checkpoints.cancel() }
        try await bench.open(conversations)
        // The first turns read the policies and the index.
        _ = try await bench.run(turns: 100, conversations: conversations, pipeline: 1)
        times.withLock { $0 = [:] }
        let whole =
            if let rate {
                try await bench.run(turns: turns, conversations: conversations, rate: rate)
            } else {
                try await bench.run(turns: turns, conversations: conversations, pipeline: pipeline)
            }
        try JSONLine.print(Line("turn", whole))
        let stages = times.withLock { $0 }
        for stage in TurnStage.allCases { try JSONLine.print(Line(stage.rawValue, stages[stage] ?? [])) }
    }
}

/// A data folder with articles, and conversations that are observed in it.
private struct ObserveBench: Sendable {
    private let services: Services
    private let texts: [String]
    private let agent = Principal(subject: "benchmark", roles: [.agent])

    init(
        folder: URL,
        corpus: String,
        sets: Set<String>,
        rules: String?,
        encoder: BenchmarkEncoder,
        meter: StageMeter
    ) async throws {
        let data = try DataFolder(folder)
        let documents = ImportSource.documents(of: [corpus + "/articles.xml"]).items.map { ImportDocument($0) }
        _ = try await data.knowledge.importArticles(
            ArticleImport(documents: documents),
            by: "benchmark",
            now: data.now()
        )
        services = try Services(data, encoder: encoder.open(), meter: meter)
        try await services.embedArticles()
        services.assistant.suggester.prepare()
        if let rules { await services.publish(rules: rules) }
        let lines = FileManager.default.contents(atPath: corpus + "/queries.jsonl") ?? Data()
        let queries = try String(decoding: lines, as: UTF8.self).split(separator: "\n").map {
            try JSON(parsing: String($0))
        }
        texts = queries.filter { sets.isEmpty || sets.contains($0["set"]?.string ?? "") }
            .compactMap { $0["query"]?.string }
        guard !texts.isEmpty else {
            throw ValidationError("\(corpus)/queries.jsonl is missing or has no queries of these sets")
        }
    }

    func takeOverCheckpoints() throws -> Checkpointer? { try services.store.files?.takeOverCheckpoints() }

    func open(_ count: Int) async throws {
        for number in 0..<count {
            let opening = Opening(id: "c\(number)", channel: "chat")
            _ = try await services.conversations.open(opening, by: agent, now: services.now())
        }
    }

    /// The times of turns that follow each other in a number of lanes, in nanoseconds.
    func run(turns: Int, conversations: Int, pipeline: Int) async throws -> [UInt64] {
        try await withThrowingTaskGroup(of: [UInt64].self) { group in
            for lane in 0..<pipeline {
                group.addTask {
                    var times: [UInt64] = []
                    for turn in stride(from: lane, to: turns, by: pipeline) {
                        let start = Monotonic.nanoseconds()
                        try await observe(turn, of: conversations)
                        times.append(Monotonic.nanoseconds() - start)
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// The times of turns that begin at even intervals, each from the moment it was due, in nanoseconds.
    func run(turns: Int, conversations: Int, rate: Int) async throws -> [UInt64] {
        try await withThrowingTaskGroup(of: UInt64.self) { group in
            let start = Monotonic.nanoseconds()
            for turn in 0..<turns {
                let due = start + UInt64(turn) * 1_000_000_000 / UInt64(rate)
                let now = Monotonic.nanoseconds()
                if due > now { try await Task.sleep(nanoseconds: due - now) }
                group.addTask {
                    try await observe(turn, of: conversations)
                    return Monotonic.nanoseconds() - due
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func observe(_ turn: Int, of conversations: Int) async throws {
        let draft = TurnDraft(
            conversationID: "c\(turn % conversations)",
            speaker: turn % 3 == 2 ? .agent : .customer,
            text: texts[turn % texts.count]
        )
        _ = try await services.assistant.observe(draft, by: agent, now: services.now())
    }
}
