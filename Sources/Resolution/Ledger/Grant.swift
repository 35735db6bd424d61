package import Vocabulary

extension SettlementResult {
    /// Whether the money came back, so that it no longer counts in the windows once that is confirmed.
    var isReturned: Bool { self != .done }
}

/// The report on what became of something granted.
package struct Settlement: Sendable, Hashable {
    /// What became of it.
    package let result: SettlementResult
    /// The number of a payment or shipment.
    package let reference: String?
    /// Who reported it.
    package let by: String
    /// When, in microseconds since 1970.
    package let at: Int64
    /// Who confirmed that the money came back; nil until somebody else than the agent has.
    package let confirmation: Confirmation?

    /// The word of a supervisor or of a system on an agent's report.
    package struct Confirmation: Sendable, Hashable {
        /// Who confirmed it.
        package let by: String
        /// When, in microseconds since 1970.
        package let at: Int64
    }

    /// Whether an agent says that the money came back, and nobody else does yet.
    package var awaitsConfirmation: Bool { result.isReturned && confirmation == nil }

    /// Whether the money is out of the windows.
    var isReleased: Bool { result.isReturned && confirmation != nil }
}

/// A request for a grant and what became of it.
package struct Grant: Sendable, Hashable {
    /// Its id.
    package let id: String
    /// Its place in the order of requests.
    package let sequence: Int64
    /// Where it stands.
    package var status: ResolutionStatus
    /// What the policy said.
    package let verdict: Verdict
    /// What was asked for.
    package let action: String
    /// How much; nil for an exception without money.
    package let amount: Money?
    /// Why, as a code of the policy.
    package let reason: String
    /// For whom; nil when nobody was named or the customer's data was erased.
    package let customerID: String?
    /// In which conversation.
    package let conversationID: String?
    /// About which order or invoice; nil once the customer's data was erased.
    package let reference: GrantReference?
    /// Who asked.
    package let requestedBy: String
    /// The teams of who asked, at that time.
    package let teams: [String]
    /// How the contact came in.
    package let channel: String?
    /// The language of the customer, where it is known.
    package let locale: String?
    /// The person who decided or withdrew it; nil where the policy or the clock did.
    package var decidedBy: String?
    /// The note or reason of whoever decided it.
    package var note: String?
    /// When it was asked, in microseconds since 1970.
    package let createdAt: Int64
    /// When it was decided.
    package var decidedAt: Int64?
    /// When it expires unless it is decided before.
    package let expiresAt: Int64?
    /// What became of what was granted.
    package var settlement: Settlement?
    /// The version of the policy that decided.
    package let policyVersion: Int64
    /// The hash of that version's source; empty when there was no policy.
    package let policySHA256: String
    /// Everything the policy saw; without the customer once that was erased.
    package let facts: CaseFacts
    /// The windows once the request itself counted.
    package let historyAfter: JSONObject

    /// What became of it as far as the policy and its approvers go: what somebody agreed to is approved.
    package var outcome: ResolutionOutcome { status == .approved ? .approved : verdict.outcome }

    /// Whether its money counts in the windows; that it was granted counts for good.
    package var counts: Bool {
        switch status {
        case .approved: !(settlement?.isReleased ?? false)
        case .pending: true
        case .denied, .rejected, .cancelled, .expired: false
        }
    }
}

/// One entry of the ledger: something that happened to a request.
package struct LedgerEvent: Sendable, Hashable {
    /// Its place in the ledger.
    package let sequence: Int64
    /// What happened: `approved`, `pending`, `denied`, `rejected`, `cancelled`, `expired`, `done`, `failed`, `reversed`, and
    /// `reported_failed`, `reported_reversed` for what nobody has confirmed yet.
    package let kind: String
    /// Who did it; nil for the clock.
    package let actor: String?
    /// When, in microseconds since 1970.
    package let at: Int64
    /// What the actor wrote.
    package let note: String?
}

/// What the ledger answers to a question that changes nothing.
package struct Evaluation: Sendable {
    /// What the policy says.
    package let verdict: Verdict
    /// What is left of the agent's own windows, by their names.
    package let remaining: [(window: String, amount: Money)]
    /// The version that was asked; 0 when there is none.
    package let policyVersion: Int64
    /// The hash of its source.
    package let policySHA256: String
    /// What the policy saw.
    package let facts: CaseFacts
    /// The language of the customer, where it is known.
    package let locale: String?
}

/// What becomes of a request that concerns others: approvers, its conversation, the scripts that wait for it.
package enum GrantDomainEvent: Sendable {
    /// It waits for approval, since a time in microseconds since 1970.
    case pending(Grant, at: Int64)
    /// It was decided, withdrawn or settled, or it has expired.
    case changed(Grant, at: Int64)

    /// The request as it is now.
    package var grant: Grant {
        switch self {
        case .pending(let grant, _), .changed(let grant, _): grant
        }
    }
}
