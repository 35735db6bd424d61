import AuditTrail
import Scripting
import Storage
import Testing
import Versioning
import Vocabulary

/// What was said, in sessions that are stored.
@Suite struct HearingTests {
    private static func bench() async throws -> SessionBench {
        try await SessionBench(scripts: [ProposalTests.script], extractors: ProposalTests.extractors)
    }

    @Test func `what a customer says is proposed without a new revision and accepted with one`() async throws {
        let bench = try await Self.bench()
        let started = try await bench.start("fill", conversation: "c1")
        #expect(started.view.proposed == nil)
        try await bench.advance(1)
        bench.others.say("It is A100")
        let state = try await bench.desk.state("s", for: SessionBench.agent, now: 20)
        #expect(state.revision == 2 && state.view.proposed == ScriptProposal(value: "A100", origin: .turn(1)))
        let accepted = try await bench.perform(.accept(revision: 2, turn: 1))
        #expect(accepted.revision == 3 && accepted.view.variables["number"] == "A100")
    }

    @Test func `a proposal is accepted once, repeated with the same answer, and refused when it is stale`() async throws
    {
        let bench = try await Self.bench()
        bench.others.say("A100, size 7")
        try await bench.start("fill", conversation: "c1")
        try await bench.advance(1)
        let accepted = try await bench.perform(.accept(revision: 2, turn: nil))
        bench.others.say("A200, size 9")
        for desk in [bench.desk, bench.restarted()] {
            let again = try await desk.perform(
                .accept(revision: 2, turn: nil),
                on: "s",
                for: SessionBench.agent,
                now: 30
            )
            #expect(again.revision == accepted.revision && again.view.variables == accepted.view.variables)
        }
        for stale in [ScriptCall.accept(revision: 2, turn: 1), .advance(revision: 2, value: "A100")] {
            await #expect(
                performing: { try await bench.perform(stale) },
                throws: { ($0 as? ScriptError)?.argument == "revision" }
            )
        }
    }

    @Test func `what was seen is not replaced by what was said since`() async throws {
        let bench = try await Self.bench()
        bench.others.say("A100")
        try await bench.start("fill", conversation: "c1")
        try await bench.advance(1)
        bench.others.say("A200")
        await #expect(
            performing: { try await bench.perform(.accept(revision: 2, turn: 1)) },
            throws: { ($0 as? ScriptError)?.argument == "turn" }
        )
        let state = try await bench.desk.state("s", for: SessionBench.agent, now: 20)
        #expect(state.revision == 2 && state.view.proposed?.value == "A200")
    }

    @Test func `of concurrent calls on one revision one is accepted`() async throws {
        let bench = try await Self.bench()
        bench.others.say("A100")
        try await bench.start("fill", conversation: "c1")
        try await bench.advance(1)
        let calls: [ScriptCall] = [
            .accept(revision: 2, turn: 1), .advance(revision: 2, value: "B1"), .advance(revision: 2, value: "B2"),
        ]
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for call in calls { group.addTask { (try? await bench.perform(call)) != nil } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 } == 1)
        let state = try await bench.desk.state("s", for: SessionBench.agent, now: 20)
        #expect(state.revision == 3 && state.view.step?.id == "size")
    }

    @Test func `subscribers are told of a proposal once, and only of what a turn changes`() async throws {
        let bench = try await Self.bench()
        try await bench.start("fill", conversation: "c1")
        try await bench.advance(1)
        let before = bench.others.changes.count
        bench.others.say("hello")
        try await bench.desk.heard(turn: 1, in: "c1", now: 20)
        #expect(bench.others.changes.count == before)
        bench.others.say("A100")
        try await bench.desk.heard(turn: 2, in: "c1", now: 20)
        #expect(bench.others.changes.count == before + 1)
        let told = try #require(bench.others.changes.last)
        #expect(told.revision == 2 && told.view.proposed == ScriptProposal(value: "A100", origin: .turn(2)))
        bench.others.say("thanks")
        try await bench.desk.heard(turn: 3, in: "c1", now: 20)
        try await bench.desk.heard(turn: 3, in: "c2", now: 20)
        #expect(bench.others.changes.count == before + 1)
    }

    @Test func `what is accepted is in the log of the session, with its turn`() async throws {
        let bench = try await Self.bench()
        bench.others.say("A100")
        try await bench.start("fill", conversation: "c1")
        try await bench.advance(1)
        try await bench.perform(.accept(revision: 2, turn: nil))
        let events = try await bench.store.read { transaction in
            try transaction.rows("SELECT event FROM script_events ORDER BY number", []) { try $0.text("event") }
        }
        let last = try JSON(parsing: Array(#require(events.last).utf8))
        #expect(last["call"] == "advance" && last["accept"] == true)
        #expect(last["turn"] == 1 && last["value"] == "A100")
    }

    @Test func `a script whose extractor was never published is refused`() async throws {
        await #expect(
            performing: { try await SessionBench(scripts: [ProposalTests.script]) },
            throws: { error in
                let details = (error as? ScriptError)?.details ?? []
                return details.contains { $0.contains("there is no extractor “number”") }
            }
        )
    }

    @Test func `extractors are versions that can be rolled back`() async throws {
        let bench = try await SessionBench(extractors: ProposalTests.extractors)
        let store = bench.catalog.extractors
        #expect(try await store.current()?.names == ["day", "number", "size", "wish"])
        let again = try await store.publish(ProposalTests.extractors, note: nil, by: "olga", now: 2)
        #expect(!again.isNew && again.version == 1)
        let second = try await store.publish("extractors: {x: {kind: amount}}", note: "less", by: "olga", now: 3)
        #expect(second.version == 2)
        #expect(try await store.book().names == ["x"])
        await #expect(
            performing: { try await store.publish("extractors: 1", note: nil, by: "olga", now: 4) },
            throws: { error in (error as? ScriptError)?.code == .invalid }
        )
        let back = try await store.rollback(to: 1, reason: "too few", by: "olga", now: 5)
        #expect(back.version == 1)
        #expect(try await store.book().names.count == 4)
        await #expect(
            performing: { try await store.rollback(to: 1, reason: "again", by: "olga", now: 6) },
            throws: { error in (error as? ScriptError)?.code == .conflict }
        )
        #expect(try await store.versions().map(\.isInForce) == [false, true])
    }
}
