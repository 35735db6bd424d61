// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum AlertsList: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var status: AlertStatus?
        public var severity: Severity?
        public var after: String?
        public var kinds: [String]?
        public var teams: [String]?
        public var agents: [String]?
        public var customerId: String?
        public var conversationId: String?
        public var limit: Int?
        public var cursor: Cursor?

        public init(
            status: AlertStatus? = nil,
            severity: Severity? = nil,
            after: String? = nil,
            kinds: [String]? = nil,
            teams: [String]? = nil,
            agents: [String]? = nil,
            customerId: String? = nil,
            conversationId: String? = nil,
            limit: Int? = nil,
            cursor: Cursor? = nil
        ) {
            self.status = status
            self.severity = severity
            self.after = after
            self.kinds = kinds
            self.teams = teams
            self.agents = agents
            self.customerId = customerId
            self.conversationId = conversationId
            self.limit = limit
            self.cursor = cursor
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The alerts; members of a surge among them.
        public var alerts: [AlertMessage]
        /// Where to go on; absent at the end.
        public var nextCursor: Cursor?

        public init(alerts: [AlertMessage], nextCursor: Cursor? = nil) {
            self.alerts = alerts
            self.nextCursor = nextCursor
        }
    }

    public static let name = "alerts.list"
    public static let summary = "Lists the alerts that the caller may see, oldest first"
    public static let access = MethodAccess.alertReaders
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
    public static let parameters = [
        "status": "Only alerts in this state",
        "severity": "The least severity wanted",
        "after": "Only alerts with an event after this cursor of the stream, or after `\"last\"`: see `alerts.read`",
        "kinds": "Only alerts of these kinds",
        "teams": "Only alerts of these teams",
        "agents": "Only alerts of contacts that one of these agents leads",
        "customer_id": "Only alerts of this customer",
        "conversation_id": "Only alerts of this conversation",
        "limit": "How many at most; 50 unless given, from 1 to 500",
        "cursor": "Where to go on, from `next_cursor`",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...500, path: "params.limit")
        try Limits.checkAlertFilters(kinds: params.kinds, teams: params.teams, agents: params.agents)
        try Limits.checkName(params.customerId, path: "params.customer_id")
    }
}

public enum AlertsGet: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var alertId: String

        public init(alertId: String) {
            self.alertId = alertId
        }
    }

    /// The alert.
    public typealias Result = AlertMessage

    public static let name = "alerts.get"
    public static let summary = "Answers one alert as it is now"
    public static let access = MethodAccess.alertReaders
    public static let parameters = ["alert_id": "The alert"]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
