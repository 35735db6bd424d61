// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ConversationSubscribe: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var conversationId: String?
        public var mine: Bool?
        public var after: String?

        public init(conversationId: String? = nil, mine: Bool? = nil, after: String? = nil) {
            self.conversationId = conversationId
            self.mine = mine
            self.after = after
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// Names the subscription.
        public var subscriptionId: String
        /// The events come after this cursor.
        public var cursor: Cursor
        /// Events after this cursor that were sent before are no more, because the store has gone back to an earlier time; absent
        /// unless that concerns the cursor asked for.
        public var lostAfter: Cursor?

        public init(subscriptionId: String, cursor: Cursor, lostAfter: Cursor? = nil) {
            self.subscriptionId = subscriptionId
            self.cursor = cursor
            self.lostAfter = lostAfter
        }
    }

    public static let name = "conversation.subscribe"
    public static let summary = "Follows conversations: what a desktop needs when another program observes the call"
    public static let details = """
        Events come as `conversation.event` in the order of their cursors. They are kept as long as the transcripts;
        a cursor before the oldest that is kept goes on from there.
        """
    public static let access = MethodAccess.conversationReaders
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
    public static let parameters = [
        "conversation_id": "Only this conversation",
        "mine": "Only those that the caller leads",
        "after": "The cursor after which events are wanted; from now on unless given",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .busy, .unavailable]
}

public enum ConversationUnsubscribe: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var subscriptionId: String

        public init(subscriptionId: String) {
            self.subscriptionId = subscriptionId
        }
    }

    public typealias Result = NoParams

    public static let name = "conversation.unsubscribe"
    public static let summary = "Ends a subscription of this connection"
    public static let access = MethodAccess.conversationReaders
    public static let parameters = [
        "subscription_id": "The subscription"
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}

public enum ConversationEvent: RPCNotification {
    public struct Params: Codable, Sendable, Hashable {
        /// The subscription.
        public var subscriptionId: String
        /// Its place in the log; later events have larger ones.
        public var cursor: Cursor
        /// The conversation.
        public var conversationId: String
        /// What happened.
        public var event: ConversationEventKind
        /// What there is to know; of a turn what `conversation.observe` answered.
        public var data: JSON
    }

    public static let name = "conversation.event"
    public static let summary = "Something happened in a conversation"
}

/// A subscription has had nothing to tell for a while and is alive.
public enum ConversationHeartbeat: RPCNotification {
    public struct Params: Codable, Sendable, Hashable {
        /// The subscription.
        public var subscriptionId: String
        /// Everything up to here was sent or left out.
        public var cursor: Cursor
    }

    public static let name = "conversation.heartbeat"
    public static let summary = "A subscription without news is alive"
}

/// A subscription was ended because its client did not keep up; it can begin again after the cursor.
public enum ConversationLagging: RPCNotification {
    public typealias Params = ConversationHeartbeat.Params

    public static let name = "conversation.lagging"
    public static let summary = "A subscription was dropped because its client does not keep up"
}
