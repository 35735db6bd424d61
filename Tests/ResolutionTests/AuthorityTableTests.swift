import Access
import Resolution
import Testing
import Vocabulary

/// What a verdict may say, and whose authority suffices.
@Suite struct AuthorityTableTests {
    private let anna = Office.agent("anna")

    private func verdict(_ expression: String, amount: String? = "10.00") async throws -> Verdict {
        let office = try await Office(policy: Office.model(expression))
        var wish = try Office.refund(amount ?? "1.00")
        if amount == nil { wish.amount = nil }
        return try await office.ledger.evaluate(wish, for: anna, now: Office.start).verdict
    }

    @Test(
        "the tier of an approver is a whole number from 1 to 99, else the highest tier",
        arguments: [
            ("1", 1), ("2", 2), ("3", 3), ("4", 4), ("99", 99), ("100", 3), ("0", 3), ("-1", 3), ("1.5", 3),
            ("\"2\"", 2), ("\"99\"", 99), ("\"100\"", 3), ("\"x\"", 3), ("null", 3), ("true", 3),
        ]
    )
    func tiers(tier: String, expected: Int) async throws {
        let verdict = try await verdict("{outcome: \"approval_required\", approver_tier: \(tier)}")
        #expect(verdict.outcome == .approvalRequired && verdict.approverTier == expected)
    }

    @Test(
        "nothing is approved above the policy's own limit",
        arguments: [
            ("10.00", ResolutionOutcome.approved, "10.00"), ("10", .approved, "10.00"),
            ("9.99", .approvalRequired, nil),
            ("10.01", .approved, "10.01"), ("0", .approvalRequired, nil), ("null", .approved, nil),
            ("-1", .approvalRequired, nil),
        ] as [(String, ResolutionOutcome, String?)]
    )
    func limits(limit: String, outcome: ResolutionOutcome, shown: String?) async throws {
        let verdict = try await verdict("{outcome: \"approved\", limit: \(limit)}")
        #expect(verdict.outcome == outcome && verdict.limit?.text == shown)
        #expect((verdict.approverTier == nil) == (outcome == .approved))
    }

    @Test(
        "a limit of a case without money is none, and one below zero is no limit",
        arguments: [
            ("0", ResolutionOutcome.approved), ("5", .approved), ("-0.01", .approvalRequired), ("null", .approved),
        ]
    )
    func limitsWithoutMoney(limit: String, outcome: ResolutionOutcome) async throws {
        let verdict = try await verdict("{outcome: \"approved\", limit: \(limit)}", amount: nil)
        #expect(verdict.outcome == outcome && verdict.limit == nil)
    }

    @Test func `a denial names no tier, keeps its limit, and its reason comes first`() async throws {
        let verdict = try await verdict("{outcome: \"denied\", limit: 5, approver_tier: 2, reason: \"No.\"}")
        #expect(verdict.outcome == .denied && verdict.approverTier == nil && verdict.limit?.text == "5.00")
        #expect(verdict.because.first == "No.")
        #expect(try await self.verdict("{outcome: \"denied\", reason: \"\"}").because == [])
    }

    @Test(
        "a supervisor agrees where the policy approves for that person, or asks for no higher tier",
        arguments: [
            ("1", "1", true), ("1", "2", false), ("2", "2", true), ("3", "2", true), ("2", "3", false),
            ("3", "3", true),
            ("3", "4", false), ("4", "4", true),
        ]
    )
    func authority(own: String, needed: String, suffices: Bool) async throws {
        let office = try await Office(
            policy: Office.model("{outcome: \"approval_required\", approver_tier: \(needed)}")
        )
        let grant = try await office.ledger.request(Office.refund("1.00"), key: "k", for: anna, now: Office.start)
        let sue = Office.supervisor("sue", tier: own)
        if suffices {
            #expect(try await office.ledger.approve(grant.id, by: sue, now: Office.start).status == .approved)
        } else {
            await #expect(
                performing: { try await office.ledger.approve(grant.id, by: sue, now: Office.start) },
                throws: {
                    let message = ($0 as? ResolutionError)?.message ?? ""
                    return message.contains("it takes tier \(needed), and you have tier \(own)")
                }
            )
        }
    }

    @Test func `a supervisor without a tier agrees to nothing that takes one, and nobody to what is denied`()
        async throws
    {
        let office = try await Office(
            policy: Office.model(
                "{outcome: if agent.role = \"agent\" or request.amount < 5 then \"approval_required\" else \"denied\", approver_tier: 1}"
            )
        )
        let small = try await office.ledger.request(Office.refund("1.00"), key: "a", for: anna, now: Office.start)
        let large = try await office.ledger.request(Office.refund("9.00"), key: "b", for: anna, now: Office.start)
        let plain = Principal(subject: "sue", roles: [.supervisor], attributes: ["team": .one("delivery")])
        await #expect(
            performing: { try await office.ledger.approve(small.id, by: plain, now: Office.start) },
            throws: { ($0 as? ResolutionError)?.message.contains("you have no tier") == true }
        )
        let boss = Office.supervisor("boss", tier: "9")
        #expect(try await office.ledger.approve(small.id, by: boss, now: Office.start).status == .approved)
        await #expect(
            performing: { try await office.ledger.approve(large.id, by: boss, now: Office.start) },
            throws: { ($0 as? ResolutionError)?.message.contains("the policy lets nobody here grant this") == true }
        )
    }

    @Test(
        "who sees a request",
        arguments: [
            (Office.agent("anna"), true, true), (Office.agent("ben"), false, false),
            (Office.supervisor("sue"), true, true), (Office.supervisor("tom", team: "billing"), false, false),
            (Principal(subject: "sam", roles: [.supervisor]), false, false),
            (Principal(subject: "all", roles: [.supervisor], attributes: ["team": .one("*")]), true, true),
            (Principal(subject: "audrey", roles: [.auditor]), true, true),
            (Principal(subject: "root", roles: [.admin]), true, true),
            (Principal(subject: "pay", roles: [.integration]), false, true),
            (Principal(subject: "lara", roles: [.agent], attributes: ["team": .one("delivery")]), false, false),
        ]
    )
    func visibility(principal: Principal, sees: Bool, settles: Bool) async throws {
        let office = try await Office(policy: Office.model("{outcome: \"approved\"}"))
        let grant = try await office.ledger.request(Office.refund("1.00"), key: "k", for: anna, now: Office.start)
        #expect(GrantVisibility(of: principal).includes(grant) == sees)
        #expect(GrantVisibility(settling: principal).includes(grant) == settles)
        let listed = try await office.ledger.list(GrantQuery(), for: principal, now: Office.start).grants
        #expect(listed.map(\.id) == (sees ? [grant.id] : []))
    }
}
