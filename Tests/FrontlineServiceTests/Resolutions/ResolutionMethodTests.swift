import Access
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

@Suite struct ResolutionMethodTests {
    private static func fails(_ code: Int, path: String? = nil) -> (any Error) -> Bool {
        { ($0 as? RPCError)?.code == code && (path == nil || ($0 as? RPCError)?.path == path) }
    }

    static let agentAttributes: [String: AttributeValue] = [
        "tier": .one("1"), "team": .one("delivery"), "site": .one("galway"),
    ]

    /// A desk with a policy that has one limit per tier.
    static func desk() async throws -> Desk {
        let desk = try Desk()
        try await publish(desk)
        return desk
    }

    private static func publish(_ desk: Desk) async throws {
        let admin = try await desk.connection("root", [.admin])
        _ = try await admin.call(PolicyPublish.self, .init(name: "resolution", source: policy(limit: 50)))
    }

    /// A policy in which the amount per customer in 30 days increases with the tier.
    private static func policy(limit: Int) -> String {
        let expression = """
            if request.amount = null then {outcome: "approval_required", approver_tier: "2", reason: "no amount"}
            else if history.customer.total_30d + request.amount &lt;= number(agent.tier) * \(limit)
            then {outcome: "approved", limit: number(agent.tier) * \(limit), reason: "within " + agent.tier}
            else {outcome: "approval_required", approver_tier: string(ceiling((request.amount + history.customer.total_30d) / \(limit))), reason: "above"}
            """
        let inputs = ["request", "agent", "history"]
        let declared = inputs.map { "<inputData id=\"\($0)\" name=\"\($0)\"><variable name=\"\($0)\"/></inputData>" }
        let required = inputs.map {
            "<informationRequirement><requiredInput href=\"#\($0)\"/></informationRequirement>"
        }
        return """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
            \(declared.joined())<decision id="d" name="resolution"><variable name="resolution"/>\(required.joined())
            <literalExpression><text>\(expression)</text></literalExpression></decision></definitions>
            """
    }

    private static func params(_ amount: JSON, key: String? = nil, customer: String = "c-1") -> JSON {
        var object: JSONObject = [
            "action": "refund", "reason": "late", "customer_id": .string(customer),
            "amount": ["amount": amount, "currency": "EUR"], "reference": ["type": "order", "id": "OH-26-104233"],
        ]
        object["idempotency_key"] = key.map(JSON.string)
        return .object(object)
    }

    @Test func `an evaluation returns outcome, limit, reasons and history, and changes nothing`() async throws {
        let desk = try await Self.desk()
        let anna = try await desk.connection("anna", [.agent], Self.agentAttributes)
        for _ in 0..<2 {
            let answer = try await anna.call("resolution.evaluate", Self.params("49.99"))
            #expect(answer["outcome"] == "approved")
            #expect(answer["limit"] == ["amount": "50.00", "currency": "EUR"])
            #expect(answer["because"]?[0] == "within 1")
            #expect(answer["policy"]?["version"]?.int == 1)
            #expect(answer["history"]?["customer"]?["total_30d"] == .number(try #require(JSONNumber(text: "0.00"))))
        }
    }

