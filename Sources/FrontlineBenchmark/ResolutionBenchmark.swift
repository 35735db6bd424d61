import Access
import ArgumentParser
import AuditTrail
import Foundation
import FrontlineProtocol
import FrontlineService
import Policies
import Resolution
import Storage
import Vocabulary

struct ResolutionBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolution",
        abstract: "Time durable requests, decisions with a long history, and replays of past cases.",
        discussion: """
            Works on a data folder of its own that is deleted at the end. Prints a line for requests, one for decisions at each \
            length of history, and one for the replay.
            """
    )

    @Option(help: "The policy.", completion: .file(extensions: ["dmn"])) var policy = "rules/resolution.dmn"
    @Option(help: "How long requests are sent.") var seconds = 5
    @Option(help: "Clients at a time.") var clients = 64
    @Option(help: "Cases to replay.") var cases = 100_000
    @Option(parsing: .upToNextOption, help: "Lengths of a customer's history.") var history = [10, 100_000]

    private struct RequestLine: Encodable {
        let benchmark = "requests"
        let clients: Int
        let requests: Int
        let requestsPerSecond: Double
        let p50Ms: Double
        let p99Ms: Double
    }

    private struct DecisionLine: Encodable {
        let benchmark = "decision"
        let history: Int
        let evaluateUs: Double
    }

    private struct ReplayLine: Encodable {
        let benchmark = "simulation"
        let cases: Int
        let changed: Int
        let seconds: Double
        let casesPerSecond: Double
    }

    private static let agent = Principal(
        subject: "anna",
        roles: [.agent],
        attributes: ["tier": .one("1"), "team": .one("delivery"), "site": .one("galway")]
    )

    func run() async throws {
        guard let source = try? String(contentsOfFile: policy, encoding: .utf8) else {
            throw ValidationError("the policy \(policy) cannot be read")
        }
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("frontline-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: url) }
        let folder = try DataFolder(url)
        _ = try await folder.policies.publish(AuthorityPolicy.name, source: source, by: "benchmark", now: folder.now())
        let ledger = try AuthorityLedger(store: folder.store, policies: folder.policies)
        try await measureRequests(ledger, folder)
        for length in history {
            // Where the server's handlers run, which read without a change of threads.
            try await withTaskExecutorPreference(folder.store.executor) {
                try await measureDecision(ledger, folder, history: length)
            }
        }
        try await measureReplay(folder, source)
    }

    private static func wish(_ customer: String, _ amount: String = "5.00") throws -> GrantRequest {
        GrantRequest(
            action: "refund",
            amount: try Money(amount: amount, currency: "EUR"),
            reason: "late_delivery",
            customerID: customer,
            reference: GrantReference(type: "order", id: customer)
        )
    }

    private func measureRequests(_ ledger: AuthorityLedger, _ folder: DataFolder) async throws {
        let start = Monotonic.nanoseconds()
        let end = start + UInt64(seconds) * 1_000_000_000
        let times = try await withThrowingTaskGroup(of: [UInt64].self) { group in
            for client in 0..<clients {
                group.addTask {
                    var times: [UInt64] = []
                    while Monotonic.nanoseconds() < end {
                        let begun = Monotonic.nanoseconds()
                        let agent = Principal(
                            subject: "agent-\(client)",
                            roles: [.agent],
                            attributes: Self.agent.attributes
                        )
                        _ = try await ledger.request(
                            Self.wish("c-\(client)-\(times.count)"),
                            key: "k-\(times.count)",
                            for: agent,
                            now: folder.now()
                        )
                        times.append(Monotonic.nanoseconds() - begun)
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let percentiles = Percentiles(nanoseconds: times)
        let passed = Double(Monotonic.nanoseconds() - start) / 1e9
        try JSONLine.print(
            RequestLine(
                clients: clients,
                requests: times.count,
                requestsPerSecond: (Double(times.count) / passed).rounded(),
                p50Ms: percentiles.milliseconds(0.5),
                p99Ms: percentiles.milliseconds(0.99)
            )
        )
    }

    private func measureDecision(_ ledger: AuthorityLedger, _ folder: DataFolder, history: Int) async throws {
        let wish = try Self.wish("history-\(history)")
        let agent = Principal(subject: "agent-of-\(history)", roles: [.agent], attributes: Self.agent.attributes)
        let now = folder.now() + 60_000_000
        try await ledger.seed(history, like: wish, for: agent, days: 29, now: folder.now(), in: folder.store)
        var best = Double.infinity
        for _ in 0..<20 {
            let start = Monotonic.nanoseconds()
            for _ in 0..<100 { _ = try await ledger.evaluate(wish, for: agent, now: now) }
            best = min(best, Double(Monotonic.nanoseconds() - start) / 100_000)
        }
        try JSONLine.print(DecisionLine(history: history, evaluateUs: (best * 10).rounded() / 10))
    }

    /// Replays made-up cases, as a file would hold them, on the policy.
    private func measureReplay(_ folder: DataFolder, _ source: String) async throws {
        let draft = try await folder.policies.draft(AuthorityPolicy.name, source: source)
        let now = folder.now()
        var lines: [UInt8] = []
        for number in 0..<cases {
            let line: JSON = [
                "outcome": "approved", "now": .number(JSONNumber(now)),
                "request": [
                    "action": "refund", "amount": .number(JSONNumber(1 + number % 60)), "currency": "EUR",
                    "reason": "late_delivery", "reference": ["type": "order", "id": .string("o-\(number)")],
                ],
                "agent": [
                    "subject": "anna", "role": "agent", "tier": .string("\(1 + number % 3)"), "team": "delivery",
                ],
                "customer": ["id": .string("c-\(number)")],
                "history": [
                    "customer": [
                        "total_30d": .number(JSONNumber(number % 200)),
                        "same_action": ["count_90d": 0, "count_365d": 0],
                    ],
                    "agent": [
                        "total_today": .number(JSONNumber(number % 300)), "total_1d": .number(JSONNumber(number % 300)),
                    ],
                    "reference": ["count_90d": 0],
                ],
            ]
            line.serialize(into: &lines)
            lines.append(UInt8(ascii: "\n"))
        }
        let (result, _) = try await PolicySimulation(draft.policy).run(lines: lines)
        let seconds = result.tookMs / 1_000
        try JSONLine.print(
            ReplayLine(
                cases: result.cases,
                changed: result.changed,
                seconds: seconds,
                casesPerSecond: (Double(result.cases) / max(seconds, 0.001)).rounded()
            )
        )
    }
}
