import Access
import Alerts
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Storage
import Testing
import Vocabulary

/// Filters, read marks and replies of supervisors.
@Suite struct AlertFilterTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private static let everywhere: [String: AttributeValue] = ["team": .one("*")]

    private static func fails(_ code: Int, _ path: String? = nil) -> (any Error) -> Bool {
        { ($0 as? RPCError)?.code == code && (path == nil || ($0 as? RPCError)?.path == path) }
    }

    /// Alerts of every combination of kind, team, agent and customer.
    private func raiseAll() throws {
        let now = desk.folder.now()
        try desk.folder.store.writeNow { transaction in
            var number = 0
            for kind in ["help", "safety"] {
                for team in ["delivery", "billing"] {
                    for (agent, customer) in [("anna", "k1"), ("ben", "k2")] {
                        number += 1
                        let request = AlertRequest(
                            kind: kind,
                            severity: number.isMultiple(of: 3) ? .critical : .warning,
                            subject: Alert.Subject(.conversation, "c\(number)"),
                            conversationID: "c\(number)",
                            agent: agent,
                            teams: [team],
                            customerID: customer,
                            segment: "signature",
                            reason: "why"
                        )
                        _ = try desk.folder.alerts.raise(request, now: now, in: transaction)
                    }
                }
            }
        }
    }

    @Test(
        arguments: [
            [:], ["kinds": ["help"]], ["teams": ["billing", "nobody"]], ["agents": ["ben"]], ["customer_id": "k1"],
            ["severity": "critical", "teams": ["delivery"]],
            ["kinds": ["safety"], "teams": ["billing"], "agents": ["anna"], "customer_id": "k1"], ["agents": ["k1"]],
        ] as [JSON]
    )
    func `the list and the stream apply the same filter`(filter: JSON) async throws {
        let sue = try await desk.connection("sue", [.supervisor], Self.everywhere)
        try raiseAll()
        var params = filter.object ?? [:]
        let listed = try await sue.call("alerts.list", .object(params))["alerts"]?.array ?? []
        params["after"] = "0"
        _ = try await sue.call("alerts.subscribe", .object(params))
        try await desk.server.pump()
        let heard = sue.notifications().compactMap { $0["params"]?["alert"] }
        #expect(heard.map { $0["alert_id"] } == listed.map { $0["alert_id"] })
        let slow = (1...8).filter { number in
            let kind = number <= 4 ? "help" : "safety"
            let team = (number - 1) / 2 % 2 == 0 ? "delivery" : "billing"
            let (agent, customer) = number.isMultiple(of: 2) ? ("ben", "k2") : ("anna", "k1")
            let names = { (member: String) in filter[member]?.array?.compactMap(\.string) }
            return names("kinds")?.contains(kind) ?? true && names("teams")?.contains(team) ?? true
                && names("agents")?.contains(agent) ?? true && filter["customer_id"]?.string ?? customer == customer
                && (filter["severity"] == nil || number.isMultiple(of: 3))
        }
        #expect(listed.compactMap { $0["alert_id"]?.string } == slow.map { "al-\($0)" })
        #expect(listed.allSatisfy { $0["segment"] == "signature" && $0["customer_id"] != nil })
    }

    @Test func `the read mark is shared by all connections and never moves back`() async throws {
        let sue = try await desk.connection("sue", [.supervisor], Self.everywhere)
        try raiseAll()
        #expect(try await sue.call(AlertsSubscribe.self, .init(after: "last")).cursor == Cursor(0))
        #expect(try await sue.call(AlertsRead.self, .init(cursor: Cursor(5))).cursor == Cursor(5))
        #expect(try await sue.call(AlertsRead.self, .init(cursor: Cursor(3))).cursor == Cursor(5))
        let again = try await desk.connection("sue", [.supervisor], Self.everywhere)
        #expect(try await again.call(AlertsSubscribe.self, .init(after: "last")).cursor == Cursor(5))
        let new = try await again.call(AlertsList.self, .init(after: "last")).alerts
        #expect(new.map(\.alertId) == ["al-6", "al-7", "al-8"])
        _ = try await again.call(AlertsAcknowledge.self, .init(alertIds: ["al-1"]))
        #expect(try await again.call(AlertsList.self, .init(after: "last")).alerts.map(\.alertId).first == "al-1")
        let other = try await desk.connection("sam", [.supervisor], Self.everywhere)
        #expect(try await other.call(AlertsSubscribe.self, .init(after: "last")).cursor == Cursor(0))
        for cursor in ["-1", "x", "99"] {
            await #expect(
                performing: { _ = try await sue.call("alerts.read", ["cursor": .string(cursor)]) },
                throws: Self.fails(-32602, "params.cursor")
            )
        }
    }

    @Test func `a supervisor can reply to the agent during the call`() async throws {
        let anna = try await desk.connection("anna", [.agent], ["team": .one("delivery")])
        let sue = try await desk.connection("sue", [.supervisor], ["team": .one("delivery")])
        let max = try await desk.connection("max", [.supervisor], ["team": .one("billing")])
        let crm = try await desk.connection("crm", [.integration])
        let customer: JSON = ["id": "k1", "segment": "new"]
        let opening = ConversationOpen.Params(channel: "voice", agent: "anna", customer: customer)
        let id = try await crm.call(ConversationOpen.self, opening).conversationId
        _ = try await anna.call(ConversationSubscribe.self, .init(mine: true))
        let alert = try await anna.call(AlertsRaise.self, .init(conversationId: id, note: "Please."))
        #expect(alert.segment == "new" && alert.customerId == "k1" && alert.owner == nil)
        let text = "Offer a replacement; his card is 4111 1111 1111 1111"
        let reply = AlertsReply.Params(alertId: alert.alertId, text: text)
        let answered = try await sue.call(AlertsReply.self, reply)
        #expect(answered.status == .open && answered.replies?.map(\.by) == ["sue"])
        #expect(answered.replies?.first?.text == "Offer a replacement; his card is [card]")
        try await desk.server.pump()
        let event = try #require(anna.notifications().last?["params"])
        #expect(event["event"] == "reply" && event["conversation_id"] == .string(id))
        #expect(event["data"]?["by"] == "sue" && event["data"]?["alert_id"] == .string(alert.alertId))
        #expect(event["data"]?["text"]?.string?.contains("4111") == false)
        await #expect(performing: { _ = try await max.call(AlertsReply.self, reply) }, throws: Self.fails(1003))
        await #expect(performing: { _ = try await anna.call(AlertsReply.self, reply) }, throws: Self.fails(1002))
        let long = AlertsReply.Params(alertId: alert.alertId, text: String(repeating: "x", count: 601))
        await #expect(
            performing: { _ = try await sue.call(AlertsReply.self, long) },
            throws: Self.fails(-32602, "params.text")
        )
        _ = try await anna.call(ConversationClose.self, .init(conversationId: id))
        await #expect(performing: { _ = try await sue.call(AlertsReply.self, reply) }, throws: Self.fails(1004))
    }
}
