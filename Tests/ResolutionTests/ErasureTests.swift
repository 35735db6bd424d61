import Access
import AuditTrail
import Customers
import Resolution
import Storage
import Synchronization
import Testing
import Vocabulary

/// What an erasure takes out of the ledger, and what it leaves.
@Suite struct ErasureTests {
    private let anna = Office.agent("anna")

    private func erase(
        _ office: Office,
        _ customer: String,
        conversations: [String] = [],
        now: Int64 = Office.start,
        redacted: (String) -> String = { $0 }
    ) throws -> LedgerErasure {
        try office.store.writeNow {
            try office.ledger.erase(
                customer: customer,
                conversations: conversations,
                by: "olga",
                now: now,
                redacted: redacted,
                in: $0
            )
        }
    }

    @Test(
        "a code of the policy stays, whatever else stood there is taken out",
        arguments: [
            ("late_delivery-2", "late_delivery-2"), ("Late", "erased"), ("a b", "erased"), ("é", "erased"),
            ("a.b", "erased"),
            (String(repeating: "a", count: 64), String(repeating: "a", count: 64)),
            (String(repeating: "a", count: 65), "erased"), ("0-9_az", "0-9_az"), ("jane", "erased"), ("a/b", "erased"),
            ("a:b", "erased"), ("a`b", "erased"), ("a{b", "erased"),
        ]
    )
    func codes(text: String, left: String) async throws {
        let office = try await Office(policy: Office.model("{outcome: \"approved\"}"))
        for (action, reason) in [(text, "late"), ("refund", text)] {
            var wish = try Office.refund("10.00", action: action)
            wish.reason = reason
            let id = try await office.ledger.request(wish, key: action + reason, for: anna, now: Office.start).id
            let erased = try erase(office, "c-1") { $0.replacing("jane", with: "…") }
            #expect(erased.erased == 1)
            let grant = try await office.ledger.grant(id, for: anna, now: Office.start)
            #expect(grant.action == (action == text ? left : "refund"))
            #expect(grant.reason == (reason == text ? left : "late"))
            #expect(grant.facts.request["action"] == .string(grant.action))
            #expect(grant.facts.request["reason"] == .string(grant.reason))
        }
        #expect(try office.store.readNow { try AuthorityLedger.verifyRows(in: $0) }.faults.isEmpty)
    }

    @Test func `what leads to the customer is gone, and what must be accounted for is there`() async throws {
        let office = try await Office(
            policy: Office.model("{outcome: \"approved\", reason: \"Jane gets it.\"}")
        )
        var wish = try Office.refund("10.00", order: "OH-1")
        wish.context = ["customer": ["name": "Jane"], "colour": "red"]
        let id = try await office.ledger.request(wish, key: "k", for: anna, now: Office.start).id
        _ = try await office.ledger.settle(id, result: .done, reference: "PAY-1", by: anna, now: Office.start)
        let knows = { (customer: String) in
            try office.store.readNow { try office.ledger.knows(customer: customer, in: $0) }
        }
        #expect(try knows("c-1") && !knows("c-2"))
        #expect(try office.store.readNow { try AuthorityLedger.customerIDs(in: $0) } == ["c-1"])
        let first = try erase(office, "c-1") { $0.replacing("Jane", with: "…") }
        #expect(first.erased == 1 && first.requests.map(\.id) == [id] && first.events.isEmpty)
        let grant = try await office.ledger.grant(id, for: anna, now: Office.start)
        #expect(grant.customerID == nil && grant.reference == nil && grant.settlement?.reference == nil)
        #expect(grant.settlement?.result == .done && grant.amount?.text == "10.00" && grant.status == .approved)
        #expect(grant.verdict.because == ["… gets it."] && grant.facts.customer == ["id": .null])
        #expect(grant.facts.context.isEmpty)
        #expect(try office.store.readNow { try AuthorityLedger.customerIDs(in: $0) } == [])
        // The hash still tells that there was somebody.
        #expect(try knows("c-1"))
        let exported = try office.store.readNow { try office.ledger.export(customer: "c-1", conversations: [], in: $0) }
        #expect(exported.array?.isEmpty == true)
        let second = try erase(office, "c-1")
        #expect(second.erased == 0 && second.requests.count == 1)
        // The key of the request is hashed, and still answers it.
        let again = try await office.ledger.request(wish, key: "other", for: anna, now: Office.start)
        #expect(again.id != id)
    }

