// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ConversationOpen: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var conversationId: String?
        public var channel: String
        public var agent: String?
        public var customer: JSON?
        public var locale: String?
        public var externalIds: [String: String]?
        public var continues: String?
        public var scriptId: String?
        public var tags: [String]?
        public var onBehalfOf: String?

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

    public struct Result: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String

        public init(conversationId: String) {
            self.conversationId = conversationId
        }
    }

    public static let name = "conversation.open"
    public static let summary = "Opens a conversation"
    public static let details = """
        Idempotent by `conversation_id`: a known one that the caller may see is answered and stays as it is, open or
        closed, whatever else is given. Its teams are those of the agent.
        """
    public static let access = MethodAccess.conversationActors
    public static var contacts: [ContactMember<Params>] { [.init(.conversation, "continues", optional: \.continues)] }
    /// What opens a conversation comes before what names it.
    public static var ordering: [OrderingKey<Params>] { [.init(.conversation, optional: \.conversationId)] }
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
    public static let errors: [RPCErrorDefinition] = [.forbidden, .notFound]

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

public enum ConversationUpdate: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var conversationId: String
        public var customer: JSON?
        public var locale: String?
        public var tags: [String]?
        public var externalIds: [String: String]?
        public var onBehalfOf: String?

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

    public struct Result: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String

        public init(conversationId: String) {
            self.conversationId = conversationId
        }
    }

    public static let name = "conversation.update"
    public static let summary = "Writes down what is newly known about a conversation"
    public static let details = """
        What an integration says of the customer stands at the top of `customer`, what an agent says under `stated`, and neither
        changes the other's. An agent names the customer's id as long as no integration does; another customer inherits nothing.
        """
    public static let access = MethodAccess.conversationActors
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    public static let parameters = [
        "conversation_id": "The conversation",
        "customer": "Members that replace those of the same name and source; a null takes one away",
        "locale": "Its language",
        "tags": "All its tags",
        "external_ids": "Names in other systems, beside those that are known",
        "on_behalf_of": "The agent for whom an integration acts; recorded",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.locale, path: "params.locale")
        try Limits.checkName(params.onBehalfOf, path: "params.on_behalf_of")
        try ConversationProfile.check(params.customer, params.externalIds, params.tags)
    }
}

/// What is checked wherever something is said about a conversation.
enum ConversationProfile {
    private static let maximumTags = 50
    private static let maximumExternalIds = 50

    /// Fails for a customer that is no object, and for tags and names that are too many or not fit to be names.
    static func check(
        _ customer: JSON?,
        _ externalIds: [String: String]?,
        _ tags: [String]?
    ) throws(RPCError) {
        if let customer, customer.object == nil {
            throw .invalidParams(path: "params.customer", expected: "an object with `id`")
        }
        if let tags {
            try Limits.check(tags.count, in: 0...maximumTags, path: "params.tags")
            for (index, tag) in tags.enumerated() { try Limits.checkName(tag, path: "params.tags[\(index)]") }
        }
        guard let externalIds else { return }
        try Limits.check(externalIds.count, in: 0...maximumExternalIds, path: "params.external_ids")
        for (name, id) in externalIds.sorted(by: { $0.key < $1.key }) {
            try Limits.checkName(name, path: "params.external_ids")
            try Limits.checkName(id, path: "params.external_ids.\(name)")
        }
    }
}
