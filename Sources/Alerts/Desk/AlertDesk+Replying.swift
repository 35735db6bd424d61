package import Access
import AuditTrail
package import Storage
import Vocabulary

extension AlertDesk {
    /// The longest reply, in characters: what an agent can read while a customer speaks.
    package static let maximumReply = 600

    /// A supervisor says something about an alert to the agent who leads its contact.
    ///
    /// The alert keeps the last replies and stays as it is otherwise.
    ///
    /// - Parameters:
    ///   - id: the alert.
    ///   - text: what is said; redacted.
    ///   - directory: where conversations are looked up.
    ///   - principal: who says it.
    ///   - now: the time.
    ///   - transaction: the one that tells the agent.
    /// - Returns: the alert; the agent is to be told of the reply.
    /// - Throws: ``AlertError`` `notFound` for an alert that does not exist or is not visible, `forbidden` for one that is
    ///   seen as an auditor only, `conflict` for one without a conversation that goes on, `invalid` for a text that is
    ///   too long.
    package func reply(
        to id: String,
        _ text: String,
        directory: some ContactDirectory,
        by principal: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Eventful<Alert, AlertDomainEvent> {
        let visibility = AlertVisibility(of: principal)
        guard var alert = try AlertTable.alert(id, in: transaction), visibility.includes(alert) else {
            throw AlertError(.notFound, "there is no alert \(id)", argument: "alert_id")
        }
        guard visibility.mayChange(alert) else {
            throw AlertError(.forbidden, "the alert \(id) is another team's", argument: "alert_id")
        }
        guard text.count <= Self.maximumReply else {
            throw AlertError(.invalid, "a text of at most \(Self.maximumReply) characters", argument: "text")
        }
        guard let conversation = alert.conversation,
            try directory.contact(conversation, in: transaction)?.isOpen ?? false
        else {
            throw AlertError(.conflict, "the alert \(id) has no contact that goes on", argument: "alert_id")
        }
        let reply = Alert.Reply(by: principal.subject, text: PlainText.redacted(text), at: now)
        alert.answer(with: reply)
        try AlertLog.append(.updated, of: &alert, at: now, in: transaction)
        let event = AuditEvent(actor: principal.auditActor, action: "alerts.reply", target: alert.id)
        try AuditLog.append([event], at: now, in: transaction)
        return Eventful(alert, [.replied(alert, reply)])
    }
}
