public import JSONRPC
public import Vocabulary

/// Tells what would be decided now; changes nothing.
public enum ResolutionEvaluate: FrontlineMethod {
    /// What `resolution.evaluate` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// What is to be granted, such as `refund`; the policy names the actions.
        public var action: String
        /// How much; absent for an exception without money.
        public var amount: MoneyAmount?
        /// Why, as a code of the policy such as `late_delivery`.
        public var reason: String
        /// For whom; not needed with a conversation, whose customer it then is.
        public var customerId: String?
        /// In which conversation.
        public var conversationId: String?
        /// About which order or invoice.
        public var reference: ResolutionReference?
        /// Further facts: `customer` completes what is known of the customer (an agent's under `stated`), the rest is the input
        /// `context`.
        public var context: JSON?

        /// Makes the value from its members.
        public init(
            action: String,
            amount: MoneyAmount? = nil,
            reason: String,
            customerId: String? = nil,
            conversationId: String? = nil,
            reference: ResolutionReference? = nil,
            context: JSON? = nil
        ) {
            self.action = action
            self.amount = amount
            self.reason = reason
            self.customerId = customerId
            self.conversationId = conversationId
            self.reference = reference
            self.context = context
        }
    }

    /// What `resolution.evaluate` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// What the policy says.
        public var outcome: ResolutionOutcome
        /// A sentence for the customer, in the customer's language.
        public var say: String?
        /// What the agent may grant alone in one such case.
        public var limit: MoneyAmount?
        /// What is left of the agent's own windows, by their names.
        public var remaining: [String: MoneyAmount]?
        /// The tier that suffices to agree.
        public var approverTier: String?
        /// The reason for the agent first, then the rules that matched.
        public var because: [String]
        /// Which policy was asked.
        public var policy: ResolutionPolicy
        /// The windows that the policy names, before the request.
        public var history: JSON

        /// Makes the value from its members.
        public init(
            outcome: ResolutionOutcome,
            say: String? = nil,
            limit: MoneyAmount? = nil,
            remaining: [String: MoneyAmount]? = nil,
            approverTier: String? = nil,
            because: [String],
            policy: ResolutionPolicy,
            history: JSON
        ) {
            self.outcome = outcome
            self.say = say
            self.limit = limit
            self.remaining = remaining
            self.approverTier = approverTier
            self.because = because
            self.policy = policy
            self.history = history
        }
    }

    /// The name on the wire.
    public static let name = "resolution.evaluate"
    /// The method in one line.
    public static let summary = "Tells what would be decided now; changes nothing"
    /// More about it.
    public static let details = """
        Members of `context` named `request`, `agent`, `history` or `now` are refused: the server knows these itself. Its member
        `customer` completes what is known of the customer: what an agent says is seen under `customer.stated`, what an
        integration says at the top, and what the conversation knows overrules both. Actions and reasons are those that the policy
        knows; for another, `expected` lists them. `say` is made from the texts `resolution`.
        """
    /// Who may call it.
    public static let access = MethodAccess.granters
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
    /// What each parameter means.
    public static let parameters = [
        "action": "What is to be granted, such as `refund`; the policy names the actions",
        "amount": "How much; absent for an exception without money",
        "reason": "Why, as a code of the policy such as `late_delivery`",
        "customer_id": "For whom; not needed with a conversation, whose customer it then is",
        "conversation_id": "In which conversation",
        "reference": "About which order or invoice",
        "context":
            "Further facts: `customer` completes what is known of the customer (an agent's under `stated`), the rest is the input `context`",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .unavailable]
}
