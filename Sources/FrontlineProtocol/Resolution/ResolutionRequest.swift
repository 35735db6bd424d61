// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ResolutionRequest: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var idempotencyKey: String
        public var action: String
        public var amount: Money?
        public var reason: String
        public var customerId: String?
        public var conversationId: String?
        public var reference: ResolutionReference?
        public var context: JSON?
    }

    public typealias Result = ResolutionRecord

    public static let name = "resolution.request"
    public static let summary = "Decides a request and reserves its amount, in one durable transaction"
    public static let details = """
        What is approved or waits for approval counts in the windows from now on. A refusal by the policy is a result, not an error.
        Actions and reasons are those that the policy knows; for another, `expected` lists them. Ids of customers and references
        are compared whatever their capitals, dashes and spaces, and answered as they were given.
        """
    public static let access = MethodAccess.granters
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
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
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .unavailable]
}
