import Access
import Resolution
import Testing
import Vocabulary

/// Every report after every other: what is refused, what says nothing new, what counts.
@Suite struct SettlementTableTests {
    enum Reporter: String, Sendable { case agent, supervisor, system }

    struct Report: Sendable, CustomTestStringConvertible {
        let result: SettlementResult
        let by: Reporter

        init(_ result: SettlementResult, _ by: Reporter) { (self.result, self.by) = (result, by) }

        var principal: Principal {
            switch by {
            case .agent: Office.agent("anna")
            case .supervisor: Office.supervisor("sue")
            case .system: Principal(subject: "pay", roles: [.integration])
            }
        }

        var testDescription: String { "\(result.rawValue) by \(by.rawValue)" }
    }

    /// What comes of the second of two reports.
    enum Outcome: Sendable { case taken, nothingNew, refused }

    /// The rule of the documentation: what is done can be reversed, what is confirmed as returned stays, an unconfirmed word
    /// can be corrected or confirmed.
    private static func expected(_ first: Report, _ second: Report) -> Outcome {
        let isOpen = first.result != .done && first.by == .agent
        if first.result == second.result { return isOpen && second.by != .agent ? .taken : .nothingNew }
        return isOpen || (first.result == .done && second.result == .reversed) ? .taken : .refused
    }

    private static let reports: [Report] = SettlementResult.allCases.flatMap { result in
        [Report(result, .agent), Report(result, .supervisor), Report(result, .system)]
    }

    private func settle(_ office: Office, _ id: String, _ report: Report) async throws -> Grant {
        try await office.ledger.settle(id, result: report.result, by: report.principal, now: Office.start)
    }

    private func granted(_ office: Office, for customer: String = "c-1") async throws -> Grant {
        let wish = try Office.refund("10.00", customer, order: "OH-\(customer)")
        let grant = try await office.ledger.request(
            wish,
            key: customer,
            for: Office.agent("anna"),
            now: Office.start
        )
        #expect(grant.status == .approved)
        return grant
    }

    private static let open = Office.model(
        "{outcome: \"approved\", total: history.customer.total_30d, count: history.customer.count_30d}"
    )

    @Test(arguments: reports)
    func `one report after another`(first: Report) async throws {
        let office = try await Office(policy: Self.open)
        for (number, second) in Self.reports.enumerated() {
            let customer = "c-\(number)"
            let grant = try await granted(office, for: customer)
            let before = try await settle(office, grant.id, first)
            #expect(before.counts == (first.result == .done || first.by == .agent))
            do {
                let after = try await settle(office, grant.id, second)
                switch Self.expected(first, second) {
                case .nothingNew: #expect(after == before)
                case .taken:
                    #expect(after.settlement?.result == second.result)
                    let counts = second.result == .done || second.by == .agent
                    #expect(after.counts == counts, "\(first.testDescription), \(second.testDescription)")
                case .refused: Issue.record("\(first.testDescription), \(second.testDescription) was taken")
                }
            } catch let error as ResolutionError {
                #expect(error.code == .conflict && Self.expected(first, second) == .refused)
            }
            let wish = try Office.refund("1.00", customer, order: "OH-x")
            let history = try await office.ledger.evaluate(wish, for: Office.agent("anna"), now: Office.start).facts
                .history["customer"]
            let counts = try await office.ledger.grant(grant.id, for: Office.agent("anna"), now: Office.start).counts
            #expect(history?["total_30d"] == .number(try #require(JSONNumber(text: counts ? "10.00" : "0.00"))))
            #expect(history?["count_30d"] == .number(JSONNumber(1)))
        }
    }

    @Test func `a confirmation keeps who reported first, and the reference unless it brings one`() async throws {
        for (given, kept) in [(nil, "PAY-1"), ("PAY-2", "PAY-2")] as [(String?, String)] {
            let office = try await Office(policy: Self.open)
            let id = try await granted(office).id
            let (anna, sue) = (Office.agent("anna"), Office.supervisor("sue"))
            _ = try await office.ledger.settle(id, result: .failed, reference: "PAY-1", by: anna, now: Office.start)
            let later = Office.start + 5
            let settled = try await office.ledger.settle(id, result: .failed, reference: given, by: sue, now: later)
            let settlement = try #require(settled.settlement)
            #expect(settlement.by == "anna" && settlement.at == Office.start && settlement.reference == kept)
            #expect(settlement.confirmation?.by == "sue" && settlement.confirmation?.at == later)
            #expect(try await office.ledger.grant(id, for: sue, now: later) == settled)
        }
    }

    @Test(
        "the same report again is refused only with another reference",
        arguments: [(nil, true), ("PAY-1", true), ("PAY-2", false)] as [(String?, Bool)]
    )
    func references(reference: String?, isSame: Bool) async throws {
        let office = try await Office(policy: Self.open)
        let id = try await granted(office).id
        let pay = Principal(subject: "pay", roles: [.integration])
        let first = try await office.ledger.settle(id, result: .done, reference: "PAY-1", by: pay, now: Office.start)
        do {
            let again = try await office.ledger.settle(
                id,
                result: .done,
                reference: reference,
                by: pay,
                now: Office.start
            )
            #expect(again == first && isSame)
        } catch let error as ResolutionError {
            #expect(error.code == .conflict && !isSame)
        }
    }

    @Test(
        "only who asked, a supervisor of the team or a system reports",
        arguments: [
            (Office.agent("ben"), ResolutionError.Code.notFound),
            (Office.supervisor("tom", team: "billing"), .notFound),
            (Principal(subject: "audrey", roles: [.auditor]), .forbidden),
        ] as [(Principal, ResolutionError.Code)]
    )
    func reporters(principal: Principal, code: ResolutionError.Code) async throws {
        let office = try await Office(policy: Self.open)
        let id = try await granted(office).id
        await #expect(
            performing: { try await office.ledger.settle(id, result: .done, by: principal, now: Office.start) },
            throws: { ($0 as? ResolutionError)?.code == code }
        )
    }
}
