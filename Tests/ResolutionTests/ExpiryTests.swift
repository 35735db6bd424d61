import Access
import Resolution
import Storage
import Synchronization
import Testing
import Vocabulary

@Suite struct ExpiryTests {
    private static let later = Office.start + Office.day
    private let anna = Office.agent("anna")

    /// Requests of one customer that nobody decides, and what was told since.
    private func office(pending count: Int) async throws -> (office: Office, ids: [String]) {
        let office = try await Office(policy: Office.model(Self.approvalAboveTen))
        var ids: [String] = []
        for number in 0..<count {
            let wish = try Office.refund("\(20 + number).00", order: "OH-\(number)")
            ids.append(try await office.ledger.request(wish, key: "\(number)", for: anna, now: Office.start).id)
        }
        office.notices.told.withLock { $0 = [] }
        return (office, ids)
    }

    private static let approvalAboveTen = """
        {outcome: if request.amount > 10 then "approval_required" else "approved", approver_tier: 2,
         total: history.customer.total_30d, count: history.customer.same_action.count_30d}
        """

    private func totals(_ facts: CaseFacts) -> [String] {
        let customer = facts.history["customer"]
        return [customer?["total_30d"], customer?["same_action"]?["count_30d"]].map { $0.map { "\($0)" } ?? "" }
    }

    @Test func `an evaluation reads what is overdue as expired, and writes nothing`() async throws {
        let (office, _) = try await office(pending: 2)
        let wish = try Office.refund("1.00", order: "OH-x")
        let before = try await office.ledger.evaluate(wish, for: anna, now: Self.later - 1).facts
        #expect(totals(before) == ["41.00", "2"])
        let mark = office.store.commitMark
        let after = try await office.ledger.evaluate(wish, for: anna, now: Self.later).facts
        #expect(totals(after) == ["0.00", "0"])
        #expect(office.store.commitMark == mark)
        #expect(office.notices.told.withLock { $0 } == [])
    }

    @Test func `an evaluation on an empty store writes nothing`() async throws {
        let office = try await Office()
        let mark = office.store.commitMark
        _ = try await office.ledger.evaluate(Office.refund("1.00", order: "OH-x"), for: anna, now: Office.start)
        _ = try await office.ledger.list(GrantQuery(), for: anna, now: Office.start)
        #expect(office.store.commitMark == mark)
    }

    @Test func `a request and a decision count what is overdue as expired, and leave it to the timer`() async throws {
        let (office, ids) = try await office(pending: 2)
        let wish = try Office.refund("5.00", order: "OH-x")
        let grant = try await office.ledger.request(wish, key: "x", for: anna, now: Self.later)
        #expect(totals(grant.facts) == ["0.00", "0"])
        let sue = Office.supervisor("sue")
        await #expect(
            performing: { _ = try await office.ledger.approve(ids[0], by: sue, now: Self.later) },
            throws: { ($0 as? ResolutionError)?.message.contains("expired") == true }
        )
        #expect(office.notices.told.withLock { $0 } == ["approved \(grant.id)", "committed \(grant.id)"])
    }

    @Test func `a request asked again under its key is answered as expired once it is overdue`() async throws {
        let (office, ids) = try await office(pending: 1)
        let wish = try Office.refund("20.00", order: "OH-0")
        let again = try await office.ledger.request(wish, key: "0", for: anna, now: Self.later)
        #expect(again.id == ids[0])
        #expect(again.status == .expired)
        #expect(again.decidedAt == again.expiresAt)
    }

    @Test(
        "a list by state goes by the time, written or not",
        arguments: [(ResolutionStatus.pending, [Int]()), (.expired, [0, 1]), (.approved, [])]
    )
    func lists(status: ResolutionStatus, expected: [Int]) async throws {
        let (office, ids) = try await office(pending: 2)
        var query = GrantQuery()
        query.status = status
        let list = { try await office.ledger.list(query, for: anna, now: Self.later).grants }
        let read = try await list()
        #expect(read.map(\.id) == expected.map { ids[$0] })
        try await office.ledger.expireDue(now: Self.later + Office.hour)
        #expect(try await list() == read)
        query.status = nil
        query.isAwaitingCaller = true
        #expect(try await office.ledger.list(query, for: Office.supervisor("sue"), now: Self.later).grants == [])
    }

    @Test func `the timer ends a bounded number of requests in one transaction`() async throws {
        let (office, ids) = try await office(pending: 5)
        #expect(try await office.ledger.expireDue(now: Self.later - 1, batch: 2) == 0)
        #expect(try await office.ledger.expireDue(now: Self.later, batch: 2) == 5)
        let steps = office.notices.told.withLock { $0 }.map { $0.split(separator: " ")[0] }
        let batch: [Substring] = ["expired", "expired", "committed", "committed"]
        #expect(steps == batch + batch + ["expired", "committed"])
        #expect(try await office.ledger.expireDue(now: Self.later, batch: 2) == 0)
        let wish = try Office.refund("1.00", order: "OH-x")
        #expect(totals(try await office.ledger.evaluate(wish, for: anna, now: Self.later).facts) == ["0.00", "0"])
        for id in ids {
            #expect(try await office.ledger.grant(id, for: anna, now: Self.later).status == .expired)
        }
    }

    @Test func `an approver's windows do not hold what is overdue`() async throws {
        let (office, _) = try await office(pending: 2)
        let wish = try Office.refund("30.00", order: "OH-x")
        let late = try await office.ledger.request(wish, key: "x", for: anna, now: Self.later)
        try await office.publish(
            Office.model("{outcome: if history.customer.total_30d = 0 then \"approved\" else \"denied\"}")
        )
        let approved = try await office.ledger.approve(late.id, by: Office.supervisor("sue"), now: Self.later)
        #expect(approved.status == .approved)
    }
}
