public import JSONRPC
public import Vocabulary

/// Lists the alerts that the caller may see, oldest first.
public enum AlertsList: FrontlineMethod {
    /// What `alerts.list` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// Only alerts in this state.
        public var status: AlertStatus?
        /// The least severity wanted.
        public var severity: Severity?
        /// Only alerts with an event after this cursor of the stream, or after `"last"`: see `alerts.read`.
        public var after: String?
        /// Only alerts of these kinds.
        public var kinds: [String]?
        /// Only alerts of these teams.
        public var teams: [String]?
        /// Only alerts of contacts that one of these agents leads.
        public var agents: [String]?
        /// Only alerts of this customer.
        public var customerId: String?
        /// Only alerts of this conversation.
        public var conversationId: String?
        /// How many at most; 50 unless given, from 1 to 500.
        public var limit: Int?
        /// Where to go on, from `next_cursor`.
        public var cursor: String?

        /// Makes the value from its members.
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
            cursor: String? = nil
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

    /// What `alerts.list` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The alerts; members of a surge among them.
        public var alerts: [AlertMessage]
        /// Where to go on; absent at the end.
        public var nextCursor: String?

        /// Makes the value from its members.
        public init(alerts: [AlertMessage], nextCursor: String? = nil) {
            self.alerts = alerts
            self.nextCursor = nextCursor
        }
    }

    /// The name on the wire.
    public static let name = "alerts.list"
    /// The method in one line.
    public static let summary = "Lists the alerts that the caller may see, oldest first"
    /// Who may call it.
    public static let access = MethodAccess.alertReaders
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
    /// What each parameter means.
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

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...500, path: "params.limit")
        try Limits.checkAlertFilters(kinds: params.kinds, teams: params.teams, agents: params.agents)
        try Limits.checkName(params.customerId, path: "params.customer_id")
    }
}
