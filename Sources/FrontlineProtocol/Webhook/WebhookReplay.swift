// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum WebhookReplay: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var webhook: String
        public var deliveryIds: [String]?
        public var failed: Bool?
        public var since: Timestamp?

        public init(
            webhook: String,
            deliveryIds: [String]? = nil,
            failed: Bool? = nil,
            since: Timestamp? = nil
        ) {
            self.webhook = webhook
            self.deliveryIds = deliveryIds
            self.failed = failed
            self.since = since
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// How many deliveries are queued again; 1,000 if there may be more.
        public var queued: Int

        public init(queued: Int) {
            self.queued = queued
        }
    }

    public static let name = "webhook.replay"
    public static let summary = "Has deliveries of a webhook sent again that have ended"
    public static let details = """
        Exactly one of `delivery_ids`, `failed` and `since` is given. Events keep their ids, so a receiver that has them drops them. \
        At most 1,000 deliveries are queued by one call; those that wait already stay as they are. The body is made anew, of what is \
        stored now.
        """
    public static let access = MethodAccess.operations
    public static let parameters = [
        "webhook": "The webhook",
        "delivery_ids": "These deliveries, from `webhook.deliveries`, 1 to 200",
        "failed": "`true` for all that were given up",
        "since": "All of events that happened at or after this time, whatever became of them",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.webhook, path: "params.webhook")
        let given = [params.deliveryIds != nil, params.failed != nil, params.since != nil].count { $0 }
        guard given == 1 else {
            throw .invalidParams(path: "params", expected: "exactly one of delivery_ids, failed and since")
        }
        try Limits.check(params.deliveryIds?.count, in: 1...200, path: "params.delivery_ids")
        if params.failed == false { throw .invalidParams(path: "params.failed", expected: "true, or no such member") }
    }
}
