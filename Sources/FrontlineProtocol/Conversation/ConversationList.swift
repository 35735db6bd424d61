public import JSONRPC
public import Vocabulary

/// Lists conversations in the order in which they were opened.
public enum ConversationList: FrontlineMethod {
    /// What `conversation.list` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// Only those that this agent leads.
        public var agent: String?
        /// Only those of this team.
        public var team: String?
        /// Only those of this customer.
        public var customerId: String?
        /// Only those with this name in another system.
        public var externalId: String?
        /// Only those that go on, or that have ended.
        public var status: ConversationStatus?
        /// Only those opened at this moment or later.
        public var since: Timestamp?
        /// How many at most; 50 unless given, from 1 to 100.
        public var limit: Int?
        /// Where to go on, from `next_cursor`.
        public var cursor: String?
        /// The agent for whom an integration asks: only what that agent leads.
        public var onBehalfOf: String?

        /// Makes the value from its members.
        public init(
            agent: String? = nil,
            team: String? = nil,
            customerId: String? = nil,
            externalId: String? = nil,
            status: ConversationStatus? = nil,
            since: Timestamp? = nil,
            limit: Int? = nil,
            cursor: String? = nil,
            onBehalfOf: String? = nil
        ) {
            self.agent = agent
            self.team = team
            self.customerId = customerId
            self.externalId = externalId
            self.status = status
            self.since = since
            self.limit = limit
            self.cursor = cursor
            self.onBehalfOf = onBehalfOf
        }
    }

    /// What `conversation.list` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The conversations that fit and that the caller may see.
        public var conversations: [ConversationFacts]
        /// Where to go on; absent at the end.
        public var nextCursor: String?

        /// Makes the value from its members.
        public init(conversations: [ConversationFacts], nextCursor: String? = nil) {
            self.conversations = conversations
            self.nextCursor = nextCursor
        }
    }

    /// The name on the wire.
    public static let name = "conversation.list"
    /// The method in one line.
    public static let summary = "Lists conversations in the order in which they were opened"
    /// Who may call it.
    public static let access = MethodAccess.conversationReaders
    /// What each parameter means.
    public static let parameters = [
        "agent": "Only those that this agent leads",
        "team": "Only those of this team",
        "customer_id": "Only those of this customer",
        "external_id": "Only those with this name in another system",
        "status": "Only those that go on, or that have ended",
        "since": "Only those opened at this moment or later",
        "limit": "How many at most; 50 unless given, from 1 to 100",
        "cursor": "Where to go on, from `next_cursor`",
        "on_behalf_of": "The agent for whom an integration asks: only what that agent leads",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.forbidden]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
