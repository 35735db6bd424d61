public import JSONRPC
public import Vocabulary

/// Something happened in a conversation that the subscriber may see.
public enum ConversationEvent: RPCNotification {
    /// What `conversation.event` carries.
    public struct Params: Codable, Sendable, Hashable {
        /// The subscription.
        public var subscriptionId: String
        /// Its place in the log; later events have larger ones.
        public var cursor: String
        /// The conversation.
        public var conversationId: String
        /// What happened.
        public var event: ConversationEventKind
        /// What there is to know; of a turn what `conversation.observe` answered.
        public var data: JSON

        /// Makes the value from its members.
        public init(
            subscriptionId: String,
            cursor: String,
            conversationId: String,
            event: ConversationEventKind,
            data: JSON
        ) {
            self.subscriptionId = subscriptionId
            self.cursor = cursor
            self.conversationId = conversationId
            self.event = event
            self.data = data
        }
    }

    /// The name on the wire.
    public static let name = "conversation.event"
    /// The message in one line.
    public static let summary = "Something happened in a conversation"
}
