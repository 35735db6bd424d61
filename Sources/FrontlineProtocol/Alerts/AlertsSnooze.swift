public import JSONRPC
public import Vocabulary

/// Keeps alerts quiet until a time.
public enum AlertsSnooze: FrontlineMethod {
    /// What `alerts.snooze` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The alerts; each must be visible to the caller.
        public var alertIds: [String]?
        /// Instead: every live alert of this group that the caller may see.
        public var group: String?
        /// Until when; at most for the seven days that an alert lives.
        public var until: Timestamp

        /// Makes the value from its members.
        public init(alertIds: [String]? = nil, group: String? = nil, until: Timestamp) {
            self.alertIds = alertIds
            self.group = group
            self.until = until
        }
    }

    /// The alerts as they are now.
    public typealias Result = AlertBatch

    /// The name on the wire.
    public static let name = "alerts.snooze"
    /// The method in one line.
    public static let summary = "Keeps alerts quiet until a time"
    /// More about it.
    public static let details = """
        All or nothing. A snoozed alert does not escalate and tells nothing unless it gets worse; at its time it comes
        back as `updated`.
        """
    /// Who may call it.
    public static let access = MethodAccess.supervisors
    /// What each parameter means.
    public static let parameters = [
        "alert_ids": "The alerts; each must be visible to the caller",
        "group": "Instead: every live alert of this group that the caller may see",
        "until": "Until when; at most for the seven days that an alert lives",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try AlertSelectionCheck.check(params.alertIds, params.group)
    }
}
