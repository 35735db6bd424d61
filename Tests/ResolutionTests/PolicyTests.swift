import Policies
import Resolution
import Testing
import Vocabulary

@Suite struct PolicyTests {
    private static let approval = "{outcome: \"approved\", reason: \"fine\"}"

    @Test(
        "a model that cannot be the policy is refused when it is published",
        arguments: [
            "{outcome: if history.customer.total_31d > 1 then \"denied\" else \"approved\"}",
            "{outcome: if history.client.total_30d > 1 then \"denied\" else \"approved\"}",
            "{outcome: if history.customer.same_action.sum_30d > 1 then \"denied\" else \"approved\"}",
            "{outcome: if history.customer > 1 then \"denied\" else \"approved\"}",
            "{h: history, outcome: if h.customer.total_30d > 1 then \"denied\" else \"approved\"}",
            "{outcome: if get value(history, \"customer\") = 1 then \"denied\" else \"approved\"}",
            "{outcome: history.all.total_today }}",
        ]
    )
    func refused(expression: String) async throws {
        let office = try await Office(policy: nil)
        await #expect(
            performing: { try await office.publish(Office.model(expression)) },
            throws: { ($0 as? PolicyError)?.code == .invalidModel }
        )
    }

    @Test func `a model without the decision, or of another type, is refused`() async throws {
        let office = try await Office(policy: nil)
        let good = Office.model(Self.approval)
        let sources = [
            good.replacing("name=\"resolution\"", with: "name=\"other\""),
            good.replacing(
                "<variable name=\"resolution\"/>",
                with: "<variable name=\"resolution\" typeRef=\"string\"/>"
            ),
            good.replacing(
                "<variable name=\"resolution\"/>",
                with: "<variable name=\"resolution\" typeRef=\"number\"/>"
            ),
            Office.model("{outcome: 5}"), Office.model("{outcome: \"granted\"}"), Office.model("\"approved\""),
        ]
        for source in sources {
            await #expect(
                performing: { try await office.publish(source) },
                throws: { ($0 as? PolicyError)?.code == .invalidModel }
            )
        }
        try await office.publish(good)
    }

    @Test func `the windows that a model names are found in tables, contexts and outputs`() async throws {
        let office = try await Office()
        let policy = try await AuthorityPolicy(office.policies.policy(AuthorityPolicy.name))
        #expect(
            Set(policy.windows) == [
                Window(.customer, .total, .days30), Window(.agent, .total, .today), Window(.agent, .total, .days1),
                Window(.customer, sameAction: true, .count, .days90),
                Window(.customer, sameAction: true, .count, .days365), Window(.reference, .count, .days90),
            ]
        )
    }

    @Test(
        "whatever is wrong at run time requires approval by the highest tier",
        arguments: [
            "null", "{reason: \"x\"}", "{outcome: if request.amount = 10 then \"yes\" else null}",
            "{outcome: if request.amount = 10 then 1 else null}",
            "{outcome: \"approved\", limit: -1}", "{outcome: \"approved\", limit: \"10\"}",
            "{outcome: \"approved\", limit: 5}", "{outcome: \"approved\", limit: 10.005}",
            "{outcome: if request.amount + \"x\" = null then \"approved\" else \"approved\"}",
            "{outcome: \"approval_required\"}", "{outcome: \"approval_required\", approver_tier: \"boss\"}",
            "{outcome: \"approval_required\", approver_tier: -1}",
        ]
    )
    func closed(expression: String) async throws {
        let office = try await Office(policy: Office.model(expression))
        let evaluation = try await office.ledger.evaluate(
            Office.refund("10.00"),
            for: Office.agent("anna"),
            now: Office.start
        )
        #expect(evaluation.verdict.outcome == .approvalRequired)
        #expect(evaluation.verdict.approverTier == Verdict.highestTier)
    }

    @Test func `without a policy nothing is approved, and the answer says so`() async throws {
        let office = try await Office(policy: nil)
        let grant = try await office.ledger.request(
            Office.refund("1.00"),
            key: "k",
            for: Office.agent("anna", tier: "3"),
            now: Office.start
        )
        #expect(grant.status == .pending)
        #expect(grant.verdict.because.first?.contains("no policy") == true)
    }

    @Test func `the sample explains an approval and a refusal to the agent, with what is left`() async throws {
        let office = try await Office()
        let (ledger, anna) = (office.ledger, Office.agent("anna"))
        let small = try await ledger.evaluate(Office.refund("10.00", order: "OH-1"), for: anna, now: Office.start)
        #expect(small.verdict.outcome == .approved)
        #expect(small.verdict.limit == (try Office.money("10.00")))
        #expect(small.verdict.rules.contains("limits-refund-late-new"))
        #expect(small.verdict.because.first == "EUR 10.00 is within your limit.")
        #expect(small.remaining.map(\.amount.text) == ["150.00", "300.00"])
        let large = try await ledger.evaluate(Office.refund("10.01", order: "OH-1"), for: anna, now: Office.start)
        #expect(large.verdict.outcome == .approvalRequired)
        #expect(large.verdict.approverTier == 2)
        let huge = try await ledger.evaluate(Office.refund("150.01", order: "OH-1"), for: anna, now: Office.start)
        #expect(huge.verdict.outcome == .denied)
    }

    @Test func `a context completes the customer and never replaces what the server knows`() async throws {
        let office = try await Office()
        let anna = Office.agent("anna", isIntegration: true)
        var request = try Office.refund("25.00", order: "OH-1")
        request.context = ["customer": ["segment": "established", "id": "c-2"]]
        let evaluation = try await office.ledger.evaluate(request, for: anna, now: Office.start)
        #expect(evaluation.verdict.outcome == .approved)
        #expect(evaluation.facts.customer["id"] == "c-1")
        for name in ["request", "agent", "history", "now"] {
            request.context = [name: ["tier": "3"]]
            await #expect(
                performing: { _ = try await office.ledger.evaluate(request, for: anna, now: Office.start) },
                throws: { ($0 as? ResolutionError)?.argument == "context.\(name)" }
            )
        }
    }
}
