// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum WebhookList: FrontlineMethod {
    public typealias Params = NoParams

    public struct Result: Codable, Sendable, Hashable {
        /// The webhooks in force, by name.
        public var webhooks: [Webhook]

        public init(webhooks: [Webhook]) {
            self.webhooks = webhooks
        }
    }

    /// A webhook.
    public struct Webhook: Codable, Sendable, Hashable {
        /// Its name in `rules/webhooks.yaml`.
        public var webhook: String
        /// Where events are sent, without what could be a secret.
        public var url: String
        /// The types of events, or patterns.
        public var events: [String]
        /// The teams whose events it gets; `*` for all.
        public var teams: [String]
        /// How it stands.
        public var state: WebhookState
        /// Deliveries that are queued.
        public var waiting: Int
        /// When the oldest event happened that is queued.
        public var oldestAt: Timestamp?
        /// Events that it has not looked at yet, whether it wants them or not.
        public var behind: Int
        /// Deliveries that arrived since it was published.
        public var delivered: Int
        /// Deliveries that were given up.
        public var failed: Int
        /// Failures since the last success.
        public var failures: Int
        /// When its receiver took something last.
        public var succeededAt: Timestamp?
        /// When an attempt failed last.
        public var failedAt: Timestamp?
        /// The status of the last failure, if there was an answer.
        public var status: Int?
        /// What was wrong at the last failure.
        public var problem: String?
        /// Until when its receiver is left alone.
        public var resumesAt: Timestamp?

        public init(
            webhook: String,
            url: String,
            events: [String],
            teams: [String],
            state: WebhookState,
            waiting: Int,
            oldestAt: Timestamp? = nil,
            behind: Int,
            delivered: Int,
            failed: Int,
            failures: Int,
            succeededAt: Timestamp? = nil,
            failedAt: Timestamp? = nil,
            status: Int? = nil,
            problem: String? = nil,
            resumesAt: Timestamp? = nil
        ) {
            self.webhook = webhook
            self.url = url
            self.events = events
            self.teams = teams
            self.state = state
            self.waiting = waiting
            self.oldestAt = oldestAt
            self.behind = behind
            self.delivered = delivered
            self.failed = failed
            self.failures = failures
            self.succeededAt = succeededAt
            self.failedAt = failedAt
            self.status = status
            self.problem = problem
            self.resumesAt = resumesAt
        }
    }

    public static let name = "webhook.list"
    public static let summary = "Lists the webhooks in force, and how their receivers behave"
    public static let details = """
        Webhooks are declared in `rules/webhooks.yaml`. A receiver that fails several times in a row is left alone for a while, \
        and then tried with one delivery.
        """
    public static let access = MethodAccess.rulesKeepers
}
