public import JSONRPC

/// Says something about an alert to the agent who leads its contact.
///
/// The agent's desktop gets it as the event `reply` of the conversation; the alert keeps it. Personal data is taken out.
public enum AlertsReply: FrontlineMethod {
    /// What `alerts.reply` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The alert; its contact must go on.
        public var alertId: String
        /// What the agent should read, at most 600 characters; personal data is taken out.
        public var text: String

        /// Makes the value from its members.
        public init(alertId: String, text: String) {
            self.alertId = alertId
            self.text = text
        }
    }

    /// The alert as it is now.
    public typealias Result = AlertMessage

    /// The name on the wire.
    public static let name = "alerts.reply"
    /// The method in one line.
    public static let summary = "Says something about an alert to the agent who leads its contact"
    /// More about it.
    public static let details = """
        The agent's desktop gets it as the event `reply` of the conversation, with `alert_id`, `by`, `text` and `at`; the
        alert keeps the last ten. The customer does not see it. The alert stays as it is otherwise: `alerts.acknowledge`
        says that somebody has taken it.
        """
    /// Who may call it.
    public static let access = MethodAccess.supervisors
    /// What each parameter means.
    public static let parameters = [
        "alert_id": "The alert; its contact must go on",
        "text": "What the agent should read, at most 600 characters; personal data is taken out",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict, .forbidden]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.text, path: "params.text")
    }
}
