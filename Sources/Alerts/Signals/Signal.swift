/// Who says a turn of a conversation.
package enum TurnSpeaker: String, Sendable, Hashable, CaseIterable, Codable {
    case customer
    case agent
    case bot
    case supervisor
    case system
}

/// How much a thing matters, from the least to the most.
package enum Severity: String, Sendable, Hashable, CaseIterable, Codable, Comparable {
    case info
    case warning
    case critical

    /// From 0 for the least.
    package var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        }
    }

    /// The next one up; the highest stays.
    var raised: Severity {
        switch self {
        case .info: .warning
        case .warning, .critical: .critical
        }
    }

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// Something in a turn that is worth to be noticed: a threat to leave, a promise, a phrase that was not said.
package struct Signal: Sendable, Hashable {
    /// What it is, such as `threat_to_leave`.
    package let kind: String
    /// The words of the turn; for a phrase that was not said, what is missing.
    package let text: String
    /// How much it matters by itself, where its list says so: it then raises an alert even without a policy.
    package let severity: Severity?

    /// Makes a signal.
    package init(kind: String, text: String, severity: Severity? = nil) {
        self.kind = kind
        self.text = text
        self.severity = severity
    }
}
