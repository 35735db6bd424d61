import Access
import AuditTrail
import Resolution
import Storage
import Synchronization
import Testing
import Vocabulary

@Suite struct LedgerTests {
    private static func fails(_ code: ResolutionError.Code) -> (any Error) -> Bool {
        { ($0 as? ResolutionError)?.code == code }
    }

    private func request(
        _ office: Office,
        _ amount: String,
        key: String,
        by agent: Principal = Office.agent("anna"),
        customer: String = "c-1",
        now: Int64 = Office.start
    ) async throws -> Grant {
        try await office.ledger.request(
            Office.refund(amount, customer, order: "OH-\(customer)-\(key)"),
            key: key,
            for: agent,
            now: now
        )
    }

    @Test func `splitting an amount meets the window`() async throws {
        let office = try await Office()
        var approved: Int64 = 0
        for number in 0..<40 {
            let grant = try await request(office, "10.00", key: "k\(number)")
            if grant.status == .approved { approved += grant.amount?.minorUnits ?? 0 }
        }
        #expect(approved == 15_000)
    }

    @Test func `pending amounts count, and release the windows when they end`() async throws {
        let office = try await Office()
        let pending = try await request(office, "145.00", key: "big")
        #expect(pending.status == .pending)
        #expect(try await request(office, "10.00", key: "a").status == .pending)
        _ = try await office.ledger.cancel(pending.id, reason: "no", by: Office.agent("anna"), now: Office.start)
        #expect(try await request(office, "10.00", key: "b").status == .approved)
    }

    @Test func `a key answers its first request, refuses another, and belongs to its subject`() async throws {
        let office = try await Office()
        let first = try await request(office, "10.00", key: "k")
        #expect(try await request(office, "10.0", key: "k") == first)
        await #expect(performing: { _ = try await request(office, "9.00", key: "k") }, throws: Self.fails(.conflict))
        let other = try await request(office, "9.00", key: "k", by: Office.agent("ben"))
        #expect(other.id != first.id)
    }

