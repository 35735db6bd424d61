import Access
import Foundation
import Scripting
import TestStores
import Testing
import Vocabulary

@Suite struct ResolvingTests {
    /// A session directly before its resolution.
    private func bench() async throws -> SessionBench {
        let bench = try await SessionBench(scripts: [BenchScript.refund])
        try await bench.start("refund", conversation: "c")
        try await bench.advance(1)
        return bench
    }

    @Test func `a resolution is requested once and the session continues`() async throws {
        let bench = try await bench()
        let session = try await bench.advance(2, 49)
        #expect(session.revision == 3 && session.view.step?.id == "code")
        #expect(session.view.variables["settlement"]?["status"] == "approved")
        #expect(bench.ledger.grants == 1)
    }

    @Test func `a session waits for a pending resolution, and its decision reaches the desktop`() async throws {
        let bench = try await bench()
        bench.ledger.answer(.pending)
        let waiting = try await bench.advance(2, 49)
        #expect(waiting.view.status == .waiting && waiting.view.step?.resolutionID == "r1")
        let events = bench.others.changes.count
        try await bench.desk.resolutionChanged(bench.ledger.decide("r1", .approved), now: 50)
        #expect(bench.others.changes.count == events + 1)
        let moved = try await bench.desk.state("s", for: SessionBench.agent, now: 60)
        #expect(moved.view.status == .active && moved.view.step?.id == "code" && moved.revision == 4)
        try await bench.desk.resolutionChanged(bench.ledger.decide("r1", .approved), now: 70)
        #expect(try await bench.desk.state("s", for: SessionBench.agent, now: 80).revision == 4)
    }

    @Test func `a missed decision is found when the session is next read`() async throws {
        let bench = try await bench()
        bench.ledger.answer(.pending)
        try await bench.advance(2, 49)
        _ = bench.ledger.decide("r1", .rejected)
        let moved = try await bench.restarted().state("s", for: SessionBench.agent, now: 60)
        #expect(moved.view.step?.id == "sorry")
    }

    @Test func `a session whose actor lost authorisation waits for a call by another person`() async throws {
        let bench = try await bench()
        bench.ledger.answer(.pending)
        try await bench.advance(2, 49)
        bench.others.revoke("anna")
        try await bench.desk.resolutionChanged(bench.ledger.decide("r1", .approved), now: 50)
        for _ in 0..<2 {
            let seen = try await bench.desk.state("s", for: SessionBench.lead, now: 60)
            #expect(seen.view.status == .waiting && seen.revision == 3)
        }
        await #expect(performing: { try await bench.advance(3, for: SessionBench.lead) }, throws: { _ in true })
        let moved = try await bench.desk.state("s", for: SessionBench.lead, now: 70)
        #expect(moved.view.step?.id == "code" && moved.revision == 4)
    }

    @Test(arguments: [false, true])
    func `a request of an actor who lost authorisation is not made by others`(wasRequested: Bool) async throws {
        let bench = try await bench()
        bench.ledger.cutOff(before: !wasRequested, after: wasRequested)
        await #expect(throws: FakeLedger.Failure.self) { try await bench.advance(2, 49) }
        bench.ledger.cutOff()
        bench.others.revoke("anna")
        let desk = bench.restarted()
        #expect(try await desk.state("s", for: SessionBench.lead, now: 30).view.status == .waiting)
        let call = ScriptCall.abandon(reason: "she has left")
        _ = try? await desk.perform(call, on: "s", for: SessionBench.lead, now: 40)
        #expect(bench.ledger.grants == (wasRequested ? 1 : 0))
        #expect(try await desk.state("s", for: SessionBench.lead, now: 50).view.status == .abandoned)
    }

