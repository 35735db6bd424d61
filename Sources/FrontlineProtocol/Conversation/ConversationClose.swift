// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ConversationClose: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var conversationId: String
        public var disposition: ConversationDisposition?
        public var onBehalfOf: String?

        public init(
            conversationId: String,
            disposition: ConversationDisposition? = nil,
            onBehalfOf: String? = nil
        ) {
            self.conversationId = conversationId
            self.disposition = disposition
            self.onBehalfOf = onBehalfOf
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String
        /// When it was closed first.
        public var closedAt: Timestamp
        /// How it ended.
        public var disposition: ConversationDisposition?
        /// What it was about, in the words of the customer.
        public var summary: String?

        public init(
            conversationId: String,
            closedAt: Timestamp,
            disposition: ConversationDisposition? = nil,
            summary: String? = nil
        ) {
            self.conversationId = conversationId
            self.closedAt = closedAt
            self.disposition = disposition
            self.summary = summary
        }
    }

    public static let name = "conversation.close"
    public static let summary = "Ends a conversation; later turns are refused"
    public static let details = """
        Closing it again with the same disposition, or with none, answers the same; with another one it is
        `conflict`.
        """
    public static let access = MethodAccess.conversationActors
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    public static let parameters = [
        "conversation_id": "The conversation",
        "disposition": "How it ended",
        "on_behalf_of": "The agent for whom an integration acts; recorded",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.disposition?.code, path: "params.disposition.code")
        if let note = params.disposition?.note { try Limits.check(note, path: "params.disposition.note") }
        try Limits.checkName(params.onBehalfOf, path: "params.on_behalf_of")
    }
}