    @Test(
        "what waits is cancelled, and expires where it is overdue",
        arguments: [(Office.day - 1, ResolutionStatus.cancelled), (Office.day, .expired)]
    )
    func waiting(after: Int64, status: ResolutionStatus) async throws {
        let office = try await Office(
            policy: Office.model(
                "{outcome: \"approval_required\", total: history.customer.total_30d, count: history.customer.count_30d}"
            )
        )
        let id = try await office.ledger.request(Office.refund("10.00"), key: "k", for: anna, now: Office.start).id
        let now = Office.start + after
        let erased = try erase(office, "c-1", now: now)
        #expect(erased.erased == 1 && erased.events.map(\.grant.id) == [id])
        #expect(erased.events.map(\.grant.status) == [status])
        let grant = try await office.ledger.grant(id, for: anna, now: now)
        #expect(grant.status == status && grant.decidedBy == (status == .cancelled ? "olga" : nil))
        #expect(grant.decidedAt == (status == .cancelled ? now : Office.start + Office.day))
        let history = try await office.ledger.evaluate(Office.refund("1.00"), for: anna, now: now).facts.history
        #expect(history["customer"]?["total_30d"] == .number(try #require(JSONNumber(text: "0.00"))))
        #expect(history["customer"]?["count_30d"] == .number(JSONNumber(0)))
        #expect(try await office.ledger.events(of: id).map(\.kind) == ["pending", status.rawValue])
    }

    @Test func `of the customer's conversations, requests that were made for nobody are erased as well`() async throws {
        let office = try await Office(policy: Office.model("{outcome: \"approved\"}"))
        office.conversations.known.withLock {
            $0["call-1"] = ConversationCustomer(CustomerFacts())
            $0["call-2"] = ConversationCustomer(Office.customer("c-2"))
        }
        for (number, conversation) in ["call-1", "call-2"].enumerated() {
            var wish = try Office.refund("10.00")
            (wish.customerID, wish.conversationID) = (nil, conversation)
            _ = try await office.ledger.request(wish, key: "\(number)", for: anna, now: Office.start)
        }
        let conversations = { (customer: String) in
            try office.store.readNow { try office.ledger.conversationIDs(ofCustomer: customer, in: $0) }
        }
        #expect(try conversations("c-2") == ["call-2"] && conversations("c-1") == [])
        let erased = try erase(office, "c-1", conversations: ["call-1", "call-2"])
        #expect(erased.erased == 1 && erased.requests.map(\.conversation) == ["call-1"])
        #expect(try erase(office, "c-2").erased == 1)
    }

    @Test func `nothing is dated back where no clock was ahead, and the log has no entry then`() async throws {
        let office = try await Office(policy: Office.model("{outcome: \"approved\"}"))
        _ = try await office.ledger.request(Office.refund("10.00"), key: "k", for: anna, now: Office.start)
        let redate = { (moment: Int64) in
            try office.store.writeNow {
                try AuthorityLedger.redate(to: moment, lifetime: Office.day, by: "olga", in: $0)
            }
        }
        let repairs = {
            try office.store.readNow { try AuditLog.entries(AuditFilter(limit: 100), in: $0) }
                .filter { $0.event.action == "clock.repair" }.count
        }
        #expect(try redate(Office.start) == 0 && repairs() == 0)
        #expect(try redate(Office.start - 1) == 1 && repairs() == 1)
    }

    @Test(
        "the past of a reference is brought along for as long as the longest window, and a day",
        arguments: [(366 * Office.day, "1"), (366 * Office.day + 1, "0")]
    )
    func respelling(age: Int64, count: String) async throws {
        let policy = Office.model("{outcome: \"approved\", count: history.reference.count_365d}")
        let office = try await Office(policy: policy, settings: AuthoritySettings(form: CanonicalForm(.distinct)))
        _ = try await office.ledger.request(
            Office.refund("10.00", "K-1", order: "OH-1"),
            key: "k",
            for: anna,
            now: Office.start
        )
        let ledger = try AuthorityLedger(store: office.store, policies: office.policies)
        try office.store.writeNow { try ledger.respell(now: Office.start + age, in: $0) }
        let wish = try Office.refund("1.00", "K-1", order: "oh-1")
        let facts = try await ledger.evaluate(wish, for: anna, now: Office.start + 1).facts
        #expect("\(facts.history["reference"]?["count_365d"] ?? .null)" == count)
    }
}
