import Access
import Alerts
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Storage
import Testing
import Vocabulary

@Suite struct AlertMethodTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private static func fails(_ code: Int) -> (any Error) -> Bool { { ($0 as? RPCError)?.code == code } }

    @discardableResult
    private func raise(
        _ kind: String = "help",
        about conversation: String = "c1",
        team: String = "delivery",
        severity: Severity = .warning,
        group: String? = nil
    ) throws -> String {
        let request = AlertRequest(
            kind: kind,
            severity: severity,
            subject: Alert.Subject(.conversation, conversation),
            conversationID: conversation,
            agent: "anna",
            teams: [team],
            reason: "Somebody needs a hand.",
            group: group
        )
        return try desk.folder.store.writeNow {
            try desk.folder.alerts.raise(request, now: desk.folder.now(), in: $0).id
        }
    }

    private func heard(_ connection: InProcessServer.Connection) async throws -> [String] {
        try await desk.server.pump()
        return connection.notifications().filter { $0["method"] == "alerts.event" }.map { message in
            let params: JSON = message["params"] ?? .null
            let alert: JSON = params["alert"] ?? .null
            return "\(params["cursor"]?.string ?? "") \(params["event"]?.string ?? "") \(alert["kind"]?.string ?? "")"
        }
    }

    @Test func `a supervisor gets only alerts of own teams, in order`() async throws {
        let sue = try await desk.connection("sue", [.supervisor], ["team": .one("delivery")])
        let answer = try await sue.call(AlertsSubscribe.self, .init())
        #expect(answer.cursor == Cursor(0))
        try raise(about: "c1")
        try raise(about: "c2", team: "billing")
        try raise(about: "c3")
        #expect(try await heard(sue) == ["1 raised help", "3 raised help"])
    }

    @Test func `an interrupted stream resumes without gaps or duplicates`() async throws {
        let sue = try await desk.connection("sue", [.supervisor], ["team": .one("*")])
        _ = try await sue.call(AlertsSubscribe.self, .init())
        try raise(about: "c1")
        #expect(try await heard(sue) == ["1 raised help"])
        try raise(about: "c2")
        let again = try await desk.connection("sue", [.supervisor], ["team": .one("*")])
        _ = try await again.call(AlertsSubscribe.self, .init(after: "1"))
        try raise(about: "c3")
        #expect(try await heard(again) == ["2 raised help", "3 raised help"])
    }

    @Test func `filters exclude events`() async throws {
        let sue = try await desk.connection("sue", [.supervisor], ["team": .one("*")])
        _ = try await sue.call(AlertsSubscribe.self, .init(severity: .critical, kinds: ["safety", "legal"]))
        try raise("safety", about: "c1")
        try raise("safety", about: "c2", severity: .critical)
        try raise("help", about: "c3", severity: .critical)
        #expect(try await heard(sue) == ["2 raised safety"])
    }

    @Test func `the alerts of a surge are muted and counted, and listed on request`() async throws {
        let quiet = try await desk.connection("sue", [.supervisor], ["team": .one("*")])
        let all = try await desk.connection("sam", [.supervisor], ["team": .one("*")])
        _ = try await quiet.call(AlertsSubscribe.self, .init())
        _ = try await all.call(AlertsSubscribe.self, .init(includeMuted: true))
        for number in 0..<10 { try raise("outage", about: "c\(number)", group: "shop") }
        let everything = try await heard(all)
        #expect(everything.count(where: { $0.hasSuffix("raised outage") }) == 10)
        let told = try await heard(quiet)
        #expect(told.count(where: { $0.hasSuffix("raised outage") }) == 4)
        #expect(told.count(where: { $0.hasSuffix("raised surge") }) == 1)
        let batch = try await quiet.call(AlertsAcknowledge.self, .init(group: "shop"))
        #expect(batch.alerts.count == 11)
    }

    @Test func `the stream names the person who acts`() async throws {
        let id = try raise()
        let sue = try await desk.connection("sue", [.supervisor], ["team": .one("*")])
        _ = try await sue.call(AlertsSubscribe.self, .init(after: "0"))
        let acknowledged = try await sue.call(AlertsAcknowledge.self, .init(alertIds: [id], note: "On it."))
        #expect(acknowledged.alerts.map(\.acknowledgedBy) == ["sue"])
        _ = try await sue.call(AlertsResolve.self, .init(alertIds: [id], outcome: .falseAlarm))
        #expect(try await heard(sue) == ["1 raised help", "2 acknowledged help", "3 resolved help"])
        let alert = try await sue.call(AlertsGet.self, .init(alertId: id))
        #expect(alert.outcome == .falseAlarm && alert.resolvedBy == "sue" && alert.note == "On it.")
    }

    @Test(
        arguments: [
            ("alerts.acknowledge", [:]), ("alerts.acknowledge", ["alert_ids": []]),
            ("alerts.acknowledge", ["alert_ids": ["al-1"], "group": "g"]),
            ("alerts.resolve", ["alert_ids": ["al-1"]]), ("alerts.resolve", ["alert_ids": ["al-1"], "outcome": "won"]),
            ("alerts.snooze", ["alert_ids": ["al-1"], "until": "2020-01-01T00:00:00Z"]),
            ("alerts.subscribe", ["after": "x"]), ("alerts.subscribe", ["severity": "high"]),
            ("alerts.list", ["limit": 0]), ("alerts.list", ["cursor": "x"]),
        ] as [(String, JSON)]
    )
    func `invalid parameters are refused with their path`(method: String, params: JSON) async throws {
        try raise()
        let sue = try await desk.connection("sue", [.supervisor], ["team": .one("*")])
        await #expect(performing: { _ = try await sue.call(method, params) }, throws: Self.fails(-32602))
    }

    @Test func `an alert that a supervisor may not see is not found and not changed`() async throws {
        let (mine, other) = (try raise(about: "c1"), try raise(about: "c2", team: "billing"))
        let sue = try await desk.connection("sue", [.supervisor], ["team": .one("delivery")])
        let both = AlertsAcknowledge.Params(alertIds: [mine, other])
        await #expect(
            performing: { _ = try await sue.call(AlertsAcknowledge.self, both) },
            throws: Self.fails(1003)
        )
        await #expect(
            performing: { _ = try await sue.call(AlertsGet.self, .init(alertId: other)) },
            throws: Self.fails(1003)
        )
        #expect(try await sue.call(AlertsGet.self, .init(alertId: mine)).status == .open)
    }

    @Test func `a list continues from its cursor`() async throws {
        for number in 0..<5 { try raise(about: "c\(number)") }
        let sue = try await desk.connection("sue", [.supervisor], ["team": .one("*")])
        var (seen, cursor): ([String], Cursor?) = ([], nil)
        repeat {
            let page = try await sue.call(AlertsList.self, .init(limit: 2, cursor: cursor))
            seen += page.alerts.map(\.alertId)
            cursor = page.nextCursor
        } while cursor != nil
        #expect(seen == (1...5).map { "al-\($0)" })
    }

    @Test func `an agent can ask for help only in an own conversation`() async throws {
        let anna = try await desk.connection("anna", [.agent], ["team": .one("delivery")])
        let ben = try await desk.connection("ben", [.agent], ["team": .one("delivery")])
        let sue = try await desk.connection("sue", [.supervisor], ["team": .one("delivery")])
        _ = try await sue.call(AlertsSubscribe.self, .init())
        let opened = try await anna.call("conversation.open", ["channel": "chat", "customer": ["id": "C-1"]])
        let id = try #require(opened["conversation_id"]?.string)
        let call = AlertsRaise.Params(conversationId: id, note: "He shouts; his card is 4111 1111 1111 1111")
        let alert = try await anna.call(AlertsRaise.self, call)
        #expect(alert.kind == "help" && alert.agent == "anna" && !alert.reason.contains("1111"))
        #expect(try await heard(sue) == ["1 raised help"])
        #expect(try await anna.call(AlertsRaise.self, call).count == 2)
        await #expect(performing: { _ = try await ben.call(AlertsRaise.self, call) }, throws: Self.fails(1003))
        _ = try await anna.call("conversation.close", ["conversation_id": .string(id)])
        await #expect(performing: { _ = try await anna.call(AlertsRaise.self, call) }, throws: Self.fails(1004))
        #expect(try await heard(sue).last?.hasSuffix("expired help") == true)
    }

    @Test func `calls for help in quick succession are refused for a while`() async throws {
        let anna = try await desk.connection("anna", [.agent])
        let opened = try await anna.call("conversation.open", ["channel": "chat"])
        let id = try #require(opened["conversation_id"]?.string)
        let call = AlertsRaise.Params(conversationId: id, note: "Please.")
        for _ in 0..<10 { _ = try await anna.call(AlertsRaise.self, call) }
        await #expect(performing: { _ = try await anna.call(AlertsRaise.self, call) }, throws: Self.fails(1005))
        desk.advance(seconds: 61)
        _ = try await anna.call(AlertsRaise.self, call)
    }

    @Test func `a policy of alerts without the required decision is refused`() async throws {
        let olga = try await desk.connection("olga", [.operations])
        let model = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">\
            <decision id="d" name="alarm"><variable name="alarm"/><literalExpression><text>[]</text></literalExpression>\
            </decision></definitions>
            """
        await #expect(
            performing: { _ = try await olga.call(PolicyPublish.self, .init(name: "alerts", source: model)) },
            throws: Self.fails(-32602)
        )
    }

    @Test func `signals are a policy with versions, whose mistakes are reported with their place`() async throws {
        let olga = try await desk.connection("olga", [.operations])
        let first = try await olga.call(
            PolicyPublish.self,
            .init(name: "signals", source: "signals: [{kind: a, patterns: [x]}]")
        )
        #expect(first.version == 1)
        let wrong = PolicyPublish.Params(name: "signals", source: "signals: [{kind: a, patterns: ['(']}]")
        await #expect(
            performing: { _ = try await olga.call(PolicyPublish.self, wrong) },
            throws: { error in
                guard let error = error as? RPCError else { return false }
                let text = error.data?["details"]?[0]?.string ?? ""
                return error.code == -32602 && text.hasPrefix("signals.yaml:1:32")
            }
        )
        let list = try await olga.call(PolicyList.self, NoParams())
        #expect(list.policies.map(\.name) == ["signals"])
        #expect(try await olga.call(PolicyVersions.self, .init(name: "signals")).live == 1)
    }
}