    @Test func `a JSON number is read as an amount by its text`() async throws {
        let desk = try await Self.desk()
        let anna = try await desk.connection("anna", [.agent], Self.agentAttributes)
        let number = try #require(JSONNumber(text: "49.99"))
        let answer = try await anna.call("resolution.request", Self.params(.number(number), key: "k"))
        #expect(answer["status"] == "approved")
        #expect(answer["amount"] == ["amount": "49.99", "currency": "EUR"])
        for bad in ["1e400", "49.999", "-1", "0"] {
            let number = try #require(JSONNumber(text: bad))
            await #expect(
                performing: { _ = try await anna.call("resolution.evaluate", Self.params(.number(number))) },
                throws: Self.fails(-32602, path: "params.amount.amount")
            )
        }
    }

    @Test func `a request above the limit is pending, found by its approver, and decided once`() async throws {
        let desk = try await Self.desk()
        let anna = try await desk.connection("anna", [.agent], Self.agentAttributes)
        let lead: [String: AttributeValue] = ["tier": .one("2"), "team": .one("delivery")]
        let sue = try await desk.connection("sue", [.supervisor], lead)
        let pending = try await anna.call("resolution.request", Self.params("80", key: "k"))
        #expect(pending["status"] == "pending")
        let id = try #require(pending["resolution_id"])
        await #expect(
            performing: { _ = try await anna.call("resolution.approve", ["resolution_id": id]) },
            throws: Self.fails(1002)
        )
        let awaiting = try await sue.call("resolution.list", ["awaiting": "me"])
        #expect(awaiting["resolutions"]?.array?.count == 1)
        let approved = try await sue.call("resolution.approve", ["resolution_id": id, "note": "fine"])
        #expect(approved["status"] == "approved")
        #expect(approved["decided_by"] == "sue")
        await #expect(
            performing: { _ = try await sue.call("resolution.reject", ["resolution_id": id, "note": "no"]) },
            throws: Self.fails(1004)
        )
        let record = try await anna.call("resolution.get", ["resolution_id": id])
        #expect(record["events"]?.array?.compactMap { $0["event"]?.string } == ["pending", "approved"])
        #expect(record["inputs"]?["agent"]?["tier"] == "1")
    }

    @Test func `a draft is simulated on past decisions, and the result says what changes and why`() async throws {
        let desk = try await Self.desk()
        let anna = try await desk.connection("anna", [.agent], Self.agentAttributes)
        for (number, amount) in ["5", "20", "30", "200"].enumerated() {
            let customer = "c-\(number)"
            _ = try await anna.call("resolution.request", Self.params(.string(amount), key: amount, customer: customer))
        }
        let olga = try await desk.connection("olga", [.operations])
        let answer = try await olga.call(
            PolicySimulate.self,
            .init(name: "resolution", source: Self.policy(limit: 25))
        )
        #expect(answer.cases == 4)
        #expect(answer.fromTo == ["approved > approval_required": 1])
        #expect(answer.amountDelta == [.init(amount: .init("-30.00"), currency: "EUR")])
        #expect(answer.examples.first?.becauseFrom.first == "within 1")
        #expect(answer.examples.first?.becauseTo.first == "above")
        let versions = try await olga.call(PolicyVersions.self, .init(name: "resolution"))
        #expect(versions.versions.count == 1)
        let other = try await olga.call(PolicySimulate.self, .init(name: "other", source: Self.policy(limit: 25)))
        #expect(other.cases == 0 && other.note?.contains("No cases") == true)
        await #expect(
            performing: { _ = try await olga.call(PolicySimulate.self, .init(name: "resolution", source: "<a/>")) },
            throws: Self.fails(-32602)
        )
    }

    @Test func `a pending request alerts its approvers, and its decision reaches the conversation`() async throws {
        let desk = try await Self.desk()
        let anna = try await desk.connection("anna", [.agent], Self.agentAttributes)
        let lead: [String: AttributeValue] = ["tier": .one("2"), "team": .one("delivery")]
        let sue = try await desk.connection("sue", [.supervisor], lead)
        _ = try await anna.call(
            "conversation.open",
            ["conversation_id": "call-1", "channel": "voice", "customer": ["id": "c-7"]]
        )
        _ = try await anna.call("conversation.subscribe", ["conversation_id": "call-1"])
        let wish: JSON = [
            "idempotency_key": "k", "action": "refund", "reason": "late", "conversation_id": "call-1",
            "amount": ["amount": "80", "currency": "EUR"],
        ]
        let grant = try await anna.call("resolution.request", wish)
        #expect(grant["customer_id"] == "c-7")
        let alerts = try await sue.call("alerts.list", ["status": "open"])["alerts"]?.array ?? []
        #expect(alerts.first?["kind"] == "approval")
        #expect(alerts.first?["subject"]?["id"] == grant["resolution_id"])
        _ = try await sue.call("resolution.approve", ["resolution_id": grant["resolution_id"] ?? .null])
        #expect(try await sue.call("alerts.list", ["status": "open"])["alerts"]?.array?.isEmpty == true)
        try await desk.server.pump()
        let events = anna.notifications().filter { $0["params"]?["event"] == "resolution" }
        #expect(events.compactMap { $0["params"]?["data"]?["status"]?.string } == ["pending", "approved"])
        await #expect(
            performing: {
                let ben = try await desk.connection("ben", [.agent], Self.agentAttributes)
                _ = try await ben.call("resolution.request", wish)
            },
            throws: Self.fails(1003)
        )
    }

    /// Calls every method of the group, so that every statement is seen.
    static func callEverything(_ desk: Desk) async throws {
        try await publish(desk)
        let anna = try await desk.connection("anna", [.agent], agentAttributes)
        let lead: [String: AttributeValue] = ["tier": .one("9"), "team": .many(["delivery", "returns"])]
        let sue = try await desk.connection("sue", [.supervisor], lead)
        _ = try await anna.call("resolution.evaluate", params("10"))
        var ids: [JSON] = []
        for amount in ["10", "60", "70", "80", "90"] {
            let grant = try await anna.call("resolution.request", params(.string(amount), key: amount))
            ids.append(grant["resolution_id"] ?? .null)
        }
        _ = try await anna.call("resolution.settle", ["resolution_id": ids[0], "result": "failed", "reference": "x"])
        _ = try await sue.call("resolution.approve", ["resolution_id": ids[1]])
        _ = try await sue.call("resolution.reject", ["resolution_id": ids[2], "note": "no"])
        _ = try await anna.call("resolution.cancel", ["resolution_id": ids[3], "reason": "no"])
        _ = try await anna.call("resolution.evaluate", params("10"))
        desk.advance(seconds: 90_000)
        _ = try await anna.call("resolution.get", ["resolution_id": ids[4]])
        let filters: JSON = [
            "status": "approved", "customer_id": "c-1", "agent": "anna", "since": "2020-01-01T00:00:00Z", "limit": 1,
        ]
        _ = try await sue.call("resolution.list", filters)
        _ = try await sue.call("resolution.list", ["awaiting": "me"])
        let root = try await desk.connection("root", [.admin])
        _ = try await root.call("resolution.list")
        _ = try await root.call(PolicySimulate.self, .init(name: "resolution", source: policy(limit: 10)))
    }
}