    @Test func `a request is repeated with the whole authority of who caused it`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.refund])
        let agent = Principal(
            subject: "anna",
            roles: [.agent, .auditor],
            attributes: ["team": .many(["billing", "vip"]), "tier": .one("2"), "site": .one("Graz")]
        )
        try await bench.start("refund", for: agent)
        try await bench.advance(1, for: agent)
        bench.ledger.cutOff(before: true)
        await #expect(throws: FakeLedger.Failure.self) { try await bench.advance(2, 49, for: agent) }
        bench.ledger.cutOff()
        _ = try await bench.restarted().state("s", for: agent, now: 30)
        #expect(bench.ledger.requesters == [agent])
    }

    @Test(arguments: [false, true])
    func `a resolution is granted once if the process ends around the request`(after: Bool) async throws {
        let bench = try await bench()
        bench.ledger.cutOff(before: !after, after: after)
        await #expect(throws: FakeLedger.Failure.self) { try await bench.advance(2, 49) }
        await #expect(throws: FakeLedger.Failure.self) {
            try await bench.restarted().state("s", for: SessionBench.agent, now: 30)
        }
        bench.ledger.cutOff()
        let call = ScriptCall.advance(revision: 2, value: 49)
        let session = try await bench.restarted().perform(call, on: "s", for: SessionBench.agent, now: 40)
        #expect(session.view.step?.id == "code" && bench.ledger.grants == 1)
        #expect(Set(bench.ledger.keys).count == 1)
    }

    @Test func `a refused request is a failure of the step, not of the session`() async throws {
        let bench = try await bench()
        bench.ledger.refuse("no such action")
        let session = try await bench.advance(2, 49)
        #expect(session.view.step?.id == "sorry" && bench.ledger.grants == 0)
        #expect(session.view.diagnostics.contains { $0.contains("no such action") })
    }

    @Test(.enabled(if: TestDatabases.engine == .sqlite, "a database server has the files"))
    func `a sensitive value reaches only the next action`() async throws {
        let bench = try await bench()
        try await bench.advance(2, 49)
        let acting = try await bench.advance(3, "zebra-4711-quince")
        #expect(acting.view.step?.action == "pay_out")
        #expect(acting.view.step?.arguments?["code"] == "zebra-4711-quince")
        #expect(acting.view.variables["pin"] == nil)
        #expect(bench.others.changes.allSatisfy { $0.view.step?.arguments?["code"] == nil })
        let again = try await bench.advance(3, "zebra-4711-quince")
        #expect(again.revision == acting.revision)
        await #expect(throws: ScriptError.self) { try await bench.advance(3, "another") }
        let bytes = String(decoding: try bench.storedBytes(), as: UTF8.self)
        #expect(!bytes.contains("zebra-4711"))
        let after = try await bench.restarted().state("s", for: SessionBench.agent, now: 60)
        #expect(after.view.step?.id == "pay" && after.view.step?.arguments?["code"] == nil)
        let done = try await bench.advance(4, ["ok": true, "result": "ok"])
        #expect(done.view.status == .completed)
    }

    @Test func `an escalation raises one alert, in the transaction of its step`() async throws {
        let bench = try await bench()
        try await bench.advance(2, 49)
        try await bench.advance(3, "1234")
        let session = try await bench.advance(4, ["ok": false, "error": "bank is closed"])
        #expect(session.view.step?.id == "desk" && bench.others.escalations == ["desk"])
        _ = try await bench.advance(4, ["ok": false, "error": "bank is closed"])
        #expect(bench.others.escalations == ["desk"])
    }

    @Test func `a new process continues a session from its state at any step`() async throws {
        let bench = try await SessionBench(scripts: [BenchScript.refund])
        let values: [JSON?] = [nil, 49, "1234", ["ok": true, "result": 1]]
        var session = try await bench.start("refund")
        for value in values {
            let before = try await bench.restarted().state("s", for: SessionBench.agent, now: 30)
            #expect(before.revision == session.revision && before.view.path == session.view.path)
            session = try await bench.advance(session.revision, value)
        }
        #expect(session.view.outcome == "resolved")
    }

    @Test func `going back keeps a pending request, and a different amount cancels it`() async throws {
        let bench = try await bench()
        bench.ledger.answer(.pending)
        let waiting = try await bench.advance(2, 49)
        let back = try await bench.perform(.back(revision: waiting.revision))
        #expect(bench.ledger.cancelled.isEmpty)
        let same = try await bench.perform(.advance(revision: back.revision, value: 49))
        #expect(same.view.step?.resolutionID == "r1" && bench.ledger.cancelled.isEmpty)
        let again = try await bench.perform(.back(revision: same.revision))
        let other = try await bench.perform(.advance(revision: again.revision, value: 50))
        #expect(other.view.step?.resolutionID == "r2" && bench.ledger.cancelled == ["r1"])
    }

    @Test func `abandoning a session cancels its pending request`() async throws {
        let bench = try await bench()
        bench.ledger.answer(.pending)
        try await bench.advance(2, 49)
        try await bench.perform(.abandon(reason: "the line dropped"))
        #expect(bench.ledger.cancelled == ["r1"])
    }
}
