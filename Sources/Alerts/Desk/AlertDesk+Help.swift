package import Access
import AuditTrail
package import Storage

extension AlertDesk {
    /// Calls of one agent within ``helpWindow``; more are a stuck key.
    private static let maximumCalls: Int64 = 10
    private static let helpWindow: Int64 = 60 * 1_000_000
    /// A call for help that nobody answers for so long escalates.
    private static let helpSeconds = 120

    /// Somebody in a conversation asks for help.
    ///
    /// Asked again while the call is open, it counts up.
    ///
    /// - Parameters:
    ///   - kind: what kind of help.
    ///   - conversationID: one that the caller owns, or may see as a supervisor.
    ///   - note: what it is about; redacted.
    ///   - directory: where conversations are looked up.
    ///   - principal: who asks.
    ///   - now: the time.
    ///   - transaction: the one that keeps the alert.
    /// - Returns: the alert.
    /// - Throws: ``AlertError`` `notFound` for a conversation that does not exist or is not the caller's, `conflict` for
    ///   one that has ended, `tooMany` for calls in too quick a succession.
    package func help(
        _ kind: String,
        in conversationID: String,
        note: String,
        directory: some ContactDirectory,
        by principal: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Alert {
        let contact = try directory.contact(conversationID, in: transaction)
        guard let contact, Self.mayAsk(principal, about: contact) else {
            throw AlertError(
                .notFound,
                "there is no conversation \(conversationID)",
                argument: "conversation_id"
            )
        }
        guard contact.isOpen else {
            throw AlertError(.conflict, "the conversation has ended", argument: "conversation_id")
        }
        try Self.checkRate(of: principal.subject, now: now, in: transaction)
        let request = AlertRequest(
            kind: kind,
            subject: Alert.Subject(.conversation, conversationID),
            conversationID: conversationID,
            agent: contact.agent,
            teams: contact.teams,
            customerID: contact.customerID,
            segment: contact.segment,
            reason: note,
            because: ["asked for by \(principal.subject)"],
            summary: contact.summary,
            escalateAfterSeconds: Self.helpSeconds
        )
        let alert = try raise(request, now: now, in: transaction)
        let event = AuditEvent(
            actor: principal.auditActor,
            action: "alerts.raise",
            target: alert.id,
            text: alert.reason
        )
        try AuditLog.append([event], at: now, in: transaction)
        return alert
    }

    private static func mayAsk(_ principal: Principal, about contact: Contact) -> Bool {
        principal.leads(anyOf: contact.teams) || contact.agent == principal.subject
    }

    /// Counts the calls of a caller in windows that follow each other.
    private static func checkRate(of subject: String, now: Int64, in transaction: WriteTransaction) throws {
        let calls = try transaction.first(
            """
            INSERT INTO alert_calls (subject, since_microseconds, calls) VALUES ($1, $2, 1)
            ON CONFLICT (subject) DO UPDATE SET
                calls = CASE WHEN alert_calls.since_microseconds > $3 THEN alert_calls.calls + 1 ELSE 1 END,
                since_microseconds = CASE WHEN alert_calls.since_microseconds > $3
                    THEN alert_calls.since_microseconds ELSE excluded.since_microseconds END
            RETURNING calls
            """,
            [.text(subject), .integer(now), .integer(now - helpWindow)]
        ) { try $0.integer("calls") }
        guard (calls ?? 0) <= maximumCalls else {
            throw AlertError(.tooMany, "more than \(maximumCalls) calls for help within a minute")
        }
    }
}
