public import Vocabulary

/// A request for a grant and what became of it.
public struct ResolutionRecord: Codable, Sendable, Hashable {
    /// Its id.
    public var resolutionId: String
    /// Where it stands.
    public var status: ResolutionStatus
    /// What the policy said; approved once somebody agreed.
    public var outcome: ResolutionOutcome
    /// A sentence for the customer, in the customer's language.
    public var say: String?
    /// What was asked for.
    public var action: String
    /// How much; absent for an exception without money.
    public var amount: Money?
    /// Why, as a code of the policy.
    public var reason: String
    /// For whom; absent when nobody was named, and after an erasure.
    public var customerId: String?
    /// In which conversation.
    public var conversationId: String?
    /// About which order or invoice.
    public var reference: ResolutionReference?
    /// Who asked.
    public var requestedBy: String
    /// The teams of who asked, at that time.
    public var teams: [String]
    /// Who decided or withdrew it; absent where the policy or the clock did.
    public var decidedBy: String?
    /// What that person wrote.
    public var note: String?
    /// What the agent may grant alone in one such case.
    public var limit: Money?
    /// The tier that suffices to agree.
    public var approverTier: String?
    /// The reason for the agent first, then the rules that matched.
    public var because: [String]
    /// Which policy decided.
    public var policy: ResolutionPolicy
    /// When it was asked.
    public var createdAt: Timestamp
    /// When it was decided.
    public var decidedAt: Timestamp?
    /// When it expires unless somebody decides before.
    public var expiresAt: Timestamp?
    /// What became of what was granted.
    public var settlement: ResolutionSettlement?

    /// Makes the value from its members.
    public init(
        resolutionId: String,
        status: ResolutionStatus,
        outcome: ResolutionOutcome,
        say: String? = nil,
        action: String,
        amount: Money? = nil,
        reason: String,
        customerId: String? = nil,
        conversationId: String? = nil,
        reference: ResolutionReference? = nil,
        requestedBy: String,
        teams: [String],
        decidedBy: String? = nil,
        note: String? = nil,
        limit: Money? = nil,
        approverTier: String? = nil,
        because: [String],
        policy: ResolutionPolicy,
        createdAt: Timestamp,
        decidedAt: Timestamp? = nil,
        expiresAt: Timestamp? = nil,
        settlement: ResolutionSettlement? = nil
    ) {
        self.resolutionId = resolutionId
        self.status = status
        self.outcome = outcome
        self.say = say
        self.action = action
        self.amount = amount
        self.reason = reason
        self.customerId = customerId
        self.conversationId = conversationId
        self.reference = reference
        self.requestedBy = requestedBy
        self.teams = teams
        self.decidedBy = decidedBy
        self.note = note
        self.limit = limit
        self.approverTier = approverTier
        self.because = because
        self.policy = policy
        self.createdAt = createdAt
        self.decidedAt = decidedAt
        self.expiresAt = expiresAt
        self.settlement = settlement
    }
}

/// The report on what became of something granted.
public struct ResolutionSettlement: Codable, Sendable, Hashable {
    /// What became of it.
    public var result: SettlementResult
    /// The number of a payment or shipment.
    public var reference: String?
    /// Who reported it.
    public var by: String
    /// When.
    public var at: Timestamp
    /// Of what failed or was reversed: whether the money is out of the windows, for which a supervisor or an
    /// integration says so.
    public var confirmed: Bool?
    /// Who confirmed it.
    public var confirmedBy: String?
    /// When it was confirmed.
    public var confirmedAt: Timestamp?

    /// Makes the value from its members.
    public init(
        result: SettlementResult,
        reference: String? = nil,
        by: String,
        at: Timestamp,
        confirmed: Bool? = nil,
        confirmedBy: String? = nil,
        confirmedAt: Timestamp? = nil
    ) {
        self.result = result
        self.reference = reference
        self.by = by
        self.at = at
        self.confirmed = confirmed
        self.confirmedBy = confirmedBy
        self.confirmedAt = confirmedAt
    }
}

/// What a grant is about, such as `{"type": "order", "id": "OH-26-104233"}`.
public struct ResolutionReference: Codable, Sendable, Hashable {
    /// The kind of thing, such as `order`.
    public var type: String
    /// Its number.
    public var id: String

    /// Makes the value from its members.
    public init(
        type: String,
        id: String
    ) {
        self.type = type
        self.id = id
    }
}

/// Which policy decided, and by which rules.
public struct ResolutionPolicy: Codable, Sendable, Hashable {
    /// The version; 0 when there was no policy.
    public var version: Int
    /// The decision that was asked.
    public var decision: String
    /// The ids of the rules that matched, in the order of evaluation.
    public var rules: [String]
    /// The hash of the version's source.
    public var sha256: String?

    /// Makes the value from its members.
    public init(
        version: Int,
        decision: String,
        rules: [String],
        sha256: String? = nil
    ) {
        self.version = version
        self.decision = decision
        self.rules = rules
        self.sha256 = sha256
    }
}
