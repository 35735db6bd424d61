import Access
import AuditTrail
import Customers
import Resolution
import Storage
import Testing
import Vocabulary

@Suite struct SpellingTests {
    private let anna = Office.agent("anna")
    private static let spellings = [
        "K-1", "k-1", "K-1 ", "K\u{2011}1", "K\u{2212}1", "\u{FF2B}-1", "K\u{200B}-1", " k\u{2013}1",
    ]

    @Test func `however a customer's id is spelled, one window is counted`() async throws {
        let office = try await Office()
        var granted: Int64 = 0
        for number in 0..<40 {
            let spelling = Self.spellings[number % Self.spellings.count]
            let wish = try Office.refund("10.00", spelling, order: "OH-\(number)")
            let grant = try await office.ledger.request(wish, key: "k\(number)", for: anna, now: Office.start)
            #expect(grant.customerID == spelling)
            if grant.status == .approved { granted += grant.amount?.minorUnits ?? 0 }
        }
        #expect(granted == 15_000)
        var query = GrantQuery()
        query.customerID = "k\u{2010}1"
        query.limit = 100
        #expect(try await office.ledger.list(query, for: anna, now: Office.start).grants.count == 40)
        let erased = try office.store.writeNow { transaction in
            try office.ledger.erase(
                customer: "\u{FF4B}-1",
                conversations: [],
                by: "olga",
                now: Office.start,
                redacted: { $0 },
                in: transaction
            )
        }
        #expect(erased.erased == 40)
    }

    @Test(
        "however an order is spelled, the second settlement on it is the second",
        arguments: [("order", "oh-1"), ("order", "OH\u{2011}1"), ("Order", " OH-1"), ("order", "OH-1\u{A0}")]
    )
    func orders(type: String, id: String) async throws {
        let office = try await Office()
        let wish = try Office.refund("5.00", "c-1", order: "OH-1")
        _ = try await office.ledger.request(wish, key: "a", for: anna, now: Office.start)
        var again = try Office.refund("5.00", "c-2")
        again.reference = GrantReference(type: type, id: id)
        let grant = try await office.ledger.request(again, key: "b", for: anna, now: Office.start)
        #expect(grant.status == .pending)
        #expect(grant.facts.history["reference"]?["count_90d"] == .number(JSONNumber(1)))
        #expect(grant.reference?.id == id)
    }

    @Test("leaving the order out opens nothing", arguments: ["refund", "credit", "replacement", "fee_waiver"])
    func noOrder(action: String) async throws {
        let office = try await Office()
        for tier in ["1", "3"] {
            let wish = try Office.refund("5.00", action: action)
            let grant = try await office.ledger.evaluate(wish, for: Office.agent("anna", tier: tier), now: Office.start)
            #expect(grant.verdict.outcome == .approvalRequired)
        }
    }

    @Test("a name of which nothing can be seen is refused", arguments: ["\u{200B}", " ", "\u{2800}"])
    func invisible(name: String) async throws {
        let office = try await Office()
        await #expect(
            performing: { try await office.ledger.evaluate(Office.refund("5.00", name), for: anna, now: Office.start) },
            throws: { ($0 as? ResolutionError)?.argument == "customer_id" }
        )
        await #expect(
            performing: {
                try await office.ledger.evaluate(Office.refund("5.00", order: name), for: anna, now: Office.start)
            },
            throws: { ($0 as? ResolutionError)?.argument == "reference.id" }
        )
    }

    @Test func `where capitals tell customers apart, dashes and spaces still do not`() async throws {
        let office = try await Office(settings: AuthoritySettings(form: CanonicalForm(.distinct)))
        let wish = try Office.refund("10.00", "K-1", order: "OH-1")
        _ = try await office.ledger.request(wish, key: "a", for: anna, now: Office.start)
        func total(_ customer: String) async throws -> JSON? {
            let wish = try Office.refund("1.00", customer, order: "OH-2")
            return try await office.ledger.evaluate(wish, for: anna, now: Office.start).facts.history["customer"]?[
                "total_30d"
            ]
        }
        #expect(try await total("K\u{2011}1 ") == .number(try #require(JSONNumber(text: "10.00"))))
        #expect(try await total("k-1") == .number(try #require(JSONNumber(text: "0.00"))))
    }

    @Test func `what was counted by another way to compare is found by the new one`() async throws {
        let office = try await Office(settings: AuthoritySettings(form: CanonicalForm(.distinct)))
        for (number, customer) in ["K-1", "k-1", "K-2"].enumerated() {
            let wish = try Office.refund("10.00", customer, order: number == 0 ? "OH-1" : "oh-1")
            _ = try await office.ledger.request(wish, key: "k\(number)", for: anna, now: Office.start)
        }
        let ledger = try AuthorityLedger(store: office.store, policies: office.policies)
        try office.store.writeNow { try ledger.respell(now: Office.start, in: $0) }
        let wish = try Office.refund("1.00", "k\u{2011}1", order: "Oh-1")
        let history = try await ledger.evaluate(wish, for: anna, now: Office.start).facts.history
        #expect(history["customer"]?["total_30d"] == .number(try #require(JSONNumber(text: "20.00"))))
        #expect(history["reference"]?["count_90d"] == .number(JSONNumber(3)))
        var query = GrantQuery()
        query.customerID = "K-1"
        #expect(try await ledger.list(query, for: anna, now: Office.start).grants.count == 2)
        // An approver is asked without the request itself, whichever way it was counted.
        let sue = Office.supervisor("sue", tier: "3")
        let big = try Office.refund("100.00", "K-1", order: "OH-9")
        let pending = try await ledger.request(big, key: "big", for: anna, now: Office.start)
        #expect(try await ledger.approve(pending.id, by: sue, now: Office.start).status == .approved)
    }
}
