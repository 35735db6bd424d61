public import JSONRPC
public import Vocabulary

/// Subscribes the connection to what happens to alerts.
///
/// After the answer come `alerts.event` notifications in the order of their cursors, without gaps; filters leave events
/// out and never reorder them. After 15 seconds without an event comes `alerts.heartbeat`. Who does not keep up gets
/// `alerts.lagging` with the cursor to subscribe again from, and is dropped.
public enum AlertsSubscribe: FrontlineMethod {
    /// What `alerts.subscribe` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// Only events after this cursor; `"0"` is the beginning, `"last"` what `alerts.read` told, absent is now.
        public var after: String?
        /// The least severity wanted.
        public var severity: Severity?
        /// Only alerts of these kinds.
        public var kinds: [String]?
        /// Only alerts of these teams.
        public var teams: [String]?
        /// Only alerts of contacts that one of these agents leads.
        public var agents: [String]?
        /// Only alerts of this customer.
        public var customerId: String?
        /// Whether members of a surge come too; they do not unless asked for.
        public var includeMuted: Bool?

        /// Makes the value from its members.
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

    /// What `alerts.subscribe` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// Names the subscription.
        public var subscriptionId: String
        /// The cursor it begins after.
        public var cursor: String

        /// Makes the value from its members.
        public init(subscriptionId: String, cursor: String) {
            self.subscriptionId = subscriptionId
            self.cursor = cursor
        }
    }

    /// The name on the wire.
    public static let name = "alerts.subscribe"
    /// The method in one line.
    public static let summary = "Subscribes the connection to what happens to alerts"
    /// More about it.
    public static let details = """
        After the answer come `alerts.event` notifications in the order of their cursors, without gaps; filters leave
        events out and never reorder them. After 15 seconds without an event comes `alerts.heartbeat`. Who does not keep
        up gets `alerts.lagging` with the cursor to subscribe again from, and is dropped. Supervisors hear of their
        teams, agents of their own conversations.
        """
    /// Who may call it.
    public static let access = MethodAccess.alertReaders
    /// What each parameter means.
    public static let parameters = [
        "after": "Only events after this cursor; `\"0\"` is the beginning, `\"last\"` what was read, absent is now",
        "severity": "The least severity wanted",
        "kinds": "Only alerts of these kinds",
        "teams": "Only alerts of these teams",
        "agents": "Only alerts of contacts that one of these agents leads",
        "customer_id": "Only alerts of this customer",
        "include_muted": "Whether members of a surge come too; they do not unless asked for",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.busy, .unavailable]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkAlertFilters(kinds: params.kinds, teams: params.teams, agents: params.agents)
        try Limits.checkName(params.customerId, path: "params.customer_id")
    }
}
