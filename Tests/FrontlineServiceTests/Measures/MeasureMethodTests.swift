import Access
import Alerts
import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Measures
import Storage
import Testing
import Vocabulary

@Suite struct MeasureMethodTests {
    /// 2026-11-18T11:06:40Z.
    private static let start: Int64 = 1_795_000_000_000_000

    /// The measures of the samples, and contacts of anna's and ben's.
    private func desk() async throws -> Desk {
        let desk = try Desk()
        let operations = try await desk.connection("olga", [.operations])
        let folder = Desk.repository.appendingPathComponent("rules/measures")
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where file.pathExtension == "yaml" {
            let name = "measures." + file.deletingPathExtension().lastPathComponent
            let source = try String(contentsOf: file, encoding: .utf8)
            _ = try await operations.call(PolicyPublish.self, .init(name: name, source: source))
        }
        let anna = try await desk.connection("anna", [.agent], ["team": .one("delivery")])
        _ = try await desk.connection("ben", [.agent], ["team": .many(["billing", "delivery"])])
        let customer: JSON = ["id": "C-1"]
        try await desk.openContact("a1", channel: "phone", customer: customer)
        try await desk.openContact("a2")
        try desk.say("bad", in: "a1", score: -0.8)
        try desk.say("better", in: "a1", score: 0.6)
        try await desk.importArticles(article("kettle", "Kettle"))
        try await desk.server.catchUp()
        let found = try await anna.call(KnowledgeSearch.self, .init(query: "kettle", conversationId: "a1"))
        _ = try await anna.call(KnowledgeSearch.self, .init(query: "kettle", conversationId: "a1"))
        let feedback = KnowledgeFeedback.Params(
            articleId: "kettle",
            queryId: found.queryId,
            conversationId: "a1",
            verdict: .used
        )
        _ = try await anna.call(KnowledgeFeedback.self, feedback)
        desk.advance(seconds: 100)
        _ = try await anna.call(ConversationClose.self, .init(conversationId: "a1"))
        desk.advance(seconds: 50)
        _ = try await anna.call(ConversationClose.self, .init(conversationId: "a2"))
        desk.advance(seconds: 3_600)
        try await desk.openContact("b1", channel: "phone", agent: "ben", customer: customer)
        return desk
    }

    private func ask(
        _ desk: Desk,
        _ measure: String,
        by: String? = nil,
        group: String? = nil,
        as role: Role = .auditor,
        _ subject: String = "reader",
        team: String? = nil
    ) async throws -> [MeasuresValues.Row] {
        let attributes: [String: AttributeValue] = team.map { ["team": .one($0)] } ?? [:]
        let caller = try await desk.connection(subject, [role], attributes)
        let params = MeasuresValues.Params(
            measure: measure,
            from: .time(Timestamp(microseconds: Self.start)),
            to: .time(Timestamp(microseconds: Self.start + 86_400_000_000)),
            by: by,
            group: group
        )
        return try await caller.call(MeasuresValues.self, params).rows
    }

    @Test func `figures follow what happens, without anybody waiting`() async throws {
        let desk = try await desk()
        #expect(try await ask(desk, "contacts").map(\.value) == [3])
        #expect(try await ask(desk, "handle_time").first?.value == 125)
        #expect(try await ask(desk, "knowledge_use").first?.value == 0.5)
        #expect(try await ask(desk, "transfers").first?.value == 0)
        let ben = try await desk.connection("ben", [.agent], ["team": .many(["billing", "delivery"])])
        desk.advance(seconds: 30)
        _ = try await ben.call(ConversationClose.self, .init(conversationId: "b1"))
        #expect(try await ask(desk, "handle_time", by: "agent").map(\.value) == [125, 30])
    }

    @Test func `the figures are those of the report`() async throws {
        let desk = try await desk()
        let auditor = try await desk.connection("audrey", [.auditor])
        for group in [ReportSummary.Group.agent, .team, .channel, .day, .week] {
            let params = ReportSummary.Params(
                from: Timestamp(microseconds: Self.start),
                to: Timestamp(microseconds: Self.start + 86_400_000_000),
                groupBy: group
            )
            let report = try await auditor.call(ReportSummary.self, params).rows
            let rows = try await ask(desk, "contacts", by: group.rawValue)
            #expect(rows.map(\.key) == report.filter { $0.contacts > 0 }.map(\.key))
            #expect(rows.map(\.n) == report.map(\.contacts).filter { $0 > 0 })
        }
    }

