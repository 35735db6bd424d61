import Access
import Alerts
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Storage
import Testing
import Vocabulary

@Suite struct ReportMethodTests {
    private static let start: Int64 = 1_795_000_000_000_000

    /// Three contacts: two of anna's in delivery, one of ben's in billing an hour later, still open.
    private func desk() async throws -> Desk {
        let desk = try Desk()
        let anna = try await desk.connection("anna", [.agent], ["team": .one("delivery")])
        _ = try await desk.connection("ben", [.agent], ["team": .many(["billing", "delivery"])])
        try await desk.openContact("a1", channel: "phone")
        try await desk.openContact("a2")
        try desk.say("bad", in: "a1", score: -0.8)
        try desk.say("better", in: "a1", score: 0.6)
        let request = AlertRequest(
            kind: "complaint",
            subject: Alert.Subject(.conversation, "a1"),
            conversationID: "a1",
            reason: "it is bad"
        )
        let now = desk.folder.now()
        _ = try desk.folder.store.writeNow { try desk.folder.alerts.raise(request, now: now, in: $0) }
        try await desk.importArticles(article("kettle", "Kettle"))
        try await desk.server.catchUp()
        _ = try await anna.call(KnowledgeSearch.self, .init(query: "kettle", conversationId: "a1"))
        let feedback = KnowledgeFeedback.Params(articleId: "kettle", conversationId: "a1", verdict: .used)
        _ = try await anna.call(KnowledgeFeedback.self, feedback)
        desk.advance(seconds: 100)
        _ = try await anna.call(ConversationClose.self, .init(conversationId: "a1"))
        desk.advance(seconds: 50)
        _ = try await anna.call(ConversationClose.self, .init(conversationId: "a2"))
        desk.advance(seconds: 3_600)
        try await desk.openContact("b1", channel: "phone", agent: "ben")
        return desk
    }

    private func rows(
        _ desk: Desk,
        _ group: ReportSummary.Group?,
        as role: Role = .auditor,
        team: String? = nil,
        to: Int64 = start + 86_400_000_000
    ) async throws -> [ReportSummary.Row] {
        let attributes: [String: AttributeValue] = team.map { ["team": .one($0)] } ?? [:]
        let caller = try await desk.connection("reader", [role], attributes)
        let params = ReportSummary.Params(
            from: Timestamp(microseconds: Self.start),
            to: Timestamp(microseconds: to),
            groupBy: group
        )
        return try await caller.call(ReportSummary.self, params).rows
    }

    @Test func `a report without groups has one row`() async throws {
        let row = try #require(try await rows(desk(), nil).first)
        #expect(row.key == "all" && row.contacts == 3 && row.medianSeconds == 125)
        #expect((row.moodStart ?? 0) < 0 && (row.moodEnd ?? 0) > (row.moodStart ?? 0))
        #expect(row.alerts == ["expired": 1])
        #expect(row.resolutions == .init(count: 0, amounts: []) && row.deviations == 0)
        #expect(row.searches == 1 && row.used == 1)
    }

    @Test(
        "rows by what is asked for",
        arguments: [
            (.agent, ["anna": 2, "ben": 1]), (.team, ["billing": 1, "delivery": 3]),
            (.channel, ["chat": 1, "phone": 2]), (.hour, ["2026-11-18T11:00:00Z": 2, "2026-11-18T12:00:00Z": 1]),
        ] as [(ReportSummary.Group, [String: Int])]
    )
    func groups(group: ReportSummary.Group, contacts: [String: Int]) async throws {
        let rows = try await rows(desk(), group)
        #expect(Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0.contacts) }) == contacts)
        #expect(rows.map(\.key) == rows.map(\.key).sorted())
    }

    @Test func `a supervisor sees the contacts of own teams, and the end is exclusive`() async throws {
        let desk = try await desk()
        #expect(try await rows(desk, .agent, as: .supervisor, team: "billing").map(\.key) == ["ben"])
        #expect(try await rows(desk, .agent, as: .supervisor, team: "*").count == 2)
        #expect(try await rows(desk, nil, to: Self.start + 1).map(\.contacts) == [2])
        await #expect(
            performing: { _ = try await rows(desk, nil, to: Self.start) },
            throws: { ($0 as? RPCError)?.path == "params.to" }
        )
    }

    @Test func `a report is complete after transcripts are deleted`() async throws {
        let desk = try await desk()
        let before = try await rows(desk, .agent)
        desk.advance(seconds: 86_400)
        #expect(try await desk.server.deleteTranscripts(olderThanDays: 0) == 3)
        #expect(try await rows(desk, .agent) == before)
    }

    @Test(
        arguments: [
            (.day, ["2026-11-18": 3]), (.week, ["2026-W47": 3]),
        ] as [(ReportSummary.Group, [String: Int])]
    )
    func `rows are grouped by day and week`(group: ReportSummary.Group, contacts: [String: Int]) async throws {
        let rows = try await rows(desk(), group)
        #expect(Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0.contacts) }) == contacts)
    }

    @Test func `days begin in the server's time zone`() async throws {
        let desk = try Desk(timeZone: "Pacific/Kiritimati")
        let anna = try await desk.connection()
        _ = try await anna.call(ConversationOpen.self, .init(conversationId: "a1", channel: "phone"))
        #expect(try await rows(desk, .day).map(\.key) == ["2026-11-19"])
    }

    @Test func `the resolved rate is computed from dispositions`() async throws {
        let desk = try Desk()
        let anna = try await desk.connection()
        for (id, resolved) in [("a", true), ("b", true), ("c", false), ("d", nil)] as [(String, Bool?)] {
            _ = try await anna.call(ConversationOpen.self, .init(conversationId: id, channel: "phone"))
            let disposition = ConversationDisposition(code: "done", resolved: resolved)
            _ = try await anna.call(ConversationClose.self, .init(conversationId: id, disposition: disposition))
        }
        _ = try await anna.call(ConversationOpen.self, .init(conversationId: "e", channel: "phone"))
        let row = try #require(try await rows(desk, nil).first)
        #expect(row.contacts == 5 && row.resolved == 2 && row.unresolved == 1 && row.resolvedRate == 0.6667)
        #expect(try await rows(desk, .agent).first?.resolvedRate == 0.6667)
    }

    @Test func `searches without a conversation are counted for callers who see everything`() async throws {
        let desk = try await desk()
        let anna = try await desk.connection("anna", [.agent], ["team": .one("delivery")])
        for _ in 1...2 { _ = try await anna.call(KnowledgeSearch.self, .init(query: "kettle")) }
        #expect(try await rows(desk, nil).map(\.searchesWithoutConversation) == [2])
        #expect(try await rows(desk, nil).map(\.searches) == [1])
        let byAgent = try await rows(desk, .agent)
        #expect(byAgent.map(\.key) == ["", "anna", "ben"])
        #expect(byAgent.map(\.searchesWithoutConversation) == [2, nil, nil])
        #expect(try await rows(desk, .day).map(\.searchesWithoutConversation) == [2])
        let seen = try await rows(desk, nil, as: .supervisor, team: "delivery")
        #expect(seen.map(\.searchesWithoutConversation) == [nil])
    }
}