    @Test func `a supervisor approves within their own authority, and no further`() async throws {
        let office = try await Office()
        let grant = try await request(office, "60.00", key: "k")
        #expect(grant.verdict.approverTier == 3)
        let small = try await request(office, "40.00", key: "s", customer: "c-2")
        await #expect(
            performing: {
                _ = try await office.ledger.approve(grant.id, by: Office.supervisor("sue"), now: Office.start)
            },
            throws: { ($0 as? ResolutionError)?.message.contains("tier 3") == true }
        )
        let sue = Office.supervisor("sue")
        let approved = try await office.ledger.approve(small.id, note: "fine", by: sue, now: Office.start)
        #expect(approved.status == .approved)
        #expect(approved.decidedBy == "sue")
        #expect(try await office.ledger.approve(small.id, by: sue, now: Office.start) == approved)
        await #expect(
            performing: {
                _ = try await office.ledger.approve(small.id, by: Office.supervisor("tom"), now: Office.start)
            },
            throws: Self.fails(.conflict)
        )
    }

    @Test(
        "nobody approves an own request, however the name is spelled",
        arguments: ["anna", "Anna", " ANNA ", "anna2"]
    )
    func fourEyes(subject: String) async throws {
        let office = try await Office()
        let attributes: [String: AttributeValue] = [
            "tier": .one("1"), "team": .one("delivery"), "person": .one("p-17"),
        ]
        let anna = Principal(subject: "anna", roles: [.agent], attributes: attributes)
        let grant = try await request(office, "40.00", key: "k", by: anna)
        let lead = Principal(
            subject: subject,
            roles: [.supervisor],
            attributes: attributes.merging(["tier": .one("3")]) { $1 }
        )
        await #expect(
            performing: { _ = try await office.ledger.approve(grant.id, by: lead, now: Office.start) },
            throws: Self.fails(.forbidden)
        )
        await #expect(
            performing: { _ = try await office.ledger.reject(grant.id, note: "no", by: lead, now: Office.start) },
            throws: Self.fails(.forbidden)
        )
    }

    @Test func `what is approved counts in the approver's own windows as well`() async throws {
        let office = try await Office()
        let sue = Office.supervisor("sue")
        var refused = 0
        for number in 0..<40 {
            let agent = Office.agent("agent\(number)")
            let grant = try await request(office, "50.00", key: "k", by: agent, customer: "c-\(number)")
            do {
                _ = try await office.ledger.approve(grant.id, by: sue, now: Office.start)
            } catch let error as ResolutionError where error.code == .forbidden {
                refused += 1
            }
        }
        #expect(refused == 40 - 24)
    }

    @Test func `other teams see nothing, auditors see all and change nothing`() async throws {
        let office = try await Office()
        let grant = try await request(office, "40.00", key: "k")
        let auditor = Principal(subject: "audrey", roles: [.auditor])
        #expect(try await office.ledger.grant(grant.id, for: auditor, now: Office.start) == grant)
        await #expect(
            performing: { _ = try await office.ledger.cancel(grant.id, reason: "x", by: auditor, now: Office.start) },
            throws: Self.fails(.forbidden)
        )
        let both = Principal(
            subject: "audrey",
            roles: [.auditor, .supervisor],
            attributes: ["team": .one("billing"), "tier": .one("3")]
        )
        await #expect(
            performing: { _ = try await office.ledger.approve(grant.id, by: both, now: Office.start) },
            throws: Self.fails(.forbidden)
        )
        for stranger in [Office.supervisor("tom", team: "billing"), Office.agent("ben")] {
            await #expect(
                performing: { _ = try await office.ledger.grant(grant.id, for: stranger, now: Office.start) },
                throws: Self.fails(.notFound)
            )
            await #expect(
                performing: { _ = try await office.ledger.approve(grant.id, by: stranger, now: Office.start) },
                throws: Self.fails(.notFound)
            )
        }
    }

    @Test func `a request that nobody decides expires, counts no more and cannot be approved`() async throws {
        let office = try await Office()
        let grant = try await request(office, "145.00", key: "k")
        let later = Office.start + Office.day
        #expect(try await request(office, "10.00", key: "a", now: later - 1).status == .pending)
        #expect(try await request(office, "10.00", key: "b", now: later).status == .approved)
        #expect(try await office.ledger.grant(grant.id, for: Office.agent("anna"), now: later).status == .expired)
        await #expect(
            performing: {
                _ = try await office.ledger.approve(grant.id, by: Office.supervisor("sue", tier: "3"), now: later)
            },
            throws: Self.fails(.conflict)
        )
    }

    @Test func `settlement moves one way, and what failed or was reversed counts no more`() async throws {
        let office = try await Office()
        let anna = Office.agent("anna")
        let payments = Principal(subject: "payments", roles: [.integration])
        let grant = try await request(office, "10.00", key: "k")
        for (result, reference, isRefused) in [
            (SettlementResult.done, "PAY-1", false), (.done, "PAY-1", false), (.done, "PAY-2", true),
            (.failed, "PAY-1", true), (.reversed, "PAY-1", false),
        ] {
            do {
                let settled = try await office.ledger.settle(
                    grant.id,
                    result: result,
                    reference: reference,
                    by: payments,
                    now: Office.start
                )
                #expect(settled.settlement?.result == result && !isRefused)
            } catch let error as ResolutionError {
                #expect(error.code == .conflict && isRefused)
            }
        }
        let history = try await office.ledger.evaluate(Office.refund("1.00"), for: anna, now: Office.start).facts
            .history
        #expect(history["customer"]?["total_30d"] == .number(try #require(JSONNumber(text: "0.00"))))
    }

    @Test func `a clock that is set back opens no window and dates nothing back`() async throws {
        let office = try await Office()
        for number in 0..<15 { _ = try await request(office, "10.00", key: "k\(number)") }
        let early = Office.start - 40 * Office.day
        let grant = try await request(office, "10.00", key: "late", now: early)
        #expect(grant.status == .pending)
        #expect(grant.createdAt == Office.start)
    }

    @Test func `currencies have windows of their own, and one that the policy does not name needs approval`()
        async throws
    {
        let office = try await Office()
        for number in 0..<15 { _ = try await request(office, "10.00", key: "k\(number)") }
        let dollars = try Office.refund("1.00", currency: "USD")
        let grant = try await office.ledger.request(dollars, key: "usd", for: Office.agent("anna"), now: Office.start)
        #expect(grant.status == .pending)
        #expect(grant.verdict.approverTier == 3)
        #expect(grant.facts.history["customer"]?["total_30d"] == .number(try #require(JSONNumber(text: "0.00"))))
    }

    @Test func `the customer of a conversation is that of the conversation`() async throws {
        let office = try await Office()
        office.conversations.known.withLock {
            $0["call-1"] = ConversationCustomer(
                Office.customer("c-9", ["segment": "established"]),
                channel: "voice"
            )
        }
        var wish = try Office.refund("25.00", order: "OH-1")
        (wish.customerID, wish.conversationID) = (nil, "call-1")
        wish.context = ["customer": ["segment": "new"]]
        let grant = try await office.ledger.request(wish, key: "k", for: Office.agent("anna"), now: Office.start)
        #expect(grant.status == .approved)
        #expect(grant.customerID == "c-9")
        #expect(grant.channel == "voice")
        wish.customerID = "c-1"
        await #expect(
            performing: { _ = try await office.ledger.evaluate(wish, for: Office.agent("anna"), now: Office.start) },
            throws: { ($0 as? ResolutionError)?.argument == "customer_id" }
        )
        (wish.customerID, wish.conversationID) = (nil, "call-2")
        await #expect(
            performing: { _ = try await office.ledger.evaluate(wish, for: Office.agent("anna"), now: Office.start) },
            throws: Self.fails(.notFound)
        )
    }

    @Test func `an erasure leaves windows, chain and amounts, and nothing of the customer`() async throws {
        let office = try await Office()
        for number in 0..<15 { _ = try await request(office, "10.00", key: "k\(number)", customer: "mail@c.example") }
        let counts = try office.store.writeNow { transaction throws in
            try office.ledger.erase(
                customer: "mail@c.example",
                conversations: [],
                by: "olaf",
                now: Office.start,
                redacted: { $0 },
                in: transaction
            ).erased
        }
        #expect(counts == 15)
        #expect(try await request(office, "10.00", key: "next", customer: "mail@c.example").status == .pending)
        let verification = try office.store.readNow { try AuditLog.verify(in: $0) }
        #expect(verification.ok)
        let entries = try office.store.readNow { try AuditLog.entries(AuditFilter(limit: 100), in: $0) }
        #expect(entries.allSatisfy { !"\($0)".contains("c.example") })
        let first = try await office.ledger.list(GrantQuery(), for: Principal.local, now: Office.start).grants[0]
        #expect(first.customerID == nil)
        #expect(try await office.ledger.rerun(first.id) == nil)
    }

    @Test func `a past decision gives the same answer again, under the version of then`() async throws {
        let office = try await Office()
        let grants = [
            try await request(office, "10.00", key: "a"), try await request(office, "40.00", key: "b"),
            try await request(office, "500.00", key: "c"),
        ]
        try await office.publish(Office.model("{outcome: \"denied\"}"))
        #expect(try await request(office, "10.00", key: "d").status == .denied)
        for grant in grants { #expect(try await office.ledger.rerun(grant.id) == grant.verdict) }
    }

    @Test func `a ledger that has just been opened evaluates, approves, expires and lists like one in use`()
        async throws
    {
        let office = try await Office()
        let first = try await request(office, "40.00", key: "a")
        let second = try await request(office, "40.00", key: "b", customer: "c-2")
        let anna = Office.agent("anna")
        #expect(
            try await office.reopened().evaluate(Office.refund("5.00"), for: anna, now: Office.start).policyVersion == 1
        )
        let approved = try await office.reopened().approve(first.id, by: Office.supervisor("sue"), now: Office.start)
        #expect(approved.status == .approved)
        let later = Office.start + Office.day
        #expect(try await office.reopened().grant(second.id, for: anna, now: later).status == .expired)
        #expect(try await office.reopened().list(GrantQuery(), for: anna, now: later).grants.count == 2)
        #expect(try await office.reopened().rerun(first.id) == first.verdict)
        let exported = try office.store.readNow {
            try office.reopened().export(customer: "c-1", conversations: [], in: $0)
        }
        #expect(exported.array?.count == 1)
    }

    @Test func `what awaits a supervisor is pending, of others, and within the tier`() async throws {
        let office = try await Office()
        let small = try await request(office, "40.00", key: "a")
        let large = try await request(office, "140.00", key: "b", customer: "c-2")
        _ = try await request(office, "10.00", key: "c", customer: "c-3")
        var query = GrantQuery()
        query.isAwaitingCaller = true
        let awaiting = { [query] (principal: Principal) in
            try await office.ledger.list(query, for: principal, now: Office.start).grants.map(\.id)
        }
        #expect(try await awaiting(Office.supervisor("sue")) == [small.id])
        #expect(try await awaiting(Office.supervisor("sue", tier: "3")) == [small.id, large.id])
        let tom = Office.supervisor("tom", team: "billing")
        #expect(try await awaiting(tom) == [])
        let both = Principal(subject: "tom", roles: [.supervisor, .auditor], attributes: tom.attributes)
        #expect(try await awaiting(both) == [])
        #expect(try await awaiting(Office.agent("anna")) == [])
    }

    @Test func `whoever listens is told inside the transaction and after it`() async throws {
        let office = try await Office()
        let grant = try await request(office, "40.00", key: "a")
        _ = try await office.ledger.approve(grant.id, by: Office.supervisor("sue"), now: Office.start)
        let told = office.notices.told.withLock { $0 }
        #expect(
            told == ["pending", "committed", "approved", "committed"].map { "\($0) \(grant.id)" }
        )
    }
}
