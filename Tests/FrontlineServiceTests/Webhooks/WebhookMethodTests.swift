import FrontlineProtocol
import FrontlineService
import Foundation
import JSONRPC
import Storage
import Synchronization
import Testing
import Vocabulary
import Webhooks

/// Webhooks over the methods: what leaves the house, who may look, and what operations do.
@Suite struct WebhookMethodTests {
    /// Notes bodies and answers with a status.
    private final class Receiver: WebhookSender {
        private let state = Mutex<(bodies: [String], headers: [String], status: Int)>(([], [], 200))
        var events: [JSON] {
            state.withLock { $0.bodies }.compactMap { try? JSON(parsing: Array($0.utf8)) }
        }
        var text: String { state.withLock { $0.bodies.joined(separator: "\n") } }
        var headers: [String] { state.withLock { $0.headers } }
        func answer(_ status: Int) { state.withLock { $0.status = status } }
        func send(_ request: WebhookRequest) async -> WebhookOutcome {
            state.withLock { state in
                state.bodies.append(request.body)
                state.headers = request.headers
                return WebhookOutcome(status: state.status)
            }
        }
    }

    private struct Secrets: WebhookSecrets {
        func secret(at place: Webhook.SecretPlace) -> String? { "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }
    }

    private let desk: Desk
    private let receiver = Receiver()
    private let server: InProcessServer

    init() throws {
        desk = try Desk()
        server = try InProcessServer(desk.folder, webhookSender: receiver, webhookSecrets: Secrets())
    }

    private static func file(
        _ more: String = "",
        events: String = "[\"alert.*\", \"work.*\", \"resolution.*\", \"conversation.*\"]",
        teams: String = "[service]"
    ) -> String {
        """
        source: /frontline/test
        webhooks:
          crm:
            url: https://crm.example.com/in?token=abc
            events: \(events)
            teams: \(teams)
            secrets: [{env: FRONTLINE_WEBHOOK_CRM}]
            \(more)
        """
    }

    private func connection(
        _ subject: String,
        _ roles: Set<Role>,
        team: String? = nil
    ) async throws
        -> InProcessServer.Connection
    {
        let attributes: [String: AttributeValue] = team.map { ["team": .one($0)] } ?? [:]
        let token = try await desk.token(subject, roles, attributes)
        let connection = server.connect()
        _ = try await connection.call(SessionAuthenticate.self, .init(token: token))
        return connection
    }

    private func publish(_ source: String) async throws {
        let olga = try await connection("olga", [.operations])
        _ = try await olga.call(PolicyPublish.self, .init(name: "webhooks", source: source))
        try await server.deliverWebhooks()
    }

    /// Has an agent of a team ask for help.
    private func raise(_ id: String, agent: String, team: String) async throws {
        let agent = try await connection(agent, [.agent], team: team)
        _ = try await agent.call(ConversationOpen.self, .init(conversationId: id, channel: "chat"))
        _ = try await agent.call(AlertsRaise.self, .init(conversationId: id, note: "mail eve@example.org, please"))
    }

    @Test func `an alert becomes a signed event, as a supervisor of the team sees it`() async throws {
        try await publish(Self.file())
        try await raise("c-1", agent: "anna", team: "service")
        try await raise("c-2", agent: "bert", team: "billing")
        try await server.deliverWebhooks()
        let event = try #require(receiver.events.first)
        #expect(receiver.events.count == 1)
        #expect(
            event["specversion"] == "1.0" && event["type"] == "alert.raised" && event["source"] == "/frontline/test"
        )
        #expect(event["id"] == "alert-1" && event["sequence"] == "0000000000000000001")
        let alert = try #require(event["data"]?["alert"])
        #expect(event["subject"]?.string == "alert/" + (alert["alert_id"]?.string ?? ""))
        #expect(event["data"]?["event"] == "raised" && alert["team"] == "service")
        #expect(event["time"]?.string.flatMap(Timestamp.init) != nil && event["datacontenttype"] == "application/json")
        #expect(!receiver.text.contains("eve@example.org"))
        #expect(receiver.headers.first == "Content-Type: application/cloudevents+json; charset=utf-8")
        #expect(receiver.headers.contains("webhook-id: alert-1"))
    }

