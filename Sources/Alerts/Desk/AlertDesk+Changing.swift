package import Access
import AuditTrail
package import Storage
package import Vocabulary

/// Which alerts a person acts on.
package enum AlertSelection: Sendable, Hashable {
    /// These, each of which must exist and be visible.
    case ids([String])
    /// Every live alert of a group that the person may see, its surge included.
    case group(String)
}

extension AlertDesk {
    /// How many alerts one call may change.
    static let maximumBulk = 10_000

    /// Somebody looks at alerts.
    ///
    /// Those that are acknowledged or over stay as they are, so a repeated call does no harm.
    ///
    /// - Returns: the alerts as they are now, in the order of the ids.
    /// - Throws: ``AlertError`` `notFound` when one does not exist or is not visible, `forbidden` when one is seen as an
    ///   auditor only; then nothing is changed.
    package func acknowledge(
        _ selection: AlertSelection,
        note: String?,
        by principal: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> [Alert] {
        let note = note.map(PlainText.redacted)
        return try change(selection, "alerts.acknowledge", text: note, by: principal, now: now, in: transaction) {
            alert in
            alert.acknowledge(by: principal.subject, note: note, at: now)
        }
    }

    /// Somebody ends alerts and says what came of them.
    ///
    /// - Returns: the alerts as they are now, in the order of the ids.
    /// - Throws: ``AlertError`` `notFound`; `conflict` when one was ended with another outcome; then nothing is changed.
    package func resolve(
        _ selection: AlertSelection,
        outcome: AlertOutcome,
        note: String?,
        by principal: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> [Alert] {
        let note = note.map(PlainText.redacted)
        return try change(
            selection,
            "alerts.resolve",
            details: outcome.rawValue,
            text: note,
            by: principal,
            now: now,
            in: transaction
        ) { alert in
            try alert.resolve(outcome, by: principal.subject, note: note, at: now)
        }
    }

    /// Somebody wants to hear nothing of alerts until a time, at most for as long as an alert lives.
    ///
    /// - Returns: the alerts as they are now, in the order of the ids.
    /// - Throws: ``AlertError`` `notFound`; `invalid` for a time that has passed.
    package func snooze(
        _ selection: AlertSelection,
        until: Int64,
        by principal: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> [Alert] {
        guard until > now else { throw AlertError(.invalid, "a time to come", argument: "until") }
        let until = min(until, now + Alert.longestLife)
        return try change(selection, "alerts.snooze", by: principal, now: now, in: transaction) { alert in
            alert.snooze(until: until, note: nil, at: now)
        }
    }

    private func change(
        _ selection: AlertSelection,
        _ action: String,
        details: String? = nil,
        text: String? = nil,
        by principal: Principal,
        now: Int64,
        in transaction: WriteTransaction,
        _ body: (inout Alert) throws -> AlertEventKind?
    ) throws -> [Alert] {
        let visibility = AlertVisibility(of: principal)
        var alerts = try Self.selected(selection, visibility, in: transaction)
        var audit: [AuditEvent] = []
        for index in alerts.indices {
            guard let event = try body(&alerts[index]) else { continue }
            try AlertLog.append(event, of: &alerts[index], at: now, in: transaction)
            audit.append(
                AuditEvent(
                    actor: principal.auditActor,
                    action: action,
                    target: alerts[index].id,
                    details: details,
                    text: text
                )
            )
        }
        try AuditLog.append(audit, at: now, in: transaction)
        return alerts
    }

    private static func selected(
        _ selection: AlertSelection,
        _ visibility: AlertVisibility,
        in transaction: some SQLReading
    ) throws -> [Alert] {
        switch selection {
        case .ids(let ids):
            var seen: Set<String> = []
            return try ids.filter { seen.insert($0).inserted }.map { id in
                guard let alert = try AlertTable.alert(id, in: transaction), visibility.includes(alert) else {
                    throw AlertError(.notFound, "there is no alert \(id)", argument: "alert_ids")
                }
                guard visibility.mayChange(alert) else {
                    throw AlertError(.forbidden, "the alert \(id) is another team's", argument: "alert_ids")
                }
                return alert
            }
        case .group(let group):
            let alerts = try AlertTable.live(group: group, limit: maximumBulk, in: transaction)
                .filter(visibility.mayChange)
            guard !alerts.isEmpty else {
                let known = try AlertTable.list(.init(group: group, limit: 1), visibility: visibility, in: transaction)
                guard !known.isEmpty else {
                    throw AlertError(.notFound, "there is no alert of the group “\(group)”", argument: "group")
                }
                return []
            }
            return alerts
        }
    }
}
