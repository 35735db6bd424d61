import Storage
import Vocabulary

extension AlertDesk {
    /// In one transaction, so that no turn waits long for the time.
    private static let batch = 200
    private static let maximumBatches = 50

    /// Does what the time up to `now` does to alerts: they escalate, wake up and expire, and surges end.
    ///
    /// Nothing is remembered between calls: a server that was down makes up for it at its first call.
    ///
    /// - Returns: how many events that made.
    /// - Throws: the store's error.
    @discardableResult
    package func elapse(to now: Int64) async throws -> Int {
        var events = 0
        for _ in 0..<Self.maximumBatches {
            let isDue = try await store.read { try !AlertTable.due(by: now, limit: 1, in: $0).isEmpty }
            guard isDue else { break }
            events += try await store.write { [self] transaction in
                var events = 0
                for alert in try AlertTable.due(by: now, limit: Self.batch, in: transaction) {
                    events += try elapse(alert, to: now, in: transaction)
                }
                return events
            }
        }
        return events
    }

    private func elapse(_ alert: Alert, to now: Int64, in transaction: WriteTransaction) throws -> Int {
        var (alert, events) = (alert, 0)
        if alert.subject.type == .surge, alert.expiresAt <= now {
            let since = now - SurgeGauge.window
            let contacts = try AlertTable.contacts(group: alert.subject.id, since: since, in: transaction)
            let before = alert.contacts
            alert.show(contacts, saying: try surgeWords(alert.subject.id, contacts, in: transaction))
            if SurgeGauge.judge(contacts: contacts.count, isSurging: true) == .ongoing {
                alert.expiresAt = now + SurgeGauge.pause
                if before == alert.contacts {
                    try AlertTable.put(alert, in: transaction)
                } else {
                    alert.updatedAt = now
                    try AlertLog.append(.updated, of: &alert, at: now, in: transaction)
                    events += 1
                }
            }
        }
        while let event = alert.elapse(to: now) {
            try AlertLog.append(event, of: &alert, at: now, in: transaction)
            events += 1
        }
        if alert.isSensitive == true, alert.status == .expired { try withdraw([alert], in: transaction) }
        return events
    }
}
