import Access
import Resolution
import Storage
import Testing
import Vocabulary

/// What a request may hold, at the limits.
@Suite struct RequestLimitTests {
    private static let plain = Office.model("{outcome: \"approved\"}")
    private let anna = Office.agent("anna")

    /// The argument that a request is refused for; nil when it is decided.
    private func refusedArgument(
        _ wish: GrantRequest,
        key: String = "k",
        in other: Office? = nil
    ) async throws -> String? {
        let office = if let other { other } else { try await Office(policy: Self.plain) }
        do {
            _ = try await office.ledger.request(wish, key: key, for: anna, now: Office.start)
            return nil
        } catch let error as ResolutionError {
            #expect(error.code == .invalid)
            return error.argument
        }
    }

    private static func wish(
        action: String = "refund",
        reason: String = "late",
        customer: String? = "c-1",
        type: String = "order",
        order: String = "OH-1"
    ) throws -> GrantRequest {
        GrantRequest(
            action: action,
            amount: try Office.money("5.00"),
            reason: reason,
            customerID: customer,
            reference: GrantReference(type: type, id: order)
        )
    }

    @Test(
        "texts have 1 to 200 bytes without control characters",
        arguments: [
            (String(repeating: "a", count: 200), true), (String(repeating: "a", count: 201), false), ("a", true),
            ("", false), (String(repeating: "é", count: 100), true), (String(repeating: "é", count: 101), false),
            ("a b", true), ("a\u{1F}b", false), ("a\u{7F}b", false), ("a\u{80}b", true), ("a\tb", false),
        ]
    )
    func texts(text: String, isFine: Bool) async throws {
        let office = try await Office(policy: Self.plain)
        for (argument, wish) in [
            ("action", try Self.wish(action: text)), ("reason", try Self.wish(reason: text)),
            ("customer_id", try Self.wish(customer: text)), ("reference.type", try Self.wish(type: text)),
            ("reference.id", try Self.wish(order: text)),
        ] {
            #expect(try await refusedArgument(wish, key: argument, in: office) == (isFine ? nil : argument))
        }
    }

    @Test(
        "an idempotency key has 1 to 200 bytes",
        arguments: [
            ("", false), ("k", true), (String(repeating: "k", count: 200), true),
            (String(repeating: "k", count: 201), false),
        ]
    )
    func keys(key: String, isFine: Bool) async throws {
        #expect(try await refusedArgument(Self.wish(), key: key) == (isFine ? nil : "idempotency_key"))
    }

    @Test("an amount is above zero", arguments: [(0, "amount.amount"), (1, nil)] as [(Int64, String?)])
    func amounts(cents: Int64, argument: String?) async throws {
        var wish = try Self.wish()
        wish.amount = Money(minorUnits: cents, try Office.money("1.00").currency)
        #expect(try await refusedArgument(wish) == argument)
    }

    @Test("a context has at most 16 KiB", arguments: [(16_384, true), (16_385, false)])
    func contexts(bytes: Int, isFine: Bool) async throws {
        // {"a":"…"}
        var wish = try Self.wish()
        wish.context = ["a": .string(String(repeating: "x", count: bytes - 8))]
        #expect(JSON.object(wish.context).serialized().count == bytes)
        #expect(try await refusedArgument(wish) == (isFine ? nil : "context"))
    }

    @Test(
        "what a context says of the customer is an object, and what was stated of it too",
        arguments: [
            (7, "context.customer"), (nil, "context.customer"), (["stated": 7], "context.customer.stated"),
            (["stated": ["a": 1]], nil), (["segment": "new"], nil),
        ] as [(JSON, String?)]
    )
    func customers(customer: JSON, argument: String?) async throws {
        var wish = try Self.wish()
        wish.context = ["customer": customer]
        #expect(try await refusedArgument(wish) == argument)
    }

    @Test(
        "a note has something to read and at most 4000 bytes",
        arguments: [
            ("", false), (" \n\t", false), ("x", true), (String(repeating: "x", count: 4_000), true),
            (String(repeating: "x", count: 4_001), false), (String(repeating: "é", count: 2_001), false),
        ]
    )
    func notes(note: String, isFine: Bool) async throws {
        let office = try await Office(policy: Office.model("{outcome: \"approval_required\", approver_tier: 1}"))
        let sue = Office.supervisor("sue")
        let calls: [(String, @Sendable (String) async throws -> Grant)] = [
            ("note", { try await office.ledger.approve($0, note: note, by: sue, now: Office.start) }),
            ("note", { try await office.ledger.reject($0, note: note, by: sue, now: Office.start) }),
            ("reason", { try await office.ledger.cancel($0, reason: note, by: anna, now: Office.start) }),
        ]
        for (number, (argument, call)) in calls.enumerated() {
            let grant = try await office.ledger.request(Self.wish(), key: "\(number)", for: anna, now: Office.start)
            #expect(grant.status == .pending)
            do {
                let decided = try await call(grant.id)
                #expect(isFine && decided.note == note && decided.status != .pending)
            } catch let error as ResolutionError {
                #expect(!isFine && error.code == .invalid && error.argument == argument)
            }
        }
    }

    @Test func `a text is kept and answered without personal data`() async throws {
        let office = try await Office(policy: Self.plain)
        let wish = try Self.wish(reason: "card 4111 1111 1111 1111")
        let grant = try await office.ledger.request(wish, key: "k", for: anna, now: Office.start)
        #expect(grant.reason == "card [card]")
    }

    @Test func `what is hashed has 128 bits, and the store's secret 256`() async throws {
        let office = try await Office(policy: Self.plain)
        _ = try await office.ledger.request(Self.wish(), key: "k", for: anna, now: Office.start)
        let lengths = { (sql: String) in
            try office.store.readNow { try $0.rows(sql) { try $0.integer("length") } }
        }
        #expect(Set(try lengths("SELECT LENGTH(sum_key) AS length FROM resolution_sums")) == [32])
        #expect(try lengths("SELECT LENGTH(customer_hash) AS length FROM resolutions") == [32])
        #expect(try lengths("SELECT LENGTH(secret) AS length FROM resolution_secrets") == [64])
    }
}
