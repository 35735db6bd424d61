import Access
import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

/// Authority limits of agents over the wire, with the sample policy.
@Suite struct AuthorityMethodTests {
    private static let delivery: [String: AttributeValue] = ["tier": .one("1"), "team": .one("delivery")]

    /// A desk with the sample policy, an agent and a customer system.
    private static func desk() async throws -> (
        desk: Desk, anna: InProcessServer.Connection, crm: InProcessServer.Connection
    ) {
        let desk = try Desk()
        let file = Desk.repository.appendingPathComponent("rules/resolution.dmn")
        let source = try String(contentsOf: file, encoding: .utf8)
        let admin = try await desk.connection("root", [.admin])
        _ = try await admin.call(PolicyPublish.self, .init(name: "resolution", source: source))
        return (
            desk, try await desk.connection("anna", [.agent], delivery),
            try await desk.connection("crm", [.integration])
        )
    }

    private static func wish(_ amount: String, _ more: JSONObject = [:]) -> JSON {
        var object: JSONObject = [
            "action": "refund", "reason": "late_delivery", "amount": ["amount": .string(amount), "currency": "EUR"],
            "reference": ["type": "order", "id": "OH-1"],
        ]
        for member in more { object[member.key] = member.value }
        return .object(object)
    }

    @Test func `limits depend on facts from systems, whatever an agent states`() async throws {
        let (_, anna, crm) = try await Self.desk()
        let better: JSON = ["id": "c-1", "segment": "established"]
        let open: JSON = ["conversation_id": "call-1", "channel": "voice", "customer": better]
        let id = try #require(try await anna.call("conversation.open", open)["conversation_id"])
        let wish = Self.wish("20.00", ["conversation_id": id])
        #expect(try await anna.call("resolution.evaluate", wish)["outcome"] == "approval_required")
        let said = Self.wish("20.00", ["customer_id": "c-1", "context": ["customer": better]])
        #expect(try await anna.call("resolution.evaluate", said)["outcome"] == "approval_required")
        _ = try await crm.call("conversation.update", ["conversation_id": id, "customer": better])
        #expect(try await anna.call("resolution.evaluate", wish)["outcome"] == "approved")
        _ = try await anna.call("conversation.update", ["conversation_id": id, "customer": ["segment": "new"]])
        #expect(try await anna.call("resolution.evaluate", wish)["outcome"] == "approved")
        let shown = try await anna.call("conversation.get", ["conversation_id": id])["customer"]
        #expect(shown?["segment"] == "established" && shown?["stated"]?["segment"] == "new")
    }

