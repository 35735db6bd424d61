import Access
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Storage
import Testing
import Vocabulary

/// Work over the methods: who does what, what becomes an alert, and what subscribers hear.
@Suite struct WorkMethodTests {
    private let desk: Desk

    init() throws { desk = try Desk() }

    private static let service: [String: AttributeValue] = ["team": .one("service")]

    private static func fails(_ code: Int, _ path: String? = nil) -> (any Error) -> Bool {
        { ($0 as? RPCError)?.code == code && (path == nil || ($0 as? RPCError)?.path == path) }
    }

    static let kinds = """
        ladders:
          promise: {every: 1h, steps: [owner, {to: lead, severity: critical}]}
        kinds:
          callback:
            title: {en: Call back, de: Zurückrufen}
            team: service
            clocks: {response: {within: 1h, remind: [30m]}, done: {within: 4h}}
            pause_while_waiting: true
            ladder: promise
            outcome: {result: {required: true, choices: [reached, missed]}}
        """

    private func publish() async throws {
        let operations = try await desk.connection("olga", [.operations])
        _ = try await operations.call(PolicyPublish.self, .init(name: "work.kinds", source: Self.kinds))
    }

    private func elapse() async throws { try await desk.server.elapseWork() }

    @Test func `an item goes from its creation to its outcome`() async throws {
        try await publish()
        let anna = try await desk.connection("anna", [.agent], Self.service)
        try await desk.openContact("c-1", agent: "anna", customer: ["id": "k-1"])
        let params = WorkCreate.Params(
            kind: "callback",
            links: .init(conversationId: "c-1"),
            note: "mail a@example.org",
            idempotencyKey: "one"
        )
        let item = try await anna.call(WorkCreate.self, params)
        #expect(item.state == .open && item.team == "service" && item.title == "Call back" && item.revision == 1)
        #expect(item.links.customerId == "k-1" && item.subject == .init(type: .conversation, id: "c-1"))
        #expect(item.lateIn == 3_600 && !item.breached && item.due.response != nil && item.due.done != nil)
        #expect(try await anna.call(WorkCreate.self, params).workId == item.workId)
        let claimed = try await anna.call(WorkClaim.self, .init(workId: item.workId, expectedRevision: 1))
        #expect(claimed.item?.owner == "anna" && claimed.item?.state == .claimed)
        let waiting = try await anna.call(
            WorkComment.self,
            .init(workId: item.workId, text: "not at home", waiting: true)
        )
        #expect(waiting.state == .waiting && waiting.lateIn == nil)
        let done = try await anna.call(
            WorkComplete.self,
            .init(workId: item.workId, outcome: ["result": "reached"])
        )
        #expect(done.item?.state == .done && done.item?.outcome == ["result": "reached"])
        let file = try await anna.call(WorkGet.self, .init(workId: item.workId))
        #expect(file.history.map(\.event) == [.created, .claimed, .waiting, .completed])
        #expect(file.history.first?.text == "mail [email]" && file.because.first?.contains("no policy") == true)
        let list = try await anna.call(WorkList.self, .init(state: .done, owner: "me", conversationId: "c-1"))
        #expect(list.items.map(\.workId) == [item.workId] && list.nextCursor == nil)
    }

    @Test func `several items are answered one by one`() async throws {
        try await publish()
        let anna = try await desk.connection("anna", [.agent], Self.service)
        let first = try await anna.call(WorkCreate.self, .init(kind: "callback")).workId
        let second = try await anna.call(WorkCreate.self, .init(kind: "callback")).workId
        _ = try await anna.call(WorkCancel.self, .init(workId: second, reason: "double"))
        let answer = try await anna.call(WorkClaim.self, .init(workIds: [first, second, "wk-9"]))
        #expect(answer.results?.map { $0.item?.state } == [.claimed, nil, nil])
        #expect(answer.results?.map { $0.error?.code } == [nil, 1004, 1003])
    }

