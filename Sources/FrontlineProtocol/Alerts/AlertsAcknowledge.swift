public import JSONRPC

/// Says that somebody looks at alerts; they no longer escalate.
public enum AlertsAcknowledge: FrontlineMethod {
    /// What `alerts.acknowledge` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The alerts; each must be visible to the caller.
        public var alertIds: [String]?
        /// Instead: every live alert of this group that the caller may see.
        public var group: String?
        /// What to know about it; personal data is taken out.
        public var note: String?

        /// Makes the value from its members.
        public init(alertIds: [String]? = nil, group: String? = nil, note: String? = nil) {
            self.alertIds = alertIds
            self.group = group
            self.note = note
        }
    }

    /// The alerts as they are now.
    public typealias Result = AlertBatch

    /// The name on the wire.
    public static let name = "alerts.acknowledge"
    /// The method in one line.
    public static let summary = "Says that somebody looks at alerts; they no longer escalate"
    /// More about it.
    public static let details = """
        All or nothing: an id that does not exist or is not the caller's to see changes nothing. Alerts that are
        acknowledged or over stay as they are, so a repeated call does no harm.
        """
    /// Who may call it.
    public static let access = MethodAccess.supervisors
    /// What each parameter means.
    public static let parameters = [
        "alert_ids": "The alerts; each must be visible to the caller",
        "group": "Instead: every live alert of this group that the caller may see",
        "note": "What to know about it; personal data is taken out",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try AlertSelectionCheck.check(params.alertIds, params.group)
        if let note = params.note { try Limits.check(note, path: "params.note") }
    }
}
