public import JSONRPC

/// The client takes too little of what is sent: the subscription has ended and may begin again after the cursor.
public enum ConversationLagging: RPCNotification {
    /// What `conversation.lagging` carries.
    public struct Params: Codable, Sendable, Hashable {
        /// The subscription.
        public var subscriptionId: String
        /// Everything up to here was sent or left out.
        public var cursor: String

        /// Makes the value from its members.
        public init(subscriptionId: String, cursor: String) {
            self.subscriptionId = subscriptionId
            self.cursor = cursor
        }
    }

    /// The name on the wire.
    public static let name = "conversation.lagging"
    /// The message in one line.
    public static let summary = "A subscription was dropped because its client does not keep up"
}
