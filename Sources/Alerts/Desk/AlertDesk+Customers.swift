import Customers
package import Storage

extension AlertDesk {
    private static let erased = "Erased at the customer's request."

    /// What the alerts hold of a customer.
    package func export(customer id: String, in transaction: some SQLReading) throws -> [Alert] {
        try AlertTable.all(ofCustomer: form(id), in: transaction)
    }

    /// The ids of all customers whom alerts name.
    package static func customerIDs(in transaction: some SQLReading) throws -> Set<String> {
        Set(
            try transaction.rows("SELECT DISTINCT customer_id FROM alerts WHERE customer_id IS NOT NULL") {
                try $0.text(0)
            }
        )
    }

    /// Takes a customer out of the alerts and their log; numbers, kinds and times stay, so that no stream has a gap.
    ///
    /// Live alerts expire: nobody could act on what is left of them.
    ///
    /// - Returns: how many things lost their content, by kind, and the ids of the alerts.
    package func erase(
        customer id: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> (counts: [String: Int], ids: [String]) {
        let alerts = try AlertTable.all(ofCustomer: form(id), in: transaction)
        return (try erase(alerts, endingAt: now, in: transaction), alerts.map(\.id))
    }

    /// What the alerts hold of conversations.
    package func export(conversations ids: [String], in transaction: some SQLReading) throws -> [Alert] {
        try ids.flatMap { try AlertTable.all(ofConversation: $0, limit: .max, in: transaction) }
    }

    /// Takes out of the alerts what conversations gave them, as erasing a customer does.
    ///
    /// - Parameters:
    ///   - ids: the conversations.
    ///   - now: when live alerts expire; nil to let them live.
    ///   - transaction: the one that erases.
    /// - Returns: how many things lost their content, by kind, and the ids of the alerts.
    package func erase(
        conversations ids: [String],
        endingAt now: Int64?,
        in transaction: WriteTransaction
    ) throws -> (counts: [String: Int], ids: [String]) {
        for id in ids { try AlertStates.forget(id, in: transaction) }
        let alerts = try ids.flatMap { try AlertTable.all(ofConversation: $0, limit: .max, in: transaction) }
        let filled = alerts.filter { $0 != Self.blank($0) || now != nil && $0.status.isLive }
        return (try erase(filled, endingAt: now, in: transaction), alerts.map(\.id))
    }

    private func erase(
        _ alerts: [Alert],
        endingAt now: Int64?,
        in transaction: WriteTransaction
    ) throws -> [String: Int] {
        var events = 0
        for alert in alerts {
            for event in try AlertLog.events(of: alert.id, in: transaction) {
                try AlertLog.replace(event, with: Self.blank(event.alert), in: transaction)
                events += 1
            }
            var left = Self.blank(alert)
            if let now, let event = left.expire(at: now) {
                try AlertLog.append(event, of: &left, at: now, in: transaction)
            } else {
                try AlertTable.put(left, in: transaction)
            }
            if let conversation = alert.conversation { try AlertStates.forget(conversation, in: transaction) }
        }
        return ["alerts": alerts.count, "alert_events": events]
    }

    private static func blank(_ alert: Alert) -> Alert {
        var alert = alert
        (alert.customer, alert.customerKey, alert.segment) = (nil, nil, nil)
        (alert.summary, alert.note, alert.replies) = (nil, nil, nil)
        (alert.reason, alert.because) = (erased, [])
        return alert
    }
}
