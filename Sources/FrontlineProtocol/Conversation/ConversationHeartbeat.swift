public import JSONRPC

/// A subscription has had nothing to tell for a while and is alive.
public enum ConversationHeartbeat: RPCNotification {
    /// What `conversation.heartbeat` carries.
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
    public static let name = "conversation.heartbeat"
    /// The message in one line.
    public static let summary = "A subscription without news is alive"
}
