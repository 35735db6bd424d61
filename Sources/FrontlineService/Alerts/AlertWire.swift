import Access
import Alerts
import FrontlineProtocol
import JSONRPC
import Texts
import Vocabulary

/// The reader of an alert: the language, and the contacts of a surge that may be shown.
///
/// Equal readers see the same content.
struct AlertReader: Hashable, Sendable {
    /// The language of the token; nil for the language of each conversation.
    let locale: String?
    let visibility: AlertVisibility

    init(_ principal: Principal) {
        locale = principal.attributes["locale"]?.strings.first
        visibility = AlertVisibility(of: principal)
    }

    /// The reader's texts; nil for the texts of each conversation's language.
    func texts(_ catalog: TextCatalog) async throws -> TextSet? {
        if let locale { try await catalog.texts(for: locale) } else { nil }
    }
}

extension Services {
    /// An alert as shown to a person.
    func message(_ alert: Alert, for principal: Principal) async throws -> AlertMessage {
        let reader = AlertReader(principal)
        return AlertMessage(alert, in: try await reader.texts(texts), shows: reader.visibility)
    }

    /// Alerts as shown to a person.
    func messages(_ alerts: [Alert], for principal: Principal) async throws -> [AlertMessage] {
        let reader = AlertReader(principal)
        let texts = try await reader.texts(texts)
        return alerts.map { AlertMessage($0, in: texts, shows: reader.visibility) }
    }
}

extension AlertMessage {
    /// Creates the wire form of an alert.
    ///
    /// - Parameters:
    ///   - alert: the alert.
    ///   - texts: the reader's texts; nil for texts in the conversation's language.
    ///   - visibility: the contacts of a surge that the reader may see; nil for none.
    init(_ alert: Alert, in texts: TextSet? = nil, shows visibility: AlertVisibility? = nil) {
        self.init(
            alertId: alert.id,
            cursor: Cursor(alert.cursor),
            kind: alert.kind,
            severity: alert.severity,
            status: alert.status,
            subject: Subject(type: alert.subject.type, id: alert.subject.id),
            conversationId: alert.conversation,
            agent: alert.agent,
            team: alert.team,
            customerId: alert.customer,
            segment: alert.segment,
            group: alert.group,
            reason: alert.reason(in: texts),
            because: alert.because(in: texts),
            summary: alert.summary,
            count: alert.count,
            raisedAt: Timestamp(microseconds: alert.raisedAt),
            updatedAt: Timestamp(microseconds: alert.updatedAt),
            owner: alert.owner,
            acknowledgedBy: alert.acknowledgedBy,
            resolvedBy: alert.resolvedBy,
            outcome: alert.outcome,
            note: alert.note,
            replies: alert.replies.map { $0.map { AlertReply($0) } },
            snoozedUntil: alert.snoozedUntil.map(Timestamp.init(microseconds:)),
            muted: alert.isMuted ? true : nil,
            contacts: visibility.flatMap { visibility in
                alert.contacts.map { $0.filter(visibility.includes).map(Contact.init) }
            },
            withdrawn: alert.isWithdrawn
        )
    }
}

extension AlertMessage.Contact {
    /// Creates the wire form of a contact of a surge.
    init(_ contact: SurgeContact) {
        self.init(conversationId: contact.conversation, agent: contact.agent, team: contact.teams.first)
    }
}

extension AlertSelection {
    /// Creates the selection of a call: ids or a group, exactly one of which is given.
    init(_ ids: [String]?, group: String?) {
        self = if let group { .group(group) } else { .ids(ids ?? []) }
    }
}

extension AlertError: WireError {
    var wireError: RPCError? {
        switch code {
        case .notFound: .refusal(.notFound, message, argument)
        case .conflict: .refusal(.conflict, message, argument)
        case .forbidden: .refusal(.forbidden, message, argument)
        case .invalid: .refusal(.invalidParams, message, argument)
        case .tooMany: RPCError(.rateLimited, message, retryAfterMilliseconds: 60_000)
        }
    }
}