    @Test func `a customer who comes back within a week is a repeat, whenever that becomes known`() async throws {
        let desk = try await desk()
        // Too few contacts for the sample definition; one without a bound shows the counts.
        #expect(try await ask(desk, "repeats").map(\.suppressed) == [true])
        let operations = try await desk.connection("olga", [.operations])
        let source = """
            title: Returning
            population: contacts
            statistic: sum
            of: if days_since_previous != null and days_since_previous <= 7 then 1 else 0
            groups: [agent]
            unit: contacts
            owner: Test
            """
        _ = try await operations.call(PolicyPublish.self, .init(name: "measures.returning", source: source))
        #expect(try await ask(desk, "returning", by: "agent").map(\.value) == [0, 1])
        let telephony = try await desk.connection("telephony", [.integration])
        let update = ConversationUpdate.Params(conversationId: "a2", customer: ["id": "C-1"])
        _ = try await telephony.call(ConversationUpdate.self, update)
        #expect(try await ask(desk, "returning", by: "agent").map(\.value) == [1, 1])
    }

    @Test func `agents see their own figures, supervisors those of their teams`() async throws {
        let desk = try await desk()
        #expect(try await ask(desk, "contacts", as: .agent, "anna", team: "delivery").map(\.value) == [2])
        #expect(try await ask(desk, "contacts", by: "agent", as: .supervisor, team: "billing").map(\.key) == ["ben"])
        #expect(try await ask(desk, "contacts", as: .supervisor, team: "*").map(\.value) == [3])
        #expect(try await ask(desk, "contacts", group: "team=billing").map(\.value) == [1])
        let names = try await desk.connection("anna", [.agent]).call(MeasuresList.self, .init()).measures.map(\.name)
        #expect(names.contains("contacts") && !names.contains("alert_response"))
        await #expect(
            performing: { _ = try await ask(desk, "alert_response", as: .agent, "anna") },
            throws: { ($0 as? RPCError)?.code == 1003 }
        )
        #expect(try await ask(desk, "alert_response", as: .supervisor, team: "*").map(\.n) == [0])
    }

    @Test func `the log vouches for every published measure`() async throws {
        let desk = try await desk()
        let found = try await desk.connection("audrey", [.auditor]).call(AuditVerify.self, .init())
        #expect(found.ok && found.changed.isEmpty && (found.rows["policy"] ?? 0) >= 10)
    }

    @Test func `work that is done before a clock runs out is met in time`() async throws {
        let desk = try await desk()
        let operations = try await desk.connection("olga", [.operations])
        _ = try await operations.call(PolicyPublish.self, .init(name: "work.kinds", source: WorkMethodTests.kinds))
        let anna = try await desk.connection("anna", [.agent], ["team": .one("service")])
        var items: [String] = []
        for _ in 0..<4 { items.append(try await anna.call(WorkCreate.self, .init(kind: "callback")).workId) }
        _ = try await anna.call(WorkComplete.self, .init(workId: items[0], outcome: ["result": "reached"]))
        _ = try await anna.call(WorkCancel.self, .init(workId: items[1], reason: "double"))
        #expect(try await ask(desk, "work_in_time").map(\.value) == [1])
        desk.advance(seconds: 5 * 3_600)
        try await desk.server.elapseWork()
        let rows = try await ask(desk, "work_in_time", by: "kind")
        #expect(rows.map(\.key) == ["callback"] && rows.map(\.n) == [3])
        #expect(rows.allSatisfy { abs(($0.value ?? 0) - 1 / 3) < 0.001 })
    }

    @Test(arguments: [Role.operations, .integration, .knowledgeManager])
    func `nobody else sees figures`(role: Role) async throws {
        let desk = try await desk()
        await #expect(
            performing: { _ = try await ask(desk, "contacts", as: role) },
            throws: { ($0 as? RPCError)?.code == 1002 }
        )
    }

    @Test func `a definition says what it counts and how sure it is`() async throws {
        let desk = try await desk()
        let caller = try await desk.connection("sofia", [.supervisor], ["locale": .one("de")])
        let result = try await caller.call(MeasuresGet.self, .init(measure: "handle_time"))
        #expect(result.measure.title == "Bearbeitungszeit" && result.measure.statistic == "mean")
        #expect(result.expressions["of"] == "handle_seconds" && result.interval == "Student's t, 95 %")
        #expect(result.facts.contains { $0.name == "handle_seconds" && $0.optional })
        #expect(result.measure.version == 1 && result.least == 1)
    }

    @Test(
        "the contacts behind a value",
        arguments: [
            ("all", ["a1", "a2", "b1"]), ("agent=ben", ["b1"]), ("team=delivery", ["a1", "a2", "b1"]),
            ("2026-11-18", ["a1", "a2", "b1"]), ("2026-W47", ["a1", "a2", "b1"]), ("2026-11", ["a1", "a2", "b1"]),
            ("2026-11-17", []), ("channel=chat", ["a2"]),
        ]
    )
    func explain(key: String, contacts: [String]) async throws {
        let desk = try await desk()
        let auditor = try await desk.connection("audrey", [.auditor])
        let params = MeasuresExplain.Params(measure: "contacts", key: key, at: .day("2026-11-18"))
        let found = try await auditor.call(MeasuresExplain.self, params)
        #expect(found.contacts.compactMap(\.conversationId) == contacts && found.more == nil)
        let anna = try await desk.connection("anna", [.agent], ["team": .one("delivery")])
        let own = try await anna.call(MeasuresExplain.self, params).contacts.compactMap(\.conversationId)
        #expect(own == contacts.filter { $0 != "b1" })
    }

    @Test func `figures stay when transcripts are deleted, and agree with the record`() async throws {
        let desk = try await desk()
        let before = try await ask(desk, "knowledge_use")
        let contacts = try await ask(desk, "contacts", by: "team")
        desk.advance(seconds: 86_400)
        #expect(try await desk.server.deleteTranscripts(olderThanDays: 0) == 3)
        #expect(try await ask(desk, "knowledge_use") == before)
        #expect(try await ask(desk, "contacts", by: "team") == contacts)
        let day = try await desk.folder.measures.measures.days().day(of: Self.start)
        #expect(try await desk.folder.measures.recount(day, isCheck: true).isEmpty)
    }

    @Test(
        "periods that are none are refused",
        arguments: [
            (DayOrTime.day("2026-11-18"), DayOrTime.day("2026-11-18"), "params.to"),
            (.day("2026-11-19"), .day("2026-11-18"), "params.to"),
            (.time(Timestamp(microseconds: start)), .time(Timestamp(microseconds: start)), nil),
        ] as [(DayOrTime, DayOrTime, String?)]
    )
    func periods(from: DayOrTime, to: DayOrTime, path: String?) async throws {
        let desk = try await desk()
        let auditor = try await desk.connection("audrey", [.auditor])
        let params = MeasuresValues.Params(measure: "contacts", from: from, to: to)
        guard let path else {
            // Two moments of one day are that day.
            #expect(try await auditor.call(MeasuresValues.self, params).rows.map(\.value) == [3])
            return
        }
        await #expect(
            performing: { _ = try await auditor.call(MeasuresValues.self, params) },
            throws: { ($0 as? RPCError)?.path == path }
        )
    }

    @Test func `what is wrong with a definition is told with its place`() async throws {
        let desk = try await desk()
        let operations = try await desk.connection("olga", [.operations])
        let source = "title: A\npopulation: contacts\nstatistic: sum\nof: handel_seconds\nunit: s\nowner: O\n"
        await #expect(
            performing: {
                _ = try await operations.call(PolicyPublish.self, .init(name: "measures.wrong", source: source))
            },
            throws: { error in
                let details = (error as? RPCError)?.data?["details"]?.array?.compactMap(\.string) ?? []
                return details.contains { $0.hasPrefix("wrong.yaml:4:5:") && $0.contains("“handle_seconds”") }
            }
        )
        let listed = try await operations.call(PolicyList.self, NoParams()).policies.map(\.name)
        #expect(listed.contains("measures.contacts") && !listed.contains("measures.wrong"))
    }
}
