public import JSONRPC
public import Vocabulary

/// Ends a conversation; later turns are refused.
///
/// Closing it again with the same disposition, or with none, answers the same; with another one it is
/// `conflict`.
public enum ConversationClose: FrontlineMethod {
    /// What `conversation.close` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String
        /// How it ended.
        public var disposition: ConversationDisposition?
        /// The agent for whom an integration acts; recorded.
        public var onBehalfOf: String?

        /// Makes the value from its members.
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

    /// What `conversation.close` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The conversation.
        public var conversationId: String
        /// When it was closed first.
        public var closedAt: Timestamp
        /// How it ended.
        public var disposition: ConversationDisposition?
        /// What it was about, in the words of the customer.
        public var summary: String?

        /// Makes the value from its members.
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

    /// The name on the wire.
    public static let name = "conversation.close"
    /// The method in one line.
    public static let summary = "Ends a conversation; later turns are refused"
    /// More about it.
    public static let details = """
        Closing it again with the same disposition, or with none, answers the same; with another one it is
        `conflict`.
        """
    /// Who may call it.
    public static let access = MethodAccess.conversationActors
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    /// What each parameter means.
    public static let parameters = [
        "conversation_id": "The conversation",
        "disposition": "How it ended",
        "on_behalf_of": "The agent for whom an integration acts; recorded",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.disposition?.code, path: "params.disposition.code")
        if let note = params.disposition?.note { try Limits.check(note, path: "params.disposition.note") }
        try Limits.checkName(params.onBehalfOf, path: "params.on_behalf_of")
    }
}
