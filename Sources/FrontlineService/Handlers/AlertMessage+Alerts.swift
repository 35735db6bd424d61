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
            subject: Subject(type: Subject.Kind(alert.subject.type), id: alert.subject.id),
            conversationId: alert.conversation,
            agent: alert.agent,
            team: alert.team,
            customerId: alert.customer,
            segment: alert.segment,
            group: alert.group,
            reason: alert.reason,
            because: alert.because,
            summary: alert.summary,
            count: alert.count,
            raisedAt: Timestamp(microseconds: alert.raisedAt),
            updatedAt: Timestamp(microseconds: alert.updatedAt),
            owner: alert.owner,
            acknowledgedBy: alert.acknowledgedBy,
            resolvedBy: alert.resolvedBy,
            outcome: alert.outcome.flatMap { AlertOutcome(rawValue: $0.rawValue) },
            note: alert.note,
            replies: alert.replies.map { $0.map { AlertReply($0) } },
            snoozedUntil: alert.snoozedUntil.map(Timestamp.init(microseconds:)),
            muted: alert.isMuted ? true : nil
        )
    }
}

extension AlertMessage.Subject.Kind {
    /// What an alert is about, as the wire names it.
    init(_ kind: Alert.Subject.Kind) {
        switch kind {
        case .conversation: self = .conversation
        case .session: self = .session
        case .resolution: self = .resolution
        case .surge: self = .surge
        }
    }
}

extension AlertSelection {
    /// What a call names: ids or a group, one of which is there.
    init(_ ids: [String]?, group: String?) {
        self = if let group { .group(group) } else { .ids(ids ?? []) }
    }
}
