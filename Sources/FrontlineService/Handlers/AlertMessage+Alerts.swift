import Alerts
import FrontlineProtocol

extension AlertMessage {
    /// An alert as the wire shows it.
    init(_ alert: Alert) {
        self.init(
            alertId: alert.id,
            cursor: "\(alert.cursor)",
            kind: alert.kind,
            severity: AlertSeverity(rawValue: alert.severity.rawValue) ?? .warning,
            status: AlertStatus(rawValue: alert.status.rawValue) ?? .open,
            subject: Subject(
                type: Subject.Kind(rawValue: alert.subject.type.rawValue) ?? .conversation,
                id: alert.subject.id
            ),
            conversationId: alert.conversation,
            agent: alert.agent,
            team: alert.team,
            group: alert.group,
            reason: alert.reason,
            because: alert.because,
            summary: alert.summary,
            count: alert.count,
            raisedAt: Timestamp(microseconds: alert.raisedAt),
            updatedAt: Timestamp(microseconds: alert.updatedAt),
            acknowledgedBy: alert.acknowledgedBy,
            resolvedBy: alert.resolvedBy,
            outcome: alert.outcome.flatMap { AlertOutcome(rawValue: $0.rawValue) },
            note: alert.note,
            snoozedUntil: alert.snoozedUntil.map(Timestamp.init(microseconds:)),
            muted: alert.isMuted ? true : nil
        )
    }
}

extension AlertSelection {
    /// What a call names: ids or a group, one of which is there.
    init(_ ids: [String]?, group: String?) {
        self = if let group { .group(group) } else { .ids(ids ?? []) }
    }
}
