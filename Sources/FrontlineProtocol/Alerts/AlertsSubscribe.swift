// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum AlertsSubscribe: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var after: String?
        public var severity: Severity?
        public var kinds: [String]?
        public var teams: [String]?
        public var agents: [String]?
        public var customerId: String?
        public var includeMuted: Bool?

        public init(
            after: String? = nil,
            severity: Severity? = nil,
            kinds: [String]? = nil,
            teams: [String]? = nil,
            agents: [String]? = nil,
            customerId: String? = nil,
            includeMuted: Bool? = nil
        ) {
            self.after = after
            self.severity = severity
            self.kinds = kinds
            self.teams = teams
            self.agents = agents
            self.customerId = customerId
            self.includeMuted = includeMuted
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// Names the subscription.
        public var subscriptionId: String
        /// The cursor it begins after.
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

    public static let name = "alerts.subscribe"
    public static let summary = "Subscribes the connection to what happens to alerts"
    public static let details = """
        After the answer come `alerts.event` notifications in the order of their cursors, without gaps; filters leave
        events out and never reorder them. After 15 seconds without an event comes `alerts.heartbeat`. Who does not keep
        up gets `alerts.lagging` with the cursor to subscribe again from, and is dropped; so does whoever has read events that the
        store has lost, and is then answered `lost_after`. Supervisors hear of their teams, agents of their own conversations.
        """
    public static let access = MethodAccess.alertReaders
    public static let parameters = [
        "after": "Only events after this cursor; `\"0\"` is the beginning, `\"last\"` what was read, absent is now",
        "severity": "The least severity wanted",
        "kinds": "Only alerts of these kinds",
        "teams": "Only alerts of these teams",
        "agents": "Only alerts of contacts that one of these agents leads",
        "customer_id": "Only alerts of this customer",
        "include_muted": "Whether members of a surge come too; they do not unless asked for",
    ]
    public static let errors: [RPCErrorDefinition] = [.busy, .unavailable]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkAlertFilters(kinds: params.kinds, teams: params.teams, agents: params.agents)
        try Limits.checkName(params.customerId, path: "params.customer_id")
    }
}

public enum AlertsUnsubscribe: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var subscriptionId: String

        public init(subscriptionId: String) {
            self.subscriptionId = subscriptionId
        }
    }

    public typealias Result = NoParams

    public static let name = "alerts.unsubscribe"
    public static let summary = "Ends a subscription of this connection"
    public static let access = MethodAccess.alertReaders
    public static let parameters = ["subscription_id": "The subscription"]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}

public enum AlertsEvent: RPCNotification {
    public struct Params: Codable, Sendable, Hashable {
        /// The subscription.
        public var subscriptionId: String
        /// The number of the event.
        public var cursor: Cursor
        /// What happened.
        public var event: AlertEventKind
        /// The alert as it was then.
        public var alert: AlertMessage
    }

    public static let name = "alerts.event"
    public static let summary = "Something happened to an alert"
}

public enum AlertsHeartbeat: RPCNotification {
    public struct Params: Codable, Sendable, Hashable {
        /// The subscription.
        public var subscriptionId: String
        /// Every event up to here was sent or left out.
        public var cursor: Cursor
    }

    public static let name = "alerts.heartbeat"
    public static let summary = "A subscription to alerts is alive, though nothing happens"
}

public enum AlertsLagging: RPCNotification {
    /// The subscription, and the cursor to subscribe again from.
    public typealias Params = AlertsHeartbeat.Params

    public static let name = "alerts.lagging"
    public static let summary = "A subscription to alerts was ended because its client did not keep up"
}

public enum AlertsRead: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var cursor: Cursor

        public init(cursor: Cursor) {
            self.cursor = cursor
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The cursor up to which the caller has seen everything.
        public var cursor: Cursor

        public init(cursor: Cursor) {
            self.cursor = cursor
        }
    }

    public static let name = "alerts.read"
    public static let summary = "Says up to where the caller has seen the events of alerts"
    public static let details = """
        Kept for each subject. `after: "last"` in `alerts.subscribe` and `alerts.list` then goes on there, on whatever
        connection; it is the beginning for a subject that never said what it has seen.
        """
    public static let access = MethodAccess.alertReaders
    public static let parameters = [
        "cursor": "The cursor of the last event that was seen; an earlier cursor than before changes nothing"
    ]
}