    @Test func `the error for an unknown action names the known ones and the nearest`() async throws {
        let (_, anna, _) = try await Self.desk()
        let wish = Self.wish("5.00", ["action": "refnd", "customer_id": "c-1", "idempotency_key": "k"])
        await #expect(
            performing: { _ = try await anna.call("resolution.request", wish) },
            throws: { error in
                guard let error = error as? RPCError else { return false }
                return error.code == -32602 && error.path == "params.action"
                    && error.data?["expected"]
                        == "one of credit, fee_waiver, goodwill, late_return, refund, replacement; the nearest is refund"
            }
        )
    }

    @Test(
        "the sentence for the customer is in the customer's language and tells no tiers",
        arguments: [("en", "You get 9.90 EUR back for order OH-1."), ("de-AT", "Sie bekommen 9,90 € zurück")]
    )
    func say(locale: String, sentence: String) async throws {
        let (desk, anna, _) = try await Self.desk()
        let open: JSON = [
            "conversation_id": "c", "channel": "voice", "locale": .string(locale), "customer": ["id": "c-1"],
        ]
        let id = try #require(try await anna.call("conversation.open", open)["conversation_id"])
        let request = Self.wish("9.90", ["conversation_id": id, "idempotency_key": "a"])
        let preview = try await anna.call("resolution.evaluate", Self.wish("9.90", ["conversation_id": id]))
        let grant = try await anna.call("resolution.request", request)
        #expect(grant["say"]?.string?.contains(sentence) == true, "\(grant["say"] ?? .null)")
        let big = Self.wish(
            "40.00",
            ["conversation_id": id, "idempotency_key": "b", "reference": ["type": "order", "id": "OH-2"]]
        )
        let pending = try await anna.call("resolution.request", big)
        let lead: [String: AttributeValue] = ["tier": .one("2"), "team": .one("delivery")]
        let sue = try await desk.connection("sue", [.supervisor], lead)
        let approved = try await sue.call("resolution.approve", ["resolution_id": pending["resolution_id"] ?? .null])
        let read = try await anna.call("resolution.get", ["resolution_id": pending["resolution_id"] ?? .null])
        #expect(pending["outcome"] == "approval_required" && approved["outcome"] == "approved")
        #expect(approved["say"] == read["say"] && approved["say"] != pending["say"])
        for text in [preview, grant, pending, approved].compactMap({ $0["say"]?.string?.lowercased() }) {
            #expect(!text.contains("tier") && !text.contains("stufe") && !text.contains("limit"))
        }
    }

    @Test func `a customer's language from a system replaces the conversation's`() async throws {
        let (_, anna, _) = try await Self.desk()
        let wish = Self.wish("5.00", ["customer_id": "c-1", "context": ["customer": ["locale": "de"]]])
        #expect(try await anna.call("resolution.evaluate", wish)["say"]?.string?.hasPrefix("Das kann ich") == true)
    }

    @Test func `an approval alert reaches those whose tier can decide, and neither others nor the requester`()
        async throws
    {
        let (desk, anna, _) = try await Self.desk()
        let leads = try await [("shift", "2"), ("head", "3"), ("anna", "3")].asyncMap { subject, tier in
            try await desk.connection(subject, [.supervisor], ["tier": .one(tier), "team": .one("delivery")])
        }
        let wish = Self.wish("100.00", ["customer_id": "c-1", "idempotency_key": "k"])
        let id = try await anna.call("resolution.request", wish)["resolution_id"]
        func alerts(_ connection: InProcessServer.Connection) async throws -> [JSON] {
            try await connection.call("alerts.list")["alerts"]?.array?.filter { $0["subject"]?["id"] == id } ?? []
        }
        #expect(try await alerts(leads[1]).count == 1)
        for connection in [leads[0], leads[2], anna] { #expect(try await alerts(connection).isEmpty) }
        let alert = try await alerts(leads[1])[0]["alert_id"] ?? .null
        await #expect(
            performing: { _ = try await leads[0].call("alerts.get", ["alert_id": alert]) },
            throws: { ($0 as? RPCError)?.code == 1003 }
        )
        #expect(try await leads[1].call("alerts.get", ["alert_id": alert])["kind"] == "approval")
    }

    @Test func `if nobody has the tier, all supervisors of the team are alerted`() async throws {
        let (desk, anna, _) = try await Self.desk()
        let lead: [String: AttributeValue] = ["tier": .one("2"), "team": .one("delivery")]
        let sue = try await desk.connection("sue", [.supervisor], lead)
        _ = try await anna.call(
            "resolution.request",
            Self.wish("100.00", ["customer_id": "c", "idempotency_key": "k"])
        )
        #expect(try await sue.call("alerts.list")["alerts"]?.array?.count == 1)
        #expect(try await anna.call("alerts.list")["alerts"]?.array?.isEmpty == true)
    }

    @Test func `an integration can settle, but neither read nor request`() async throws {
        let (_, anna, crm) = try await Self.desk()
        let wish = Self.wish("5.00", ["customer_id": "c-1", "idempotency_key": "k"])
        let id = try await anna.call("resolution.request", wish)["resolution_id"] ?? .null
        let reported = try await anna.call("resolution.settle", ["resolution_id": id, "result": "failed"])
        #expect(reported["settlement"]?["confirmed"] == false)
        let settled = try await crm.call("resolution.settle", ["resolution_id": id, "result": "failed"])
        #expect(settled["settlement"]?["confirmed"] == true && settled["settlement"]?["confirmed_by"] == "crm")
        for (method, params) in [("resolution.get", ["resolution_id": id]), ("resolution.request", wish)]
            as [(String, JSON)]
        {
            await #expect(
                performing: { _ = try await crm.call(method, params) },
                throws: { ($0 as? RPCError)?.code == 1002 }
            )
        }
    }

    @Test func `customers are listed, exported and erased by every spelling of their id`() async throws {
        let (desk, anna, crm) = try await Self.desk()
        let open: JSON = ["conversation_id": "c", "channel": "voice", "customer": ["id": "K-1"]]
        let id = try #require(try await anna.call("conversation.open", open)["conversation_id"])
        _ = try await anna.call("alerts.raise", ["conversation_id": id, "note": "please"])
        _ = try await anna.call(
            "resolution.request",
            Self.wish("5.00", ["conversation_id": id, "idempotency_key": "k"])
        )
        let listed = try await crm.call("conversation.list", ["customer_id": "k\u{2011}1 "])["conversations"]?.array
        #expect(listed?.first?["customer_id"] == "K-1")
        let admin = try await desk.connection("root", [.admin])
        let counts = try await admin.call(
            "customer.erase",
            ["customer_id": "\u{FF4B}-1", "reason": "asked", "dry_run": true]
        )
        let erased = counts["erased"]
        for kind in ["conversations", "resolutions", "alerts"] { #expect(erased?[kind]?.int == 1, "\(kind)") }
    }
}

extension Sequence {
    /// An asynchronous `map`, in order.
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var results: [T] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
