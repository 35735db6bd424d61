import Access
import AuditTrail
import Foundation
import Scripting
import Storage
import Testing
import Vocabulary

@Suite struct SessionTests {
    private static func fails(_ code: ScriptError.Code, _ argument: String? = nil) async -> (any Error) -> Bool {
        { error in
            guard let error = error as? ScriptError else { return false }
            return error.code == code && (argument == nil || error.argument == argument)
        }
    }

    @Test func `a session goes from its first step to its end, with one revision per call`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        let started = try await bench.start("simple")
        #expect(started.revision == 1 && started.view.status == .active && started.view.step?.id == "a")
        let asked = try await bench.advance(1)
        #expect(asked.revision == 2 && asked.view.step?.choices?.map(\.value) == ["yes", "no"])
        _ = try await bench.advance(2, "yes")
        let ended = try await bench.advance(3)
        #expect(ended.revision == 4 && ended.view.status == .completed && ended.view.outcome == "fine")
        #expect(ended.view.path == ["a", "b", "c", "d"])
        await #expect(performing: { try await bench.advance(4) }, throws: Self.fails(.conflict))
    }

    @Test func `repeating the last call returns its state, and any other stale revision is refused`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        try await bench.start("simple")
        try await bench.advance(1)
        let accepted = try await bench.advance(2, "yes")
        for desk in [bench.desk, bench.restarted()] {
            let call = ScriptCall.advance(revision: 2, value: "yes")
            let again = try await desk.perform(call, on: "s", for: SessionBench.agent, now: 30)
            #expect(again.revision == accepted.revision && again.view == accepted.view)
            for stale in [
                ScriptCall.advance(revision: 2, value: "no"), .advance(revision: 1, value: nil),
                .back(revision: 2), .advance(revision: 9, value: nil),
            ] {
                await #expect(
                    performing: { try await desk.perform(stale, on: "s", for: SessionBench.agent, now: 30) },
                    throws: Self.fails(.conflict, "revision")
                )
            }
        }
        let state = try await bench.desk.state("s", for: SessionBench.agent, now: 40)
        #expect(state.revision == accepted.revision && state.view == accepted.view)
    }

    @Test func `a refused value changes nothing`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        try await bench.start("simple")
        let asked = try await bench.advance(1)
        for value: JSON? in ["maybe", nil, ["a"], 3] {
            await #expect(performing: { try await bench.advance(2, value) }, throws: Self.fails(.invalid, "value"))
        }
        let state = try await bench.desk.state("s", for: SessionBench.agent, now: 40)
        #expect(state.revision == 2 && state.view == asked.view)
    }

    @Test func `of many desktops on one session only one advances at a time`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        try await bench.start("simple")
        try await bench.advance(1)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    (try? await bench.advance(2, number.isMultiple(of: 2) ? "yes" : "no")) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        // Calls equal to the accepted one count as its repetition.
        #expect(outcomes == 4)
        #expect(try await bench.desk.state("s", for: SessionBench.agent, now: 30).revision == 3)
    }

    @Test func `notes do not change the revision and none is lost`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        try await bench.start("simple")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask {
                    let call = ScriptCall.note("note \(number), mail me at a@example.org")
                    _ = try await bench.desk.perform(call, on: "s", for: SessionBench.agent, now: 20)
                }
            }
            try await group.waitForAll()
        }
        let state = try await bench.desk.state("s", for: SessionBench.agent, now: 30)
        #expect(state.revision == 1 && state.view.notes.count == 6)
        #expect(!state.view.notes.contains { $0.text.contains("example.org") })
    }

    @Test func `agents see their own sessions, supervisors their teams, and auditors all of them read-only`()
        async throws
    {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        try await bench.start("simple")
        for principal in [SessionBench.agent, SessionBench.lead, SessionBench.auditor] {
            _ = try await bench.desk.state("s", for: principal, now: 20)
        }
        for principal in [SessionBench.other, SessionBench.stranger] {
            await #expect(
                performing: { try await bench.desk.state("s", for: principal, now: 20) },
                throws: Self.fails(.notFound)
            )
            await #expect(performing: { try await bench.advance(1, for: principal) }, throws: Self.fails(.notFound))
        }
        await #expect(
            performing: { try await bench.advance(1, for: SessionBench.auditor) },
            throws: Self.fails(.forbidden)
        )
        _ = try await bench.advance(1, for: SessionBench.lead)
    }

    @Test func `starting a known session returns it, and the id of another agent's session is refused`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        try await bench.start("simple")
        let moved = try await bench.advance(1)
        let again = try await bench.start("simple")
        #expect(again.revision == moved.revision && again.view == moved.view)
        await #expect(
            performing: { try await bench.start("simple", for: SessionBench.other) },
            throws: Self.fails(.conflict, "session_id")
        )
        await #expect(performing: { try await bench.start("none", "t") }, throws: Self.fails(.notFound, "script_id"))
        bench.others.hide("x")
        await #expect(
            performing: { try await bench.start("simple", "t", conversation: "x") },
            throws: Self.fails(.notFound, "conversation_id")
        )
    }

    @Test func `sessions follow the owner of their conversation`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        try await bench.start("simple", conversation: "c")
        try await bench.transactions.write { transaction in
            let events = try bench.desk.transfer(
                conversation: "c",
                to: nil,
                teams: ["returns"],
                by: "anna",
                now: 30,
                in: transaction
            )
            return Eventful((), events)
        }
        await #expect(performing: { try await bench.advance(1) }, throws: Self.fails(.notFound))
        let next = Principal(subject: "ruth", roles: [.agent], attributes: ["team": .one("returns")])
        let taken = try await bench.advance(1, for: next)
        #expect(taken.agent == "ruth" && taken.revision == 2)
        #expect(bench.others.changes.count == 3)
    }

    @Test func `an idle session ends`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple], idleSeconds: 60)
        try await bench.start("simple", "old", now: 0)
        try await bench.start("simple", "new", now: 50_000_000)
        #expect(try await bench.desk.expireIdle(now: 61_000_000) == 1)
        let ended = try await bench.desk.state("old", for: SessionBench.agent, now: 70)
        #expect(ended.view.status == .abandoned)
        #expect(try await bench.desk.state("new", for: SessionBench.agent, now: 70).view.status == .active)
        #expect(try await bench.desk.expireIdle(now: 62_000_000) == 0)
    }

    @Test func `a customer's data is exported and erased`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.refund])
        try await bench.start("refund", conversation: "c")
        try await bench.advance(1)
        _ = try await bench.desk.perform(.note("wants money"), on: "s", for: SessionBench.agent, now: 20)
        let kept = try bench.store.readNow { try bench.desk.export(customer: "c1", conversations: ["c"], in: $0) }
        #expect(kept.array?.count == 1 && kept[0]?["notes"]?[0] == "wants money")
        let erased = try await bench.store.write { transaction in
            try bench.desk.erase(customer: "c1", conversations: ["c"], in: transaction)
        }
        #expect(erased.counts == ["script_sessions": 1, "script_notes": 1])
        await #expect(
            performing: { try await bench.desk.state("s", for: SessionBench.agent, now: 30) },
            throws: Self.fails(.notFound)
        )
        let left = try bench.store.readNow { try bench.desk.export(customer: "c1", conversations: ["c"], in: $0) }
        #expect(left == [])
        #expect(try await bench.catalog.adherence(AdherenceQuery()).first?.sessions == 1)
    }

    @Test(
        "a session whose stored values are not known is corrupt, and says which",
        arguments: [
            ("state = replace(state, '\"active\"', '\"odd\"')", "state.status"),
            ("acting = replace(acting, '\"agent\"', '\"wizard\"')", "“wizard”"),
        ]
    )
    func unknown(change: String, named: String) async throws {
        let bench = try await SessionBench(scripts: [BenchScript.simple])
        try await bench.start("simple", conversation: "c")
        _ = try bench.store.writeNow { try $0.execute("UPDATE script_sessions SET \(change)") }
        await #expect(
            performing: { _ = try await bench.advance(1) },
            throws: { error in
                guard let error = error as? StorageError else { return false }
                return error.code == .corrupt && error.message.contains(named)
            }
        )
        _ = try bench.store.writeNow { try $0.execute("UPDATE script_sessions SET status = 'odd'") }
        #expect(
            performing: { _ = try bench.store.readNow { try bench.desk.sessions(ofConversation: "c", in: $0) } },
            throws: {
                ($0 as? StorageError)?.message.contains("“odd”") == true
            }
        )
    }
}
