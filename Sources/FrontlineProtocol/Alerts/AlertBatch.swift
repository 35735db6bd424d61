// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

/// The alerts that a call was about, as they are now.
public struct AlertBatch: Codable, Sendable, Hashable {
    /// The alerts: in the order of the ids, or of a group oldest first.
    public var alerts: [AlertMessage]

    /// Makes the value from its members.
    public init(alerts: [AlertMessage]) {
        self.alerts = alerts
    }
}

/// Checks which alerts a call is about.
enum AlertSelectionCheck {
    private static let maximum = 1_000
    private static let longestGroup = 200

    /// Fails unless there is a list of ids, or a group, and not both.
    static func check(_ ids: [String]?, _ group: String?) throws(RPCError) {
        switch (ids, group) {
        case (let ids?, nil):
            guard (1...maximum).contains(ids.count) else {
                throw .invalidParams(path: "params.alert_ids", expected: "1 to \(maximum) ids")
            }
        case (nil, let group?):
            guard (1...longestGroup).contains(group.count) else {
                throw .invalidParams(path: "params.group", expected: "the name of a group")
            }
        default:
            throw .invalidParams(path: "params.alert_ids", expected: "either alert_ids or group")
        }
    }
}

public enum AlertsAcknowledge: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var alertIds: [String]?
        public var group: String?
        public var note: String?

        public init(alertIds: [String]? = nil, group: String? = nil, note: String? = nil) {
            self.alertIds = alertIds
            self.group = group
            self.note = note
        }
    }

    /// The alerts as they are now.
    public typealias Result = AlertBatch

    public static let name = "alerts.acknowledge"
    public static let summary = "Says that somebody looks at alerts; they no longer escalate"
    public static let details = """
        All or nothing: an id that does not exist or is not the caller's to see changes nothing. Alerts that are
        acknowledged or over stay as they are, so a repeated call does no harm.
        """
    public static let access = MethodAccess.supervisors
    public static let parameters = [
        "alert_ids": "The alerts; each must be visible to the caller",
        "group": "Instead: every live alert of this group that the caller may see",
        "note": "What to know about it; personal data is taken out",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]

    public static func validate(_ params: Params) throws(RPCError) {
        try AlertSelectionCheck.check(params.alertIds, params.group)
        if let note = params.note { try Limits.check(note, path: "params.note") }
    }
}

public enum AlertsResolve: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var alertIds: [String]?
        public var group: String?
        public var outcome: AlertOutcome
        public var note: String?

        public init(alertIds: [String]? = nil, group: String? = nil, outcome: AlertOutcome, note: String? = nil) {
            self.alertIds = alertIds
            self.group = group
            self.outcome = outcome
            self.note = note
        }
    }

    /// The alerts as they are now.
    public typealias Result = AlertBatch

    public static let name = "alerts.resolve"
    public static let summary = "Ends alerts and says what came of them"
    public static let details = """
        All or nothing. Alerts that expired can still be given an outcome; one that was resolved with another outcome is
        `conflict`. A resolved surge begins anew while its contacts keep coming.
        """
    public static let access = MethodAccess.supervisors
    public static let parameters = [
        "alert_ids": "The alerts; each must be visible to the caller",
        "group": "Instead: every live alert of this group that the caller may see",
        "outcome": "What came of them",
        "note": "What to know about it; personal data is taken out",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try AlertSelectionCheck.check(params.alertIds, params.group)
        if let note = params.note { try Limits.check(note, path: "params.note") }
    }
}

public enum AlertsSnooze: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var alertIds: [String]?
        public var group: String?
        public var until: Timestamp

        public init(alertIds: [String]? = nil, group: String? = nil, until: Timestamp) {
            self.alertIds = alertIds
            self.group = group
            self.until = until
        }
    }

    /// The alerts as they are now.
    public typealias Result = AlertBatch

    public static let name = "alerts.snooze"
    public static let summary = "Keeps alerts quiet until a time"
    public static let details = """
        All or nothing. A snoozed alert does not escalate and tells nothing unless it gets worse; at its time it comes
        back as `updated`.
        """
    public static let access = MethodAccess.supervisors
    public static let parameters = [
        "alert_ids": "The alerts; each must be visible to the caller",
        "group": "Instead: every live alert of this group that the caller may see",
        "until": "Until when; at most for the seven days that an alert lives",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]

    public static func validate(_ params: Params) throws(RPCError) {
        try AlertSelectionCheck.check(params.alertIds, params.group)
    }
}
