import Storage
import Vocabulary

/// What happened to items: the history of each, and one log of all, numbered from 1 without gaps in the order of the commits.
///
/// The log has what is not yet in every subscriber's hands. When an item has ended and a retention period has passed, its events are deleted; whoever
/// reads from an earlier cursor then gets everything that was logged since and is still there, as in the other feeds.
enum WorkLog {
    /// The name of the log, for those who wait for its news, and of its counter.
    static let name = "work_events"
    /// Entries of one item; whoever writes more is refused.
    static let maximumEntries: Int64 = 1_000
    /// What the clock may add beyond, so that a late item is told whatever people have written.
    private static let reserve: Int64 = 100

    /// Writes a new or changed item with its entry in the history and in the log.
    ///
    /// - Parameters:
    ///   - entry: what happened.
    ///   - item: the item as it is now; it gets its revision and the numbers of the entry.
    ///   - kind: its kind.
    ///   - isNew: whether it is new.
    ///   - key: for a new item, the key and the hash of the request that made it, if there was a key.
    ///   - transaction: the one that changes it.
    /// - Throws: ``WorkError`` `conflict` for an item with too many entries; the store's error.
    static func append(
        _ entry: WorkEntry,
        of item: inout WorkItem,
        kind: WorkKind,
        isNew: Bool = false,
        key: (key: String, request: String)? = nil,
        in transaction: WriteTransaction
    ) throws {
        let most = entry.actor == nil ? maximumEntries + reserve : maximumEntries
        // Whatever was written, an item can come to its end.
        guard item.entries < most || [.completed, .cancelled, .erased].contains(entry.event) else {
            throw WorkError(
                .conflict,
                "\(item.id) has \(item.entries) entries, which is the most that an item can have"
            )
        }
        item.entries += 1
        if !isNew { item.revision += 1 }
        item.cursor = try Store.next(name, count: 1, in: transaction)
        let (timer, loggedAt) = (item.timer(kind: kind), item.state.isLive ? nil : entry.at)
        if isNew {
            try WorkTable.insert(item, timer: timer, loggedAt: loggedAt, key: key, in: transaction)
        } else {
            try WorkTable.update(item, timer: timer, loggedAt: loggedAt, in: transaction)
        }
        try transaction.execute(
            "INSERT INTO work_history (work_id, entry, content, written) VALUES ($1, $2, $3, $4)",
            [
                .text(item.id), .integer(item.entries), .text(try WorkText.stored(entry.blank)), .optional(entry.text),
            ]
        )
        transaction.announce(name)
        try transaction.execute(
            "INSERT INTO work_events (cursor, work_id, entry, title, content) VALUES ($1, $2, $3, $4, $5)",
            [
                .integer(item.cursor), .text(item.id), .integer(item.entries), .optional(item.title),
                .text(try WorkTable.stored(item)),
            ]
        )
    }

    /// The number of the last event; 0 before the first.
    static func head(in transaction: some SQLReading) throws -> Int64 { try Store.current(name, in: transaction) }

    /// The events after a number, in their order.
    static func events(after: Int64, limit: Int, in transaction: some SQLReading) throws -> [WorkEvent] {
        try transaction.rows(
            """
            SELECT work_events.cursor, work_events.title, work_events.content, work_history.content AS happened,
                work_history.written
            FROM work_events JOIN work_history
                ON work_history.work_id = work_events.work_id AND work_history.entry = work_events.entry
            WHERE work_events.cursor > $1 ORDER BY work_events.cursor LIMIT $2
            """,
            [.integer(after), .integer(Int64(limit))]
        ) { row in
            var entry: WorkEntry = try WorkText.value(try row.text("happened"))
            entry.text = try row.optionalText("written")
            return WorkEvent(cursor: try row.integer("cursor"), entry: entry, item: try WorkTable.read(row))
        }
    }

    /// The last entries of an item, oldest first.
    static func history(of id: String, limit: Int, in transaction: some SQLReading) throws -> [WorkEntry] {
        try transaction.rows(
            "SELECT content, written FROM work_history WHERE work_id = $1 ORDER BY entry DESC LIMIT $2",
            [.text(id), .integer(Int64(limit))]
        ) { row in
            var entry: WorkEntry = try WorkText.value(try row.text("content"))
            entry.text = try row.optionalText("written")
            return entry
        }.reversed()
    }

    // MARK: Retention and erasure

    /// Deletes the events of items that have ended and of which nothing was logged since a time; the items and their histories stay.
    ///
    /// - Returns: how many items that were.
    static func prune(before time: Int64, limit: Int, in transaction: WriteTransaction) throws -> Int {
        let ids = try WorkTable.logged(before: time, limit: limit, in: transaction)
        for id in ids {
            try transaction.execute("DELETE FROM work_events WHERE work_id = $1", [.text(id)])
            try WorkTable.forgetLogged(id, in: transaction)
        }
        return ids.count
    }

    /// Takes what people wrote, and whom the item is about, out of its history and its events.
    ///
    /// - Returns: how many events were written anew.
    static func blank(_ item: WorkItem, in transaction: WriteTransaction) throws -> Int {
        try transaction.execute("UPDATE work_history SET written = NULL WHERE work_id = $1", [.text(item.id)])
        let events = try transaction.rows(
            "SELECT cursor, title, content FROM work_events WHERE work_id = $1 ORDER BY cursor",
            [.text(item.id)]
        ) { (cursor: try $0.integer("cursor"), item: try WorkTable.read($0)) }
        for event in events {
            try transaction.execute(
                "UPDATE work_events SET title = NULL, content = $2 WHERE cursor = $1",
                [.integer(event.cursor), .text(try WorkTable.stored(event.item.blank))]
            )
        }
        return events.count
    }
}

extension WorkEntry {
    /// Without what somebody wrote.
    var blank: WorkEntry {
        var entry = self
        entry.text = nil
        return entry
    }
}

extension WorkItem {
    /// Without what people wrote, and without the customer: what is left says what kind of work it was, and when.
    var blank: WorkItem {
        var item = self
        (item.title, item.customerKey, item.links.customer) = (nil, nil, nil)
        if item.subject?.type == .customer || item.subject?.type == .other { item.subject = nil }
        item.outcome = nil
        item.because = []
        return item
    }
}
