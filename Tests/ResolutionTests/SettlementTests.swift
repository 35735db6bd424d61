import Access
import Resolution
import Testing
import Vocabulary

@Suite struct SettlementTests {
    private let anna = Office.agent("anna")
    private let sue = Office.supervisor("sue")
    private let payments = Principal(subject: "payments", roles: [.integration])

    private func grant(_ office: Office, _ amount: String = "10.00", key: String = "k") async throws -> Grant {
        let wish = try Office.refund(amount, order: "OH-\(key)")
        return try await office.ledger.request(wish, key: key, for: anna, now: Office.start)
    }

    private func settle(
        _ office: Office,
        _ grant: Grant,
        _ result: SettlementResult,
        by principal: Principal
    ) async throws -> Grant {
        try await office.ledger.settle(grant.id, result: result, by: principal, now: Office.start)
    }

    private func spent(_ office: Office) async throws -> JSON? {
        let wish = try Office.refund("1.00", order: "OH-x")
        return try await office.ledger.evaluate(wish, for: anna, now: Office.start).facts.history["customer"]?[
            "total_30d"
        ]
    }

    @Test(
        "an agent who takes its grants back in words gets no more than the window",
        arguments: [SettlementResult.failed, .reversed]
    )
    func reversalLoop(result: SettlementResult) async throws {
        let office = try await Office()
        var granted: Int64 = 0
        for number in 0..<48 {
            let grant = try await grant(office, key: "k\(number)")
            guard grant.status == .approved else { continue }
            granted += grant.amount?.minorUnits ?? 0
            if result == .reversed { _ = try await settle(office, grant, .done, by: anna) }
            let settled = try await settle(office, grant, result, by: anna)
            #expect(settled.settlement?.awaitsConfirmation == true && settled.counts)
        }
        #expect(granted == 15_000)
        // What waits for approval counts as well; nothing was released.
        #expect(try await spent(office) == .number(try #require(JSONNumber(text: "480.00"))))
    }

    @Test("a supervisor or a system confirms, and then the money is out of the windows", arguments: [true, false])
    func confirmation(isSystem: Bool) async throws {
        let office = try await Office()
        let grant = try await grant(office)
        _ = try await settle(office, grant, .failed, by: anna)
        let confirmed = try await settle(office, grant, .failed, by: isSystem ? payments : sue)
        #expect(confirmed.settlement?.by == "anna")
        #expect(confirmed.settlement?.confirmation?.by == (isSystem ? "payments" : "sue"))
        #expect(!confirmed.counts)
        #expect(try await spent(office) == .number(try #require(JSONNumber(text: "0.00"))))
        #expect(try await settle(office, grant, .failed, by: anna) == confirmed)
        #expect(try await office.ledger.events(of: grant.id).map(\.kind) == ["approved", "reported_failed", "failed"])
    }

    @Test func `the word of a system that pays counts at once`() async throws {
        let office = try await Office()
        let grant = try await grant(office)
        #expect(try await settle(office, grant, .done, by: payments).counts)
        #expect(try await settle(office, grant, .reversed, by: payments).counts == false)
        await #expect(
            performing: { _ = try await settle(office, grant, .done, by: payments) },
            throws: { ($0 as? ResolutionError)?.code == .conflict }
        )
    }

    @Test func `nobody confirms an own report, whatever else they are`() async throws {
        let office = try await Office()
        let both = Principal(
            subject: "Anna",
            roles: [.agent, .supervisor],
            attributes: ["tier": .one("3"), "team": .one("delivery")]
        )
        let wish = try Office.refund("10.00", order: "OH-1")
        let grant = try await office.ledger.request(wish, key: "k", for: both, now: Office.start)
        let settled = try await settle(office, grant, .reversed, by: both)
        #expect(settled.settlement?.awaitsConfirmation == true)
        let other = Principal(subject: "anna", roles: [.supervisor], attributes: ["team": .one("delivery")])
        #expect(try await settle(office, grant, .reversed, by: other).settlement?.awaitsConfirmation == true)
        #expect(try await settle(office, grant, .reversed, by: sue).counts == false)
    }

    @Test func `how often something was granted stays counted when the money comes back`() async throws {
        let office = try await Office()
        let wish = try Office.refund("5.00", action: "goodwill")
        for number in 0..<2 {
            let grant = try await office.ledger.request(wish, key: "g\(number)", for: anna, now: Office.start)
            if grant.status == .approved { _ = try await settle(office, grant, .failed, by: payments) }
        }
        let third = try await office.ledger.request(wish, key: "third", for: anna, now: Office.start)
        #expect(third.verdict.approverTier == 3)
        #expect(third.facts.history["customer"]?["total_30d"] == .number(try #require(JSONNumber(text: "5.00"))))
    }

    @Test func `a report that nobody has confirmed can be corrected`() async throws {
        let office = try await Office()
        let grant = try await grant(office)
        _ = try await settle(office, grant, .failed, by: anna)
        #expect(try await settle(office, grant, .done, by: payments).settlement?.result == .done)
        #expect(try await settle(office, grant, .reversed, by: anna).counts)
        #expect(try await settle(office, grant, .reversed, by: sue).counts == false)
    }

    @Test func `what awaits a word is found by those who can give it`() async throws {
        let office = try await Office()
        let grant = try await grant(office)
        _ = try await settle(office, grant, .failed, by: anna)
        var query = GrantQuery()
        query.isAwaitingConfirmation = true
        #expect(try await office.ledger.list(query, for: sue, now: Office.start).grants.map(\.id) == [grant.id])
        for other in [anna, Office.supervisor("tom", team: "billing")] {
            #expect(try await office.ledger.list(query, for: other, now: Office.start).grants.isEmpty)
        }
        _ = try await settle(office, grant, .failed, by: sue)
        #expect(try await office.ledger.list(query, for: sue, now: Office.start).grants.isEmpty)
    }

    @Test func `a system that pays settles what it sees, and decides nothing`() async throws {
        let office = try await Office()
        let pending = try await grant(office, "40.00")
        #expect(pending.status == .pending)
        await #expect(
            performing: { _ = try await settle(office, pending, .done, by: payments) },
            throws: { ($0 as? ResolutionError)?.code == .conflict }
        )
        await #expect(
            performing: { _ = try await office.ledger.approve(pending.id, by: payments, now: Office.start) },
            throws: { ($0 as? ResolutionError)?.code == .notFound }
        )
    }
}
