public import JSONRPC
public import Vocabulary

/// Opens a conversation.
///
/// Idempotent by `conversation_id`: a known one that the caller may see is answered and stays as it is, open or
/// closed, whatever else is given. Its teams are those of the agent.
public enum ConversationOpen: FrontlineMethod {
    /// What `conversation.open` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// Its name; a new one unless given, a known one is answered as it is.
        public var conversationId: String?
        /// Where it takes place, such as `phone` or `chat`.
        public var channel: String
        /// Who leads it; the caller unless given, and only supervisors and integrations name others.
        public var agent: String?
        /// Who the customer is: an object with `id`; other texts in it are redacted.
        public var customer: JSON?
        /// Its language.
        public var locale: String?
        /// Its names in other systems, by system.
        public var externalIds: [String: String]?
        /// The conversation that it continues.
        public var continues: String?
        /// The script that fits.
        public var scriptId: String?
        /// Its tags.
        public var tags: [String]?
        /// The agent for whom an integration acts; recorded.
        public var onBehalfOf: String?

        /// Makes the value from its members.
        public init(
            conversationId: String? = nil,
            channel: String,
            agent: String? = nil,
            customer: JSON? = nil,
            locale: String? = nil,
            externalIds: [String: String]? = nil,
            continues: String? = nil,
            scriptId: String? = nil,
            tags: [String]? = nil,
            onBehalfOf: String? = nil
        ) {
            self.conversationId = conversationId
            self.channel = channel
            self.agent = agent
            self.customer = customer
            self.locale = locale
            self.externalIds = externalIds
            self.continues = continues
            self.scriptId = scriptId
            self.tags = tags
            self.onBehalfOf = onBehalfOf
        }
    }

    /// What `conversation.open` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String

        /// Makes the value from its members.
        public init(conversationId: String) {
            self.conversationId = conversationId
        }
    }

    /// The name on the wire.
    public static let name = "conversation.open"
    /// The method in one line.
    public static let summary = "Opens a conversation"
    /// More about it.
    public static let details = """
        Idempotent by `conversation_id`: a known one that the caller may see is answered and stays as it is, open or
        closed, whatever else is given. Its teams are those of the agent.
        """
    /// Who may call it.
    public static let access = MethodAccess.conversationActors
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.init(.conversation, "continues", optional: \.continues)] }
    /// What opens a conversation comes before what names it.
    public static var ordering: [OrderingKey<Params>] { [.init(.conversation, optional: \.conversationId)] }
    /// What each parameter means.
    public static let parameters = [
        "conversation_id": "Its name; a new one unless given, a known one is answered as it is",
        "channel": "Where it takes place, such as `phone` or `chat`",
        "agent": "Who leads it; the caller unless given, and only supervisors and integrations name others",
        "customer": "Who the customer is: an object with `id`; other texts in it are redacted",
        "locale": "Its language",
        "external_ids": "Its names in other systems, by system",
        "continues": "The conversation that it continues",
        "script_id": "The script that fits",
        "tags": "Its tags",
        "on_behalf_of": "The agent for whom an integration acts; recorded",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.forbidden, .notFound]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.conversationId, path: "params.conversation_id")
        try Limits.checkName(params.channel, path: "params.channel")
        try Limits.checkName(params.agent, path: "params.agent")
        try Limits.checkName(params.locale, path: "params.locale")
        try Limits.checkName(params.continues, path: "params.continues")
        try Limits.checkName(params.scriptId, path: "params.script_id")
        try Limits.checkName(params.onBehalfOf, path: "params.on_behalf_of")
        try ConversationProfile.check(params.customer, params.externalIds, params.tags)
    }
}
