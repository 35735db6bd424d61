package import Storage

extension AlertDesk {
    private static let erased = "Erased at the customer's request."

    /// What the alerts hold of a customer.
    package func export(customer id: String, in transaction: some SQLReading) throws -> [Alert] {
        try AlertTable.all(ofCustomer: id, in: transaction)
    }

    /// Takes a customer out of the alerts and their log; numbers, kinds and times stay, so that no stream has a gap.
    ///
    /// - Returns: how many things lost their content, by kind.
    package func erase(customer id: String, in transaction: WriteTransaction) throws -> [String: Int] {
        try erase(AlertTable.all(ofCustomer: id, in: transaction), in: transaction)
    }

    /// What the alerts hold of conversations.
    package func export(conversations ids: [String], in transaction: some SQLReading) throws -> [Alert] {
        try ids.flatMap { try AlertTable.all(ofConversation: $0, limit: .max, in: transaction) }
    }

    /// Takes out of the alerts what conversations gave them, as erasing a customer does.
    ///
    /// - Returns: how many things lost their content, by kind.
    package func erase(conversations ids: [String], in transaction: WriteTransaction) throws -> [String: Int] {
        let alerts = try ids.flatMap { try AlertTable.all(ofConversation: $0, limit: .max, in: transaction) }
        return try erase(alerts.filter { $0 != Self.blank($0) }, in: transaction)
    }

    /// Quotes of a conversation's turns give way to others in its alerts and their log: what was said has lost a value.
    package func requote(
        _ quotes: [(from: String, to: String)],
        of conversation: String,
        in transaction: WriteTransaction
    ) throws {
        for alert in try AlertTable.all(ofConversation: conversation, limit: .max, in: transaction) {
            for event in try AlertLog.events(of: alert.id, in: transaction) {
                let revised = Self.requoted(event.alert, quotes)
                if revised != event.alert { try AlertLog.replace(event, with: revised, in: transaction) }
            }
            let revised = Self.requoted(alert, quotes)
            if revised != alert { try AlertTable.put(revised, in: transaction) }
        }
    }

    private static func requoted(_ alert: Alert, _ quotes: [(from: String, to: String)]) -> Alert {
        let requote = { (text: String) in
            quotes.reduce(text) { $1.from.isEmpty ? $0 : $0.replacing($1.from, with: $1.to) }
        }
        var alert = alert
        (alert.reason, alert.because) = (requote(alert.reason), alert.because.map(requote))
        (alert.summary, alert.note) = (alert.summary.map(requote), alert.note.map(requote))
        return alert
    }

    private func erase(_ alerts: [Alert], in transaction: WriteTransaction) throws -> [String: Int] {
        var events = 0
        for alert in alerts {
            for event in try AlertLog.events(of: alert.id, in: transaction) {
                try AlertLog.replace(event, with: Self.blank(event.alert), in: transaction)
                events += 1
            }
            try AlertTable.put(Self.blank(alert), in: transaction)
            if let conversation = alert.conversation {
                try transaction.execute(
                    "DELETE FROM alert_contacts WHERE conversation_id = $1",
                    [.text(conversation)]
                )
            }
        }
        return ["alerts": alerts.count, "alert_events": events]
    }

    private static func blank(_ alert: Alert) -> Alert {
        var alert = alert
        (alert.customer, alert.summary, alert.note) = (nil, nil, nil)
        (alert.reason, alert.because) = (erased, [])
        return alert
    }
}