    @Test func `work, conversations and requests are told too, and turns are not`() async throws {
        try await publish(Self.file(teams: "\"*\""))
        let anna = try await connection("anna", [.agent], team: "service")
        let olga = try await connection("olga", [.operations])
        _ = try await olga.call(PolicyPublish.self, .init(name: "work.kinds", source: WorkMethodTests.kinds))
        _ = try await anna.call(WorkCreate.self, .init(kind: "callback"))
        _ = try await anna.call(ConversationOpen.self, .init(conversationId: "c-1", channel: "chat"))
        _ = try await anna.call(
            "conversation.observe",
            ["conversation_id": "c-1", "speaker": "customer", "text": "hello there"]
        )
        _ = try await anna.call(
            "resolution.request",
            [
                "idempotency_key": "1", "action": "refund", "reason": "late", "conversation_id": "c-1",
                "customer_id": "k-1", "amount": ["amount": "5.00", "currency": "EUR"],
                "reference": ["type": "order", "id": "o-1"],
            ]
        )
        _ = try await anna.call(
            "conversation.close",
            ["conversation_id": "c-1", "disposition": ["code": "solved", "resolved": true]]
        )
        try await server.deliverWebhooks()
        let types = receiver.events.compactMap { $0["type"]?.string }
        #expect(Set(types).isSuperset(of: ["work.created", "conversation.closed"]), "\(types)")
        let request = receiver.events.first { $0["type"]?.string?.hasPrefix("resolution.") == true }
        #expect(request?["data"]?["resolution"]?["action"] == "refund", "\(types)")
        #expect(!types.contains("conversation.turn") && !receiver.text.contains("hello there"))
    }

