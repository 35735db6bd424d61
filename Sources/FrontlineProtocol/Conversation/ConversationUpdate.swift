public import JSONRPC
public import Vocabulary

/// Writes down what is newly known about a conversation.
public enum ConversationUpdate: FrontlineMethod {
    /// What `conversation.update` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String
        /// Members that replace those of the same name; a null takes one away.
        public var customer: JSON?
        /// Its language.
        public var locale: String?
        /// All its tags.
        public var tags: [String]?
        /// Names in other systems, beside those that are known.
        public var externalIds: [String: String]?
        /// The agent for whom an integration acts; recorded.
        public var onBehalfOf: String?

        /// Makes the value from its members.
        public init(
            conversationId: String,
            customer: JSON? = nil,
            locale: String? = nil,
            tags: [String]? = nil,
            externalIds: [String: String]? = nil,
            onBehalfOf: String? = nil
        ) {
            self.conversationId = conversationId
            self.customer = customer
            self.locale = locale
            self.tags = tags
            self.externalIds = externalIds
            self.onBehalfOf = onBehalfOf
        }
    }

    /// What `conversation.update` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String

        /// Makes the value from its members.
        public init(conversationId: String) {
            self.conversationId = conversationId
        }
    }

    /// The name on the wire.
    public static let name = "conversation.update"
    /// The method in one line.
    public static let summary = "Writes down what is newly known about a conversation"
    /// More about it.
    public static let details = """
        What an integration says of the customer stands at the top of `customer`, what an agent says under `stated`, and neither
        changes the other's. An agent names the customer's id as long as no integration does; another customer inherits nothing.
        """
    /// Who may call it.
    public static let access = MethodAccess.conversationActors
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    /// What each parameter means.
    public static let parameters = [
        "conversation_id": "The conversation",
        "customer": "Members that replace those of the same name and source; a null takes one away",
        "locale": "Its language",
        "tags": "All its tags",
        "external_ids": "Names in other systems, beside those that are known",
        "on_behalf_of": "The agent for whom an integration acts; recorded",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.locale, path: "params.locale")
        try Limits.checkName(params.onBehalfOf, path: "params.on_behalf_of")
        try ConversationProfile.check(params.customer, params.externalIds, params.tags)
    }
}