    @Test(
        arguments: [
            ("work.create", ["kind": "party"], -32602, "params.kind"),
            (
                "work.create", ["kind": "callback", "links": ["conversation_id": "c-9"]], 1003,
                "params.links.conversation_id"
            ),
            ("work.create", ["kind": "callback", "links": ["article_id": "x"]], 1003, "params.links.article_id"),
            ("work.create", ["kind": "callback", "links": ["script_id": "x"]], 1003, "params.links.script_id"),
            ("work.create", ["kind": "callback", "links": ["resolution_id": "x"]], 1003, "params.links.resolution_id"),
            ("work.create", ["kind": "callback", "due": ["done": "2020-01-01T00:00:00Z"]], -32602, "params.due.done"),
            ("work.create", ["kind": "callback", "title": "  "], -32602, "params.title"),
            ("work.claim", [:], -32602, "params.work_id"),
            ("work.claim", ["work_id": "wk-1", "work_ids": ["wk-1"]], -32602, "params.work_id"),
            ("work.claim", ["work_ids": []], -32602, "params.work_ids"),
            ("work.claim", ["work_ids": ["wk-1"], "expected_revision": 1], -32602, "params.expected_revision"),
            ("work.claim", ["work_id": "wk-9"], 1003, "params.work_id"),
            ("work.claim", ["work_id": "wk-1", "expected_revision": 7], 1004, "params.expected_revision"),
            ("work.transfer", ["work_id": "wk-1"], -32602, "params.team"),
            ("work.transfer", ["work_id": "wk-1", "team": "nobody"], -32602, "params.team"),
            ("work.complete", ["work_id": "wk-1"], -32602, "params.outcome.result"),
            ("work.comment", ["work_id": "wk-1"], -32602, "params.text"),
            (
                "work.comment", ["work_id": "wk-1", "text": "x", "until": "2030-01-01T00:00:00Z"], -32602,
                "params.until"
            ),
            ("work.list", ["limit": 501], -32602, "params.limit"),
            ("work.list", ["cursor": "x"], -32602, "params.cursor"),
            ("work.list", ["created_by": ""], -32602, "params.created_by"),
            ("work.list", ["due_before": "2030-01-01T00:00:00Z", "order": "created"], -32602, "params.order"),
            ("work.subscribe", ["kinds": []], -32602, "params.kinds"),
        ] as [(String, JSON, Int, String)]
    )
    func `bad input is refused with its place`(method: String, params: JSON, code: Int, path: String) async throws {
        try await publish()
        let anna = try await desk.connection("anna", [.agent], Self.service)
        _ = try await anna.call(WorkCreate.self, .init(kind: "callback"))
        await #expect(performing: { _ = try await anna.call(method, params) }, throws: Self.fails(code, path))
        let item = try await anna.call(WorkGet.self, .init(workId: "wk-1"))
        #expect(item.revision == 1 && item.state == .open)
    }

    @Test func `a breach becomes one alert, which ends with the work`() async throws {
        try await publish()
        let anna = try await desk.connection("anna", [.agent], Self.service)
        let lena = try await desk.connection("lena", [.supervisor], Self.service)
        let max = try await desk.connection("max", [.supervisor], ["team": .one("billing")])
        let item = try await anna.call(WorkCreate.self, .init(kind: "callback")).workId
        desk.advance(seconds: 3_600)
        for _ in 0..<3 { try await elapse() }
        let late = try await lena.call(AlertsList.self, .init(kinds: ["work"])).alerts
        #expect(late.count == 1 && late.first?.subject == .init(type: .work, id: item) && late.first?.count == 1)
        #expect(late.first?.reason == "Nobody has taken “Call back” in time (wk-1, service).")
        #expect(late.first?.severity == .critical)
        #expect(try await max.call(AlertsList.self, .init(kinds: ["work"])).alerts.isEmpty)
        _ = try await anna.call(WorkClaim.self, .init(workId: item))
        #expect(try await lena.call(AlertsList.self, .init(status: .resolved, kinds: ["work"])).alerts.count == 1)
        desk.advance(seconds: 4 * 3_600)
        try await elapse()
        let again = try await lena.call(AlertsList.self, .init(status: .open, kinds: ["work"])).alerts
        #expect(again.count == 1 && again.first?.reason.contains("should be done by now") == true)
        _ = try await anna.call(WorkComplete.self, .init(workId: item, outcome: ["result": "missed"]))
        #expect(try await lena.call(AlertsList.self, .init(status: .open, kinds: ["work"])).alerts.isEmpty)
        #expect(try await anna.call(WorkGet.self, .init(workId: item)).breaches == [.response, .done])
    }

    @Test func `subscribers hear of their work in order, from any cursor`() async throws {
        try await publish()
        let anna = try await desk.connection("anna", [.agent], Self.service)
        let ben = try await desk.connection("ben", [.agent], Self.service)
        let carl = try await desk.connection("carl", [.agent], ["team": .one("billing"), "locale": .one("de")])
        for connection in [anna, ben, carl] { _ = try await connection.call(WorkSubscribe.self, .init(after: "0")) }
        let item = try await anna.call(WorkCreate.self, .init(kind: "callback")).workId
        _ = try await anna.call(WorkTransfer.self, .init(workId: item, team: "billing"))
        _ = try await carl.call(WorkClaim.self, .init(workId: item))
        try await desk.server.pump()
        let heard = { (connection: InProcessServer.Connection) in
            connection.notifications().map { [$0["params"]?["event"], $0["params"]?["item"]?["title"]] }
        }
        #expect(heard(anna) == [["created", "Call back"], ["transferred", "Call back"], ["claimed", "Call back"]])
        #expect(heard(ben) == [["created", "Call back"], ["transferred", "Call back"]])
        #expect(heard(carl) == [["transferred", "Zurückrufen"], ["claimed", "Zurückrufen"]])
        let late = try await desk.connection("carl", [.agent], ["team": .one("billing")])
        let subscription = try await late.call(WorkSubscribe.self, .init(after: "2"))
        try await desk.server.pump()
        #expect(late.notifications().map { $0["params"]?["cursor"] } == ["3"])
        _ = try await late.call(WorkUnsubscribe.self, .init(subscriptionId: subscription.subscriptionId))
    }

