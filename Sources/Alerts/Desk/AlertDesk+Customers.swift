import Customers
package import Storage
import Texts

extension AlertDesk {
    /// What the alerts hold of a customer.
    package func export(customer id: String, in transaction: some SQLReading) throws -> [Alert] {
        try AlertTable.all(ofCustomer: form(id), in: transaction)
    }

    /// The ids of all customers whom alerts name.
    package static func customerIDs(in transaction: some SQLReading) throws -> Set<String> {
        Set(
            try transaction.rows("SELECT DISTINCT customer_id FROM alerts WHERE customer_id IS NOT NULL") {
                try $0.text("customer_id")
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
    /// - Throws: the store's error.
    package func erase(
        conversations ids: [String],
        endingAt now: Int64?,
        in transaction: WriteTransaction
    ) throws -> (counts: [String: Int], ids: [String]) {
        for id in ids { try AlertStates.forget(id, in: transaction) }
        let alerts = try ids.flatMap { try AlertTable.all(ofConversation: $0, limit: .max, in: transaction) }
        let filled = alerts.filter { $0.text?.key != AlertTextKey.erased || now != nil && $0.status.isLive }
        return (try erase(filled, endingAt: now, in: transaction), alerts.map(\.id))
    }

    /// Takes out of alerts, and of their log, what was sensitive; their contact has ended.
    ///
    /// - Returns: the alerts as they are now.
    @discardableResult
    func withdraw(_ alerts: [Alert], in transaction: WriteTransaction) throws -> [Alert] {
        try replace(alerts, saying: AlertTextKey.withdrawn, in: transaction).alerts
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
        alert.text = alert.text.map { $0.mapWords(requote) }
        alert.evidence = alert.evidence.map { $0.map { $0.mapWords(requote) } }
        return alert
    }

    private func erase(
        _ alerts: [Alert],
        endingAt now: Int64?,
        in transaction: WriteTransaction
    ) throws -> [String: Int] {
        for conversation in Set(alerts.compactMap(\.conversation)).sorted() {
            try AlertStates.forget(conversation, in: transaction)
        }
        let events = try replace(alerts, saying: AlertTextKey.erased, endingAt: now, in: transaction).events
        return ["alerts": alerts.count, "alert_events": events]
    }

    /// Writes alerts and their events anew without content.
    ///
    /// - Parameters:
    ///   - alerts: the alerts.
    ///   - key: of the text that stands there instead.
    ///   - now: when live ones expire; nil to let them live.
    ///   - transaction: the one that takes the content away.
    /// - Returns: the alerts as they are now, and how many events were written anew.
    /// - Throws: the store's error.
    private func replace(
        _ alerts: [Alert],
        saying key: String,
        endingAt now: Int64? = nil,
        in transaction: WriteTransaction
    ) throws -> (alerts: [Alert], events: Int) {
        guard !alerts.isEmpty else { return ([], 0) }
        let shelf = try texts.shelf(in: transaction)
        let blank = { (alert: Alert) -> Alert in
            var alert = alert
            (alert.customer, alert.customerKey, alert.segment) = (nil, nil, nil)
            (alert.summary, alert.note, alert.replies) = (nil, nil, nil)
            alert.say(AlertWords(KeyedText(key), reason: "", because: [], in: shelf.texts(for: alert.locale)))
            return alert
        }
        var (left, events): ([Alert], Int) = ([], 0)
        for alert in alerts {
            for event in try AlertLog.events(of: alert.id, in: transaction) {
                try AlertLog.replace(event, with: blank(event.alert), in: transaction)
                events += 1
            }
            var alert = blank(alert)
            let event = now.flatMap { alert.expire(at: $0) }
            try keep(&alert, event, at: now ?? alert.updatedAt, in: transaction)
            left.append(alert)
        }
        return (left, events)
    }
}