    @Test func `deliveries are listed, and sent again`() async throws {
        try await publish(Self.file("retry: []"))
        let olga = try await connection("olga", [.operations])
        receiver.answer(500)
        for number in 0..<3 { try await raise("c-\(number)", agent: "anna", team: "service") }
        try await server.deliverWebhooks()
        let page = try await olga.call(WebhookDeliveries.self, .init(webhook: "crm", state: .failed, limit: 2))
        #expect(
            page.deliveries.map(\.eventId) == ["alert-3", "alert-2"] && page.deliveries.allSatisfy { $0.status == 500 }
        )
        let rest = try await olga.call(WebhookDeliveries.self, .init(limit: 2, cursor: page.nextCursor))
        #expect(rest.deliveries.map(\.eventId) == ["alert-1"] && rest.nextCursor == nil)
        receiver.answer(200)
        let first = try #require(rest.deliveries.first)
        #expect(
            try await olga.call(WebhookReplay.self, .init(webhook: "crm", deliveryIds: [first.deliveryId])).queued == 1
        )
        #expect(try await olga.call(WebhookReplay.self, .init(webhook: "crm", failed: true)).queued == 2)
        try await server.deliverWebhooks()
        let list = try await olga.call(WebhookList.self, .init())
        let hook = try #require(list.webhooks.first)
        #expect(hook.state == .on && hook.delivered == 3 && hook.failed == 3 && hook.waiting == 0 && hook.behind == 0)
        #expect(hook.url == "https://crm.example.com/in?token=…")
        let entries = try await connection("max", [.auditor]).call("audit.list", ["object": "crm"])
        #expect((entries["entries"]?.array?.count ?? 0) == 2, "\(entries)")
    }

    @Test func `a test says what the receiver answers, and brings a stopped webhook back`() async throws {
        try await publish(Self.file())
        let olga = try await connection("olga", [.operations])
        receiver.answer(410)
        try await raise("c-1", agent: "anna", team: "service")
        try await server.deliverWebhooks()
        #expect(try await olga.call(WebhookList.self, .init()).webhooks.first?.state == .stopped)
        let failed = try await olga.call(WebhookTest.self, .init(webhook: "crm"))
        #expect(!failed.delivered && failed.status == 410 && failed.problem != nil)
        receiver.answer(204)
        #expect(try await olga.call(WebhookTest.self, .init(webhook: "crm")).delivered)
        #expect(receiver.events.last?["type"] == "webhook.test" && receiver.events.last?["sequence"] == nil)
        #expect(try await olga.call(WebhookList.self, .init()).webhooks.first?.state == .on)
        try await server.deliverWebhooks()
        #expect(receiver.events.last?["type"] == "alert.raised")
    }

    @Test(
        arguments: [
            ("webhook.replay", ["webhook": "crm"], -32602, "params"),
            ("webhook.replay", ["webhook": "crm", "failed": true, "since": "2026-01-01"], -32602, "params"),
            ("webhook.replay", ["webhook": "crm", "failed": false], -32602, "params.failed"),
            ("webhook.replay", ["webhook": "crm", "delivery_ids": []], -32602, "params.delivery_ids"),
            ("webhook.replay", ["webhook": "crm", "delivery_ids": ["17"]], -32602, "params.delivery_ids[0]"),
            ("webhook.replay", ["webhook": "crm", "delivery_ids": ["wd-017"]], -32602, "params.delivery_ids[0]"),
            ("webhook.replay", ["webhook": "erp", "failed": true], 1003, "params.webhook"),
            ("webhook.test", ["webhook": "erp"], 1003, "params.webhook"),
            ("webhook.test", ["webhook": ""], -32602, "params.webhook"),
            ("webhook.deliveries", ["limit": 501], -32602, "params.limit"),
            ("webhook.deliveries", ["state": "lost"], -32602, "params.state"),
            ("policy.publish", ["name": "webhooks", "source": "webhooks: 1"], -32602, "params.source"),
            ("policy.rollback", ["name": "webhooks", "version": 9, "reason": "x"], 1003, "params.version"),
        ] as [(String, JSON, Int, String)]
    )
    func `bad input is refused with its place`(method: String, params: JSON, code: Int, path: String) async throws {
        try await publish(Self.file())
        let olga = try await connection("olga", [.operations])
        let error = await #expect(throws: RPCError.self) { try await olga.call(method, params) }
        #expect(error?.code == code && error?.path == path, "\(String(describing: error))")
    }

    @Test func `operations change, auditors look, and nobody else does either`() async throws {
        try await publish(Self.file())
        let changing: [(String, JSON)] = [
            ("webhook.test", ["webhook": "crm"]), ("webhook.replay", ["webhook": "crm", "failed": true]),
        ]
        let looking: [(String, JSON)] = [("webhook.list", [:]), ("webhook.deliveries", [:])]
        for role in Role.allCases {
            let caller = try await connection("x-\(role.rawValue)", [role], team: "service")
            for (method, params) in changing + looking {
                let mayLook = [.operations, .admin, .auditor].contains(role)
                let may = mayLook && (role != .auditor || looking.contains { $0.0 == method })
                let code: Int?
                do {
                    _ = try await caller.call(method, params)
                    code = nil
                } catch let error as RPCError { code = error.code }
                #expect(code == (may ? nil : 1002), "\(role) \(method)")
            }
        }
    }

    @Test func `a publication is versioned, compared and rolled back`() async throws {
        try await publish(Self.file())
        try await publish("webhooks: {}")
        let olga = try await connection("olga", [.operations])
        #expect(try await olga.call(WebhookList.self, .init()).webhooks.isEmpty)
        let listed = try await olga.call(PolicyList.self, .init()).policies.first { $0.name == "webhooks" }
        #expect(listed?.version == 2 && listed?.decisions == [])
        let changes = try await olga.call(PolicyCompare.self, .init(name: "webhooks", from: 1, to: 2)).changes
        #expect(!changes.isEmpty)
        _ = try await olga.call(PolicyRollback.self, .init(name: "webhooks", version: 1, reason: "too quiet"))
        #expect(try await olga.call(WebhookList.self, .init()).webhooks.map(\.webhook) == ["crm"])
        #expect(try await olga.call(PolicyGet.self, .init(name: "webhooks")).decisions == ["crm"])
    }
}
