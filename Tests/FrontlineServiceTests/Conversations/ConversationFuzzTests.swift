import Access
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

/// For any input, methods of conversations answer or report an error, but never an internal one.
@Suite struct ConversationFuzzTests {
    private static let members = [
        "conversation.open": [
            "conversation_id", "channel", "agent", "customer", "locale", "external_ids", "continues", "script_id",
            "tags",
            "on_behalf_of",
        ],
        "conversation.update": ["conversation_id", "customer", "locale", "tags", "external_ids", "on_behalf_of"],
        "conversation.transfer": ["conversation_id", "to", "reason", "note", "on_behalf_of"],
        "conversation.close": ["conversation_id", "disposition", "on_behalf_of"],
        "conversation.list": [
            "agent", "team", "customer_id", "external_id", "status", "since", "limit", "cursor", "on_behalf_of",
        ],
        "conversation.get": ["conversation_id", "limit", "cursor", "on_behalf_of"],
        "conversation.subscribe": ["conversation_id", "mine", "after"],
        "customer.export": ["customer_id"],
        "customer.erase": ["customer_id", "reason", "dry_run"],
        "report.summary": ["from", "to", "group_by"],
    ]

    private static func value(_ depth: Int, using generator: inout some RandomNumberGenerator) -> JSON {
        let texts = [
            "", "c1", "c2", "\u{0}", "a\nb", "k1", "2026-11-21T08:00:00Z", "agent", "open", "-1", "9223372036854775807",
            String(repeating: "x", count: 300), "mia@example.org", "😡", "\u{202e}абв", "'; DROP TABLE turns; --",
        ]
        let numbers = ["0", "1", "-5", "1e400", "4111111111111111", "0.5", "99999999999999999999"]
        switch Int.random(in: 0..<(depth > 2 ? 8 : 10), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return JSONNumber(text: numbers.randomElement(using: &generator) ?? "0").map(JSON.number) ?? .null
        case 3...7: return .string(texts.randomElement(using: &generator) ?? "")
        case 8:
            return .array(
                (0..<Int.random(in: 0...3, using: &generator)).map { _ in value(depth + 1, using: &generator) }
            )
        default:
            var object = JSONObject()
            for key in ["id", "name", "agent", "team", "code", "note", "\u{0}"].shuffled(using: &generator).prefix(3) {
                object[key] = value(depth + 1, using: &generator)
            }
            return .object(object)
        }
    }

    @Test func `no call fails with an internal error`() async throws {
        let desk = try Desk()
        let admin = try await desk.connection("root", [.admin])
        var generator = Sequence64(seed: 5)
        for round in 0..<1_500 {
            let method = Self.members.keys.sorted().randomElement(using: &generator) ?? ""
            var params = JSONObject()
            for member in Self.members[method] ?? [] where Int.random(in: 0..<3, using: &generator) > 0 {
                params[member] = Self.value(0, using: &generator)
            }
            do {
                _ = try await admin.call(method, .object(params))
            } catch let error as RPCError {
                #expect([-32602, 1002, 1003, 1004, 1006].contains(error.code), "\(round) \(method) \(params) \(error)")
            }
        }
        _ = try await admin.call("audit.verify")
    }
}

/// A small generator whose sequence depends only on its seed.
private struct Sequence64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }
}
