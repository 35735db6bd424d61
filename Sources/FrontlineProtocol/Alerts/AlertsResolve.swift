public import JSONRPC
public import Vocabulary

/// Ends alerts and says what came of them.
public enum AlertsResolve: FrontlineMethod {
    /// What `alerts.resolve` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The alerts; each must be visible to the caller.
        public var alertIds: [String]?
        /// Instead: every live alert of this group that the caller may see.
        public var group: String?
        /// What came of them.
        public var outcome: AlertOutcome
        /// What to know about it; personal data is taken out.
        public var note: String?

        /// Makes the value from its members.
        public init(alertIds: [String]? = nil, group: String? = nil, outcome: AlertOutcome, note: String? = nil) {
            self.alertIds = alertIds
            self.group = group
            self.outcome = outcome
            self.note = note
        }
    }

    /// The alerts as they are now.
    public typealias Result = AlertBatch

    /// The name on the wire.
    public static let name = "alerts.resolve"
    /// The method in one line.
    public static let summary = "Ends alerts and says what came of them"
    /// More about it.
    public static let details = """
        All or nothing. Alerts that expired can still be given an outcome; one that was resolved with another outcome is
        `conflict`. A resolved surge begins anew while its contacts keep coming.
        """
    /// Who may call it.
    public static let access = MethodAccess.supervisors
    /// What each parameter means.
    public static let parameters = [
        "alert_ids": "The alerts; each must be visible to the caller",
        "group": "Instead: every live alert of this group that the caller may see",
        "outcome": "What came of them",
        "note": "What to know about it; personal data is taken out",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try AlertSelectionCheck.check(params.alertIds, params.group)
        if let note = params.note { try Limits.check(note, path: "params.note") }
    }
}
