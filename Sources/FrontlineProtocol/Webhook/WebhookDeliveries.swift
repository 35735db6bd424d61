// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum WebhookDeliveries: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var webhook: String?
        public var state: WebhookDeliveryState?
        public var limit: Int?
        public var cursor: Cursor?

        public init(
            webhook: String? = nil,
            state: WebhookDeliveryState? = nil,
            limit: Int? = nil,
            cursor: Cursor? = nil
        ) {
            self.webhook = webhook
            self.state = state
            self.limit = limit
            self.cursor = cursor
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The deliveries, newest first.
        public var deliveries: [Delivery]
        /// Where to go on; absent at the end.
        public var nextCursor: Cursor?

        public init(deliveries: [Delivery], nextCursor: Cursor? = nil) {
            self.deliveries = deliveries
            self.nextCursor = nextCursor
        }
    }

    /// An event for a webhook.
    public struct Delivery: Codable, Sendable, Hashable {
        /// Its id, for `webhook.replay`.
        public var deliveryId: String
        /// The webhook.
        public var webhook: String
        /// The id of the event, which the receiver gets as `webhook-id`.
        public var eventId: String
        /// The type of the event.
        public var type: String
        /// What it is about.
        public var subject: String
        /// Where it stands.
        public var state: WebhookDeliveryState
        /// Attempts that were made.
        public var attempts: Int
        /// When the event happened.
        public var createdAt: Timestamp
        /// When it is sent, while it waits and nothing before it does.
        public var dueAt: Timestamp?
        /// When it came to its end.
        public var endedAt: Timestamp?
        /// The status of the last answer.
        public var status: Int?
        /// What was wrong with the last attempt.
        public var problem: String?

        public init(
            deliveryId: String,
            webhook: String,
            eventId: String,
            type: String,
            subject: String,
            state: WebhookDeliveryState,
            attempts: Int,
            createdAt: Timestamp,
            dueAt: Timestamp? = nil,
            endedAt: Timestamp? = nil,
            status: Int? = nil,
            problem: String? = nil
        ) {
            self.deliveryId = deliveryId
            self.webhook = webhook
            self.eventId = eventId
            self.type = type
            self.subject = subject
            self.state = state
            self.attempts = attempts
            self.createdAt = createdAt
            self.dueAt = dueAt
            self.endedAt = endedAt
            self.status = status
            self.problem = problem
        }
    }

    public static let name = "webhook.deliveries"
    public static let summary = "Lists what webhooks were or are to be told, newest first"
    public static let details = """
        What was sent is not kept, nor what the receiver answered beyond its status. `keep` in `rules/webhooks.yaml` says for how \
        long deliveries that ended are listed.
        """
    public static let access = MethodAccess.rulesKeepers
    public static let parameters = [
        "webhook": "Only those of this webhook",
        "state": "Only those in this state",
        "limit": "How many at most; 50 unless given, from 1 to 500",
        "cursor": "Where to go on, from `next_cursor`",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.webhook, path: "params.webhook")
        try Limits.check(params.limit, in: 1...500, path: "params.limit")
    }
}
