package import Vocabulary

/// What the policy says of a request, and why.
package struct Verdict: Sendable, Hashable {
    /// What becomes of it.
    package let outcome: ResolutionOutcome
    /// What the agent may grant alone in one such case, where the policy says so.
    package let limit: Money?
    /// The tier that suffices to agree; there whenever approval is required.
    package let approverTier: Int?
    /// How much business time an approver has, in minutes; nil for the time that the installation sets.
    package let businessMinutes: Int?
    /// The reason for the agent first, then the rules that matched, then what went wrong.
    package let because: [String]
    /// The ids of the rules that matched, in the order of evaluation.
    package let rules: [String]

    /// The tier that can agree when the policy names none.
    package static let highestTier = 3

    /// The verdict where the policy cannot be applied: approval by the highest tier.
    static func closed(_ reasons: [String], rules: [String] = []) -> Verdict {
        Verdict(
            outcome: .approvalRequired,
            limit: nil,
            approverTier: highestTier,
            businessMinutes: nil,
            because: reasons,
            rules: rules
        )
    }
}

/// What a decision is made of: everything the policy sees.
package struct CaseFacts: Sendable, Hashable {
    /// What is asked for: action, amount, currency, reason, reference.
    package var request: JSONObject
    /// Who grants it.
    package var agent: JSONObject
    /// For whom.
    package var customer: JSONObject
    /// The windows that the policy names, before the request.
    package var history: JSONObject
    /// Further facts from the caller.
    package var context: JSONObject
    /// The moment, in microseconds since 1970.
    package var now: Int64

    package init(
        request: JSONObject,
        agent: JSONObject,
        customer: JSONObject,
        history: JSONObject,
        context: JSONObject = [:],
        now: Int64
    ) {
        (self.request, self.agent, self.customer) = (request, agent, customer)
        (self.history, self.context, self.now) = (history, context, now)
    }

    /// The amount asked for; nil when there is none or it is no amount.
    package var amount: Money? {
        guard case .number(let number)? = request["amount"], let currency = request["currency"]?.string else {
            return nil
        }
        return try? Money(amount: number.text, currency: currency)
    }
}
