import Access
import Resolution
import Storage
import Testing
import Vocabulary

/// Approving, rejecting, cancelling and listing, step by step.
@Suite struct DecisionStepTests {
    private static let waiting = Office.model("{outcome: \"approval_required\", approver_tier: 1}")
    private let anna = Office.agent("anna")
    private let sue = Office.supervisor("sue")

    private func pending(_ office: Office, key: String = "k", now: Int64 = Office.start) async throws -> Grant {
        let wish = try Office.refund("10.00", order: "OH-\(key)")
        return try await office.ledger.request(wish, key: key, for: anna, now: now)
    }

    private static func isError(_ code: ResolutionError.Code, _ text: String = "") -> (any Error) -> Bool {
        { ($0 as? ResolutionError)?.code == code && ($0 as? ResolutionError)?.message.contains(text) == true }
    }

    @Test func `a decision again by the same person answers the request as it is, and another one is refused`()
        async throws
    {
        let office = try await Office(policy: Self.waiting)
        let (approved, rejected, cancelled) = (
            try await pending(office, key: "a").id, try await pending(office, key: "r").id,
            try await pending(office, key: "c").id
        )
        let (ledger, now, tom) = (office.ledger, Office.start, Office.supervisor("tom"))
        let first = try await ledger.approve(approved, note: "fine", by: sue, now: now)
        #expect(first.status == .approved && first.note == "fine" && first.decidedBy == "sue" && first.decidedAt == now)
        #expect(try await ledger.approve(approved, note: "again", by: sue, now: now + 1) == first)
        let second = try await ledger.reject(rejected, note: "no", by: sue, now: now)
        #expect(second.status == .rejected && second.note == "no" && second.decidedBy == "sue")
        #expect(try await ledger.reject(rejected, note: "no!", by: sue, now: now + 1) == second)
        let third = try await ledger.cancel(cancelled, reason: "mistake", by: anna, now: now)
        #expect(third.status == .cancelled && third.note == "mistake" && third.decidedBy == "anna")
        #expect(try await ledger.cancel(cancelled, reason: "again", by: sue, now: now + 1) == third)
        for call: @Sendable () async throws -> Grant in [
            { try await ledger.approve(approved, by: tom, now: now) },
            { try await ledger.reject(approved, note: "no", by: sue, now: now) },
            { try await ledger.cancel(approved, reason: "no", by: anna, now: now) },
        ] {
            await #expect(
                performing: { try await call() },
                throws: Self.isError(.conflict, "settled as failed or reversed")
            )
        }
        for call: @Sendable () async throws -> Grant in [
            { try await ledger.approve(rejected, by: sue, now: now) },
            { try await ledger.reject(rejected, note: "no", by: tom, now: now) },
            { try await ledger.cancel(rejected, reason: "no", by: anna, now: now) },
            { try await ledger.approve(cancelled, by: sue, now: now) },
        ] {
            await #expect(
                performing: { try await call() },
                throws: { Self.isError(.conflict, "not pending")($0) && !Self.isError(.conflict, "settled")($0) }
            )
        }
        let kinds = try await [approved, rejected, cancelled].asyncMap { try await ledger.events(of: $0).map(\.kind) }
        #expect(kinds == [["pending", "approved"], ["pending", "rejected"], ["pending", "cancelled"]])
    }

    @Test(
        "who may cancel",
        arguments: [
            (Office.agent("anna"), nil), (Office.supervisor("sue"), nil),
            (Principal(subject: "root", roles: [.admin]), nil),
            (Principal(subject: "audrey", roles: [.auditor]), .forbidden), (Office.agent("ben"), .notFound),
            (Principal(subject: "pay", roles: [.integration]), .notFound),
        ] as [(Principal, ResolutionError.Code?)]
    )
    func cancelling(principal: Principal, code: ResolutionError.Code?) async throws {
        let office = try await Office(policy: Self.waiting)
        let id = try await pending(office).id
        do {
            let grant = try await office.ledger.cancel(id, reason: "x", by: principal, now: Office.start)
            #expect(grant.status == .cancelled && code == nil)
        } catch let error as ResolutionError {
            #expect(error.code == code)
        }
    }

    @Test func `what ends without a grant leaves the windows, what is approved stays in them`() async throws {
        let policy = Office.model(
            "{outcome: \"approval_required\", approver_tier: 1, total: history.customer.total_30d, count: history.customer.count_30d}"
        )
        let office = try await Office(policy: policy)
        let ids = try await ["a", "b", "c", "d"].asyncMap { try await pending(office, key: $0).id }
        func history() async throws -> [JSON?] {
            let wish = try Office.refund("1.00", order: "x")
            let facts = try await office.ledger.evaluate(wish, for: anna, now: Office.start).facts
            return [facts.history["customer"]?["total_30d"], facts.history["customer"]?["count_30d"]]
        }
        func figures(_ total: String, _ count: Int) throws -> [JSON?] {
            [.number(try #require(JSONNumber(text: total))), .number(JSONNumber(count))]
        }
        #expect(try await history() == figures("40.00", 4))
        _ = try await office.ledger.reject(ids[0], note: "no", by: sue, now: Office.start)
        #expect(try await history() == figures("30.00", 3))
        _ = try await office.ledger.cancel(ids[1], reason: "no", by: anna, now: Office.start)
        #expect(try await history() == figures("20.00", 2))
        _ = try await office.ledger.approve(ids[2], by: sue, now: Office.start)
        #expect(try await history() == figures("20.00", 2))
    }

    @Test func `what was approved and came back is out of the approver's windows as well`() async throws {
        let office = try await Office(
            policy: Office.model(
                """
                {outcome: if agent.role = "supervisor" and history.agent.total_30d = 0 then "approved" else
                "approval_required", approver_tier: 9}
                """
            )
        )
        let payments = Principal(subject: "payments", roles: [.integration])
        for key in ["a", "b"] {
            let id = try await pending(office, key: key).id
            _ = try await office.ledger.approve(id, by: sue, now: Office.start)
            let next = try await pending(office, key: key + "+").id
            await #expect(
                performing: { try await office.ledger.approve(next, by: sue, now: Office.start) },
                throws: Self.isError(.forbidden)
            )
            _ = try await office.ledger.settle(id, result: .failed, by: payments, now: Office.start)
        }
    }

    // MARK: Lists

    @Test func `a list ends with its last request, and goes on after it`() async throws {
        let office = try await Office(policy: Self.waiting)
        let ids = try await (0..<5).map { "k\($0)" }.asyncMap { try await pending(office, key: $0).id }
        var query = GrantQuery()
        for (limit, pages) in [(2, [2, 2, 1]), (5, [5]), (4, [4, 1]), (1, [1, 1, 1, 1, 1]), (6, [5])] {
            (query.limit, query.after) = (limit, nil)
            var (seen, sizes): ([String], [Int]) = ([], [])
            repeat {
                let page = try await office.ledger.list(query, for: anna, now: Office.start)
                seen += page.grants.map(\.id)
                sizes.append(page.grants.count)
                #expect(page.next == nil || page.next == page.grants.last?.sequence)
                query.after = page.next
            } while query.after != nil
            #expect(seen == ids && sizes == pages)
        }
    }

    @Test func `a list is restricted by time, agent, customer and state`() async throws {
        let office = try await Office(policy: Self.waiting)
        let first = try await pending(office, key: "a").id
        let wish = try Office.refund("10.00", "c-2")
        let other = Office.agent("ben")
        let second = try await office.ledger.request(wish, key: "b", for: other, now: Office.start + 10).id
        func list(_ change: (inout GrantQuery) -> Void) async throws -> [String] {
            var query = GrantQuery()
            change(&query)
            return try await office.ledger.list(query, for: sue, now: Office.start + 20).grants.map(\.id)
        }
        #expect(try await list { _ in } == [first, second])
        #expect(try await list { $0.since = Office.start + 10 } == [second])
        #expect(try await list { $0.since = Office.start + 11 } == [])
        #expect(try await list { $0.agent = "anna" } == [first])
        #expect(try await list { $0.customerID = "C-2" } == [second])
        #expect(try await list { $0.status = .pending } == [first, second])
        #expect(try await list { $0.status = .approved } == [])
    }

    @Test func `a report has what was asked from one moment to before another`() async throws {
        let office = try await Office(policy: Self.waiting)
        for (number, key) in ["a", "b", "c"].enumerated() {
            _ = try await pending(office, key: key, now: Office.start + Int64(number))
        }
        let times = { (from: Int64, to: Int64) in
            try office.store.readNow {
                try office.ledger.requests(
                    from: Office.start + from,
                    to: Office.start + to,
                    now: Office.start + 3,
                    in: $0
                ).map { $0.at - Office.start }
            }
        }
        #expect(try times(0, 3) == [0, 1, 2] && times(1, 2) == [1] && times(1, 1) == [] && times(2, 9) == [2])
    }
}

extension Sequence where Self: Sendable {
    /// The results for each element, one after the other.
    func asyncMap<T>(_ body: (Element) async throws -> T) async rethrows -> [T] {
        var results: [T] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
