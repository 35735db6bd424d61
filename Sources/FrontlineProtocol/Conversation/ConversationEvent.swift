public import JSONRPC

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
        public var event: Kind
        /// What there is to know; of a turn what `conversation.observe` answered.
        public var data: JSON

        /// Makes the value from its members.
        public init(subscriptionId: String, cursor: String, conversationId: String, event: Kind, data: JSON) {
            self.subscriptionId = subscriptionId
            self.cursor = cursor
            self.conversationId = conversationId
            self.event = event
            self.data = data
        }
    }

    /// What happened.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        /// Somebody said something.
        case turn
        /// An alert was raised or has changed.
        case alert
        /// A supervisor tells the agent something about an alert; the customer does not see it.
        case reply
        /// A resolution was requested or decided.
        case resolution
        /// A script session has moved.
        case script
        /// Somebody else leads the conversation now.
        case transferred
        /// It has ended.
        case closed
    }

    /// The name on the wire.
    public static let name = "conversation.event"
    /// The message in one line.
    public static let summary = "Something happened in a conversation"
}
