// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ResolutionEvaluate: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var action: String
        public var amount: Money?
        public var reason: String
        public var customerId: String?
        public var conversationId: String?
        public var reference: ResolutionReference?
        public var context: JSON?
    }

    public struct Result: Codable, Sendable, Hashable {
        /// What the policy says.
        public var outcome: ResolutionOutcome
        /// A sentence for the customer, in the customer's language.
        public var say: String?
        /// What the agent may grant alone in one such case.
        public var limit: Money?
        /// What is left of the agent's own windows, by their names.
        public var remaining: [String: Money]?
        /// The tier that suffices to agree.
        public var approverTier: String?
        /// The reason for the agent first, then the rules that matched.
        public var because: [String]
        /// Which policy was asked.
        public var policy: ResolutionPolicy
        /// The windows that the policy names, before the request.
        public var history: JSON

        public init(
            outcome: ResolutionOutcome,
            say: String? = nil,
            limit: Money? = nil,
            remaining: [String: Money]? = nil,
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

    public static let name = "resolution.evaluate"
    public static let summary = "Tells what would be decided now; changes nothing"
    public static let details = """
        Members of `context` named `request`, `agent`, `history` or `now` are refused: the server knows these itself. Its member
        `customer` completes what is known of the customer: what an agent says is seen under `customer.stated`, what an
        integration says at the top, and what the conversation knows overrules both. Actions and reasons are those that the policy
        knows; for another, `expected` lists them. `say` is made from the texts `resolution`.
        """
    public static let access = MethodAccess.granters
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
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
    public static let errors: [RPCErrorDefinition] = [.notFound, .unavailable]
}
