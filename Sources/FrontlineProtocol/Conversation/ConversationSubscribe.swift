public import JSONRPC

/// Follows conversations: what a desktop needs when another program observes the call.
///
/// Events come as `conversation.event` in the order of their cursors. They are kept as long as the transcripts;
/// a cursor before the oldest that is kept goes on from there.
public enum ConversationSubscribe: FrontlineMethod {
    /// What `conversation.subscribe` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// Only this conversation.
        public var conversationId: String?
        /// Only those that the caller leads.
        public var mine: Bool?
        /// The cursor after which events are wanted; from now on unless given.
        public var after: String?

        /// Makes the value from its members.
        public init(conversationId: String? = nil, mine: Bool? = nil, after: String? = nil) {
            self.conversationId = conversationId
            self.mine = mine
            self.after = after
        }
    }

    /// What `conversation.subscribe` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// Names the subscription.
        public var subscriptionId: String
        /// The events come after this cursor.
        public var cursor: String

        /// Makes the value from its members.
        public init(subscriptionId: String, cursor: String) {
            self.subscriptionId = subscriptionId
            self.cursor = cursor
        }
    }

    /// The name on the wire.
    public static let name = "conversation.subscribe"
    /// The method in one line.
    public static let summary = "Follows conversations: what a desktop needs when another program observes the call"
    /// More about it.
    public static let details = """
        Events come as `conversation.event` in the order of their cursors. They are kept as long as the transcripts;
        a cursor before the oldest that is kept goes on from there.
        """
    /// Who may call it.
    public static let access = MethodAccess.conversationReaders
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
    /// What each parameter means.
    public static let parameters = [
        "conversation_id": "Only this conversation",
        "mine": "Only those that the caller leads",
        "after": "The cursor after which events are wanted; from now on unless given",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .busy, .unavailable]
}
