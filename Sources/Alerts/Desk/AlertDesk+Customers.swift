package import Storage
import Texts

extension AlertDesk {
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
        return try erase(alerts.filter { $0.text?.key != AlertTextKey.erased }, in: transaction)
    }

    /// Takes out of alerts, and of their log, what was sensitive; their contact has ended.
    ///
    /// - Returns: the alerts as they are now.
    @discardableResult
    func withdraw(_ alerts: [Alert], in transaction: WriteTransaction) throws -> [Alert] {
        try replace(alerts, saying: AlertTextKey.withdrawn, in: transaction).alerts
    }

    private func erase(_ alerts: [Alert], in transaction: WriteTransaction) throws -> [String: Int] {
        for conversation in Set(alerts.compactMap(\.conversation)).sorted() {
            try transaction.execute("DELETE FROM alert_contacts WHERE conversation_id = $1", [.text(conversation)])
        }
        let events = try replace(alerts, saying: AlertTextKey.erased, in: transaction).events
        return ["alerts": alerts.count, "alert_events": events]
    }

    /// Writes alerts and their events anew without content.
    private func replace(
        _ alerts: [Alert],
        saying key: String,
        in transaction: WriteTransaction
    ) throws -> (alerts: [Alert], events: Int) {
        guard !alerts.isEmpty else { return ([], 0) }
        let shelf = try texts.shelf(in: transaction)
        let blank = { (alert: Alert) -> Alert in
            var alert = alert
            (alert.customer, alert.summary, alert.note) = (nil, nil, nil)
            alert.say(AlertWords(KeyedText(key), reason: "", because: [], in: shelf.texts(for: alert.locale)))
            return alert
        }
        var events = 0
        for alert in alerts {
            for event in try AlertLog.events(of: alert.id, in: transaction) {
                try AlertLog.replace(event, with: blank(event.alert), in: transaction)
                events += 1
            }
            try AlertTable.put(blank(alert), in: transaction)
        }
        return (alerts.map(blank), events)
    }
}