    @Test func `an alert about late work is in the language of its reader`() async throws {
        try await publish()
        let anna = try await desk.connection("anna", [.agent], Self.service)
        let lea = try await desk.connection("lea", [.supervisor], ["team": .one("service"), "locale": .one("de-AT")])
        let titled = try await anna.call(WorkCreate.self, .init(kind: "callback", title: "Ring")).workId
        let untitled = try await anna.call(WorkCreate.self, .init(kind: "callback")).workId
        desk.advance(seconds: 3_600)
        try await elapse()
        let reasons = try await lea.call(AlertsList.self, .init(kinds: ["work"])).alerts.map(\.reason)
        #expect(
            Set(reasons) == [
                "„Ring“ hat niemand rechtzeitig übernommen (\(titled), service).",
                "„Zurückrufen“ hat niemand rechtzeitig übernommen (\(untitled), service).",
            ]
        )
    }

    @Test func `whoever created an item follows it to another team`() async throws {
        try await publish()
        let anna = try await desk.connection("anna", [.agent], Self.service)
        let ben = try await desk.connection("ben", [.agent], Self.service)
        let carl = try await desk.connection("carl", [.agent], ["team": .one("billing")])
        for connection in [anna, ben] { _ = try await connection.call(WorkSubscribe.self, .init(after: "0")) }
        let item = try await anna.call(WorkCreate.self, .init(kind: "callback", team: "billing")).workId
        _ = try await anna.call(WorkComment.self, .init(workId: item, text: "soon, please"))
        _ = try await carl.call(WorkClaim.self, .init(workId: item))
        try await desk.server.pump()
        #expect(anna.notifications().map { $0["params"]?["event"] } == ["created", "commented", "claimed"])
        #expect(ben.notifications().isEmpty)
        #expect(try await anna.call(WorkGet.self, .init(workId: item)).owner == "carl")
        let mine = WorkList.Params(state: .claimed, createdBy: "me")
        #expect(try await anna.call(WorkList.self, mine).items.map(\.workId) == [item])
        #expect(try await ben.call(WorkList.self, .init(createdBy: "anna")).items.isEmpty)
        await #expect(
            performing: { _ = try await anna.call(WorkComplete.self, .init(workId: item)) },
            throws: Self.fails(1002, "params.work_id")
        )
        await #expect(
            performing: { _ = try await anna.call(WorkCancel.self, .init(workId: item, reason: "x")) },
            throws: Self.fails(1004)
        )
        _ = try await carl.call(WorkRelease.self, .init(workId: item))
        #expect(try await anna.call(WorkCancel.self, .init(workId: item, reason: "x")).item?.state == .cancelled)
    }

    @Test func `a cursor from before the retention period goes on with what is left`() async throws {
        try await publish()
        let anna = try await desk.connection("anna", [.agent], Self.service)
        let old = try await anna.call(WorkCreate.self, .init(kind: "callback")).workId
        _ = try await anna.call(WorkCancel.self, .init(workId: old, reason: "x"))
        desk.advance(seconds: 2 * 86_400)
        _ = try await anna.call(WorkCreate.self, .init(kind: "callback"))
        #expect(try await desk.server.pruneWork(olderThanDays: 1) == 1)
        let late = try await desk.connection("ben", [.agent], Self.service)
        let subscription = try await late.call(WorkSubscribe.self, .init(after: "1"))
        #expect(subscription.cursor.description == "1")
        try await desk.server.pump()
        #expect(late.notifications().map { $0["params"]?["cursor"] } == ["3"])
        #expect(try await anna.call(WorkGet.self, .init(workId: old)).history.count == 2)
    }

    @Test func `each role does what it may`() async throws {
        try await publish()
        let crm = try await desk.connection("crm", [.integration])
        let rita = try await desk.connection("rita", [.auditor])
        let olga = try await desk.connection("olga", [.operations])
        let other = try await desk.connection("carl", [.agent], ["team": .one("billing")])
        let item = try await crm.call(WorkCreate.self, .init(kind: "callback")).workId
        await #expect(
            performing: { _ = try await crm.call(WorkGet.self, .init(workId: item)) },
            throws: Self.fails(1002)
        )
        #expect(try await rita.call(WorkGet.self, .init(workId: item)).state == .open)
        await #expect(
            performing: { _ = try await rita.call(WorkClaim.self, .init(workId: item)) },
            throws: Self.fails(1002)
        )
        await #expect(
            performing: { _ = try await other.call(WorkClaim.self, .init(workId: item)) },
            throws: Self.fails(1003)
        )
        #expect(try await olga.call(WorkClaim.self, .init(workId: item)).item?.owner == "olga")
    }

    @Test func `kinds are published, compared and rolled back like other rules`() async throws {
        try await publish()
        let olga = try await desk.connection("olga", [.operations])
        let changed = Self.kinds.replacing("4h", with: "6h")
        _ = try await olga.call(PolicyPublish.self, .init(name: "work.kinds", source: changed))
        let listed = try await olga.call(PolicyList.self, .init()).policies.first { $0.name == "work.kinds" }
        #expect(listed?.version == 2 && listed?.decisions == ["callback"])
        let compared = try await olga.call(PolicyCompare.self, .init(name: "work.kinds", from: 1, to: 2))
        #expect(compared.changes.count == 1)
        _ = try await olga.call(PolicyRollback.self, .init(name: "work.kinds", version: 1, reason: "too slow"))
        #expect(try await olga.call(PolicyGet.self, .init(name: "work.kinds")).source == Self.kinds)
        await #expect(
            performing: { _ = try await olga.call(PolicyPublish.self, .init(name: "work.kinds", source: "kinds: 1")) },
            throws: Self.fails(-32602, "params.source")
        )
        await #expect(
            performing: { _ = try await olga.call(PolicyGet.self, .init(name: "work.kinds", version: 9)) },
            throws: Self.fails(1003, "params.version")
        )
        _ = try await desk.connection("root", [.admin]).call("audit.verify")
    }

    @Test func `a customer's work is exported and erased`() async throws {
        try await publish()
        let root = try await desk.connection("root", [.admin])
        let lena = try await desk.connection("lena", [.supervisor], Self.service)
        let item = try await root.call(
            WorkCreate.self,
            .init(kind: "callback", title: "Call Mrs Smith", links: .init(customerId: "k-1"))
        ).workId
        desk.advance(seconds: 3_600)
        try await elapse()
        #expect(try await lena.call(AlertsList.self, .init(status: .open, kinds: ["work"])).alerts.count == 1)
        let exported = try await root.call(CustomerExport.self, .init(customerId: "k-1"))
        #expect(try JSONEncoding.encode(exported)["data"]?["work"]?.array?.first?["title"] == "Call Mrs Smith")
        _ = try await root.call(CustomerErase.self, .init(customerId: "k-1", reason: "asked for"))
        let left = try await root.call(WorkGet.self, .init(workId: item))
        #expect(left.title == "Call back" && left.links.customerId == nil && left.state == .cancelled)
        let alerts = try await lena.call(AlertsList.self, .init(kinds: ["work"])).alerts
        #expect(alerts.allSatisfy { $0.status != .open && !$0.reason.contains("Smith") })
    }

    /// Calls every method at least once, for the check of the SQL dialect.
    static func callEverything(_ desk: Desk) async throws {
        let root = try await desk.connection("root", [.admin])
        let agent = try await desk.connection("walt", [.agent], service)
        _ = try await root.call(PolicyPublish.self, .init(name: "work.kinds", source: kinds))
        let links = WorkMessage.Links(customerId: "k-work")
        let item = try await root.call(WorkCreate.self, .init(kind: "callback", links: links, idempotencyKey: "w"))
            .workId
        for connection in [root, agent] {
            for order in WorkOrder.allCases {
                var list = WorkList.Params(
                    state: .open,
                    teams: ["service"],
                    kinds: ["callback"],
                    breached: false,
                    order: order
                )
                _ = try await connection.call(WorkList.self, list)
                list.owner = "me"
                list.cursor = "1.1"
                _ = try await connection.call(WorkList.self, list)
                list.createdBy = "root"
                _ = try await connection.call(WorkList.self, list)
                list.owner = nil
                _ = try await connection.call(WorkList.self, list)
                list.customerId = "k-work"
                _ = try await connection.call(WorkList.self, list)
            }
        }
        _ = try await agent.call(WorkSubscribe.self, .init(after: "0"))
        _ = try await agent.call(WorkClaim.self, .init(workId: item))
        _ = try await agent.call(WorkRelease.self, .init(workId: item))
        _ = try await root.call(WorkGet.self, .init(workId: item))
        desk.advance(seconds: 3_600)
        try await desk.server.elapseWork()
        try await desk.server.pump()
        _ = try await root.call(CustomerErase.self, .init(customerId: "k-work", reason: "asked for"))
        desk.advance(seconds: 1)
        _ = try await desk.server.pruneWork(olderThanDays: 0)
    }
}
