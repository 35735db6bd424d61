public import JSONRPC
public import Vocabulary

/// Reads a request with everything it was decided on.
public enum ResolutionGet: FrontlineMethod {
    /// What `resolution.get` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The request.
        public var resolutionId: String

        /// Makes the value from its members.
        public init(
            resolutionId: String
        ) {
            self.resolutionId = resolutionId
        }
    }

    /// What `resolution.get` answers: the request as in lists, and what it was decided on.
    public struct Result: Codable, Sendable, Hashable {
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
        public var amount: MoneyAmount?
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
        public var limit: MoneyAmount?
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
        /// What the policy saw of request, agent, customer and context.
        public var inputs: JSON
        /// The windows that the policy names, before the request.
        public var history: JSON
        /// The same once the request itself counted.
        public var historyAfter: JSON
        /// What happened to it, oldest first.
        public var events: [Event]

        /// Makes the value from its members.
        public init(
            resolutionId: String,
            status: ResolutionStatus,
            outcome: ResolutionOutcome,
            say: String? = nil,
            action: String,
            amount: MoneyAmount? = nil,
            reason: String,
            customerId: String? = nil,
            conversationId: String? = nil,
            reference: ResolutionReference? = nil,
            requestedBy: String,
            teams: [String],
            decidedBy: String? = nil,
            note: String? = nil,
            limit: MoneyAmount? = nil,
            approverTier: String? = nil,
            because: [String],
            policy: ResolutionPolicy,
            createdAt: Timestamp,
            decidedAt: Timestamp? = nil,
            expiresAt: Timestamp? = nil,
            settlement: ResolutionSettlement? = nil,
            inputs: JSON,
            history: JSON,
            historyAfter: JSON,
            events: [Event]
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
            self.inputs = inputs
            self.history = history
            self.historyAfter = historyAfter
            self.events = events
        }
    }

    /// Something that happened to a request.
    public struct Event: Codable, Sendable, Hashable {
        /// What happened: `approved`, `pending`, `denied`, `rejected`, `cancelled`, `expired`, `done`, `failed`, `reversed`.
        public var event: String
        /// When.
        public var at: Timestamp
        /// Who did it; absent for the clock.
        public var actor: String?
        /// What that person wrote.
        public var note: String?

        /// Makes the value from its members.
        public init(
            event: String,
            at: Timestamp,
            actor: String? = nil,
            note: String? = nil
        ) {
            self.event = event
            self.at = at
            self.actor = actor
            self.note = note
        }
    }

    /// The name on the wire.
    public static let name = "resolution.get"
    /// The method in one line.
    public static let summary = "Reads a request with everything it was decided on"
    /// Who may call it.
    public static let access = MethodAccess.grantReaders
    /// What its calls are ordered by.
    public static var ordering: [OrderingKey<Params>] { [.init(.resolution, \.resolutionId)] }
    /// What each parameter means.
    public static let parameters = [
        "resolution_id": "The request"
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
