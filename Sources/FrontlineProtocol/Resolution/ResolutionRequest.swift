public import JSONRPC
public import Vocabulary

/// Decides a request and reserves its amount, in one durable transaction.
public enum ResolutionRequest: FrontlineMethod {
    /// What `resolution.request` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// Chosen by the caller: the same key with the same body answers the first answer; keys of different subjects are different.
        public var idempotencyKey: String
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
            idempotencyKey: String,
            action: String,
            amount: MoneyAmount? = nil,
            reason: String,
            customerId: String? = nil,
            conversationId: String? = nil,
            reference: ResolutionReference? = nil,
            context: JSON? = nil
        ) {
            self.idempotencyKey = idempotencyKey
            self.action = action
            self.amount = amount
            self.reason = reason
            self.customerId = customerId
            self.conversationId = conversationId
            self.reference = reference
            self.context = context
        }
    }

    /// What `resolution.request` answers.
    public typealias Result = ResolutionRecord

    /// The name on the wire.
    public static let name = "resolution.request"
    /// The method in one line.
    public static let summary = "Decides a request and reserves its amount, in one durable transaction"
    /// More about it.
    public static let details = """
        What is approved or waits for approval counts in the windows from now on. A refusal by the policy is a result, not an error.
        Actions and reasons are those that the policy knows; for another, `expected` lists them. Ids of customers and references
        are compared whatever their capitals, dashes and spaces, and answered as they were given.
        """
    /// Who may call it.
    public static let access = MethodAccess.granters
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
    /// What each parameter means.
    public static let parameters = [
        "idempotency_key":
            "Chosen by the caller: the same key with the same body answers the first answer; keys of different subjects are different",
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
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .unavailable]
}
