import Customers
package import Storage
import Vocabulary

extension WorkDesk {
    /// The id of a customer as items are found by it.
    package func key(ofCustomer id: String) -> String { form(id) }

    /// What the items hold of a customer and of conversations, each with its history.
    package func export(
        customer id: String?,
        conversations: [String],
        in transaction: some SQLReading
    ) throws -> [(item: WorkItem, history: [WorkEntry])] {
        try items(ofCustomer: id, conversations: conversations, in: transaction).map {
            ($0, try WorkLog.history(of: $0.id, limit: Int(WorkLog.maximumEntries), in: transaction))
        }
    }

    private func items(
        ofCustomer id: String?,
        conversations: [String],
        in transaction: some SQLReading
    ) throws -> [WorkItem] {
        var items = try id.map { try WorkTable.items(ofCustomer: form($0), in: transaction) } ?? []
        for conversation in conversations {
            for item in try WorkTable.items(ofConversation: conversation, in: transaction)
            where !items.contains(where: { $0.id == item.id }) {
                items.append(item)
            }
        }
        return items
    }

    /// The ids of all customers whom items name.
    package static func customerIDs(in transaction: some SQLReading) throws -> Set<String> {
        Set(
            try transaction.rows("SELECT DISTINCT customer_id FROM work_items WHERE customer_id IS NOT NULL") {
                try $0.text("customer_id")
            }
        )
    }

    /// Takes what people wrote out of the items of a customer and of conversations, with their history and events; kinds, teams
    /// and times stay, so that no figure and no feed has a gap.
    ///
    /// - Parameters:
    ///   - id: the customer, whose live items are cancelled, for nobody could do what is left of them; nil when only the
    ///     transcripts of conversations end, which leaves items live, without their words.
    ///   - conversations: the conversations.
    ///   - now: the time.
    ///   - transaction: the one that erases.
    /// - Returns: how many things lost their content, by kind, the ids of the items, and the domain events to be applied.
    /// - Throws: the store's error.
    package func erase(
        customer id: String?,
        conversations: [String],
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> (counts: [String: Int], ids: [String], events: [WorkDomainEvent]) {
        let items = try items(ofCustomer: id, conversations: conversations, in: transaction)
        var (counts, events): ([String: Int], [WorkDomainEvent]) = ([:], [])
        for item in items {
            counts["work_events", default: 0] += try WorkLog.blank(item, in: transaction)
            var blank = item.blank
            let kind = try kinds.kind(item.kind, version: item.kindVersion, in: transaction)
            var entry = WorkEntry(.erased, at: now)
            if id != nil, item.state.isLive { entry.formerOwner = blank.abandon(at: now) }
            try WorkLog.append(entry, of: &blank, kind: kind, in: transaction)
            // The key is a hash of what the caller wrote, which may have been a name.
            try transaction.execute(
                "UPDATE work_items SET idempotency_key = NULL, request_sha256 = NULL WHERE id = $1",
                [.text(item.id)]
            )
            counts["work_items", default: 0] += 1
            events.append(.changed(blank, entry))
        }
        return (counts, items.map(\.id), events)
    }
}

extension WorkItem {
    /// Nobody can do it any more.
    ///
    /// - Returns: who had it.
    fileprivate mutating func abandon(at now: Int64) -> String? {
        let former = owner
        (state, endedAt, updatedAt, climbsAt) = (.cancelled, now, now, nil)
        (waitingSince, waitingUntil) = (nil, nil)
        return former
    }
}
