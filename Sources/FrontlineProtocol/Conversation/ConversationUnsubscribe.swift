public import JSONRPC

/// Ends a subscription of this connection.
public enum ConversationUnsubscribe: FrontlineMethod {
    /// What `conversation.unsubscribe` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The subscription.
        public var subscriptionId: String

        /// Makes the value from its members.
        public init(subscriptionId: String) {
            self.subscriptionId = subscriptionId
        }
    }

    /// It has nothing to say.
    public typealias Result = NoParams

    /// The name on the wire.
    public static let name = "conversation.unsubscribe"
    /// The method in one line.
    public static let summary = "Ends a subscription of this connection"
    /// Who may call it.
    public static let access = MethodAccess.conversationReaders
    /// What each parameter means.
    public static let parameters = [
        "subscription_id": "The subscription"
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
