import Access
import Scripting
import Testing
import Vocabulary

@Suite struct AdherenceTests {
    private func rows(_ bench: SessionBench, _ grouping: AdherenceGrouping) async throws -> [String: AdherenceRow] {
        let rows = try await bench.catalog.adherence(AdherenceQuery(scriptID: "simple", grouping: grouping))
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0) })
    }

    /// A session without deviations, one that goes back and skips with a supervisor, one that is abandoned, and one
    /// with a detour.
    private func bench() async throws -> SessionBench {
        let bench = try await SessionBench(scripts: [BenchScript.simple, BenchScript.other])
        let second: Int64 = 1_000_000
        try await bench.start("simple", "one", now: 0)
        try await bench.advance(1, nil, "one", now: 2 * second)
        try await bench.advance(2, "yes", "one", now: 3 * second)
        try await bench.advance(3, nil, "one", now: 10 * second)
        try await bench.start("simple", "two", now: 0)
        try await bench.advance(1, nil, "two", now: second)
        try await bench.desk.perform(.back(revision: 2), on: "two", for: SessionBench.agent, now: 2 * second)
        try await bench.advance(3, nil, "two", now: 3 * second)
        let jump = ScriptCall.jump(revision: 4, step: "c", reason: "knows it")
        try await bench.desk.perform(jump, on: "two", for: SessionBench.lead, now: 4 * second)
        try await bench.advance(5, nil, "two", now: 20 * second)
        try await bench.start("simple", "three", now: 0)
        try await bench.advance(1, nil, "three", now: second)
        let leave = ScriptCall.abandon(reason: "hung up")
        try await bench.desk.perform(leave, on: "three", for: SessionBench.agent, now: 5 * second)
        try await bench.start("simple", "four", for: SessionBench.other, now: 0)
        let detour = ScriptCall.detour(revision: 1, script: "other", reason: "asks")
        try await bench.desk.perform(detour, on: "four", for: SessionBench.other, now: second)
        return bench
    }

    @Test func `sessions are counted by their outcome`() async throws {
        let row = try await #require(try rows(await bench(), .script)["simple"])
        #expect(row.sessions == 4 && row.completed == 2 && row.abandoned == 1 && row.stopped == 0)
        #expect(row.requiredDone == 1 && row.requiredTotal == 3)
        #expect(row.orderKept == 3 && row.deviations == 3)
        #expect(row.outcomes == ["fine": 2])
        #expect(row.medianSeconds == 10 && row.p90Seconds == 20)
        #expect(Set(row.deviationReasons.map(\.kind)) == ["jump", "abandon", "detour"])
        let jump = row.deviationReasons.first { $0.kind == "jump" }
        #expect(jump?.step == "b" && jump?.reason == "knows it" && jump?.count == 1)
    }

    @Test func `the direct path is reported with the full one`() async throws {
        let row = try await #require(try rows(await bench(), .script)["simple"])
        let paths = try #require(row.paths)
        #expect(paths.contains { $0.direct == ["a", "b", "c", "d"] && $0.sessions == 2 })
        #expect(paths.contains { $0.full == ["a", "b", "a", "b", "c", "d"] || $0.full == ["a", "b", "c", "d"] })
        #expect(paths.contains { $0.direct == ["a", "b"] })
        #expect(row.stepsTaken == 4 && row.stepsDirect == 4)
    }

    @Test func `agents, teams and versions are counted separately`() async throws {
        let bench = try await bench()
        #expect(try await rows(bench, .agent).mapValues(\.sessions) == ["anna": 3, "ben": 1])
        #expect(try await rows(bench, .team).mapValues(\.sessions) == ["billing": 4])
        #expect(try await rows(bench, .version).mapValues(\.sessions) == ["1": 4])
        #expect(try await bench.catalog.adherence(AdherenceQuery(teams: ["returns"])).isEmpty)
        #expect(try await bench.catalog.adherence(AdherenceQuery(since: 1)).isEmpty)
    }

    @Test func `time and abandonment are counted by step`() async throws {
        let steps = try await rows(await bench(), .step)
        let asked = try #require(steps["b"])
        #expect(asked.sessions == 3 && asked.completed == 1 && asked.abandoned == 1)
        #expect(asked.requiredDone == 1 && asked.requiredTotal == 3)
        #expect(asked.deviations == 2)
        // 1 s answered; 1 s back, 1 s jumped; 4 s abandoned.
        #expect(asked.medianSeconds == 1 && asked.p90Seconds == 4)
        #expect(steps["other/one"]?.sessions == 1)
        #expect(steps["a"]?.sessions == 4)
    }

    @Test func `median and percentile are computed from sorted values`() {
        var generator = SystemRandomNumberGenerator()
        for count in 1...60 {
            let values = (0..<count).map { _ in Double(Int.random(in: 0...50, using: &generator)) }
            let sorted = values.sorted()
            let below = { (value: Double) in Double(sorted.count { $0 <= value }) / Double(count) }
            let expected = sorted.first { below($0) >= 0.9 }
            #expect(Sample.percentile(0.9, of: values) == expected)
            #expect(Sample.median(values) == (sorted[(count - 1) / 2] + sorted[count / 2]) / 2)
        }
        #expect(Sample.median([]) == 0 && Sample.percentile(0.9, of: []) == 0)
    }
}
