// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ConversationList: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var agent: String?
        public var team: String?
        public var customerId: String?
        public var externalId: String?
        public var status: ConversationStatus?
        public var since: Timestamp?
        public var limit: Int?
        public var cursor: Cursor?
        public var onBehalfOf: String?

        public init(
            agent: String? = nil,
            team: String? = nil,
            customerId: String? = nil,
            externalId: String? = nil,
            status: ConversationStatus? = nil,
            since: Timestamp? = nil,
            limit: Int? = nil,
            cursor: Cursor? = nil,
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

    public struct Result: Codable, Sendable, Hashable {
        /// The conversations that fit and that the caller may see.
        public var conversations: [ConversationFacts]
        /// Where to go on; absent at the end.
        public var nextCursor: Cursor?

        public init(conversations: [ConversationFacts], nextCursor: Cursor? = nil) {
            self.conversations = conversations
            self.nextCursor = nextCursor
        }
    }

    public static let name = "conversation.list"
    public static let summary = "Lists conversations in the order in which they were opened"
    public static let access = MethodAccess.conversationReaders
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
    public static let errors: [RPCErrorDefinition] = [.forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
