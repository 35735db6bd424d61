import Storage
import Vocabulary

/// The rows of items.
enum WorkTable {
    static let migrations = [
        Migration(
            "work-1",
            [
                """
                CREATE TABLE work_items (
                    id TEXT NOT NULL PRIMARY KEY,
                    number BIGINT NOT NULL UNIQUE,
                    revision BIGINT NOT NULL,
                    state TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    team TEXT NOT NULL,
                    owner TEXT,
                    created_by TEXT NOT NULL,
                    priority TEXT NOT NULL,
                    conversation_id TEXT,
                    customer_id TEXT,
                    breached BIGINT NOT NULL,
                    due_microseconds BIGINT NOT NULL,
                    timer_microseconds BIGINT,
                    created_microseconds BIGINT NOT NULL,
                    ended_microseconds BIGINT,
                    idempotency_key TEXT,
                    request_sha256 TEXT,
                    title TEXT,
                    content TEXT NOT NULL,
                    UNIQUE (created_by, idempotency_key)
                )
                """,
                "CREATE INDEX work_by_team ON work_items (team, number)",
                "CREATE INDEX work_by_team_state ON work_items (team, state, number)",
                "CREATE INDEX work_by_team_due ON work_items (team, due_microseconds, number)",
                "CREATE INDEX work_by_owner ON work_items (owner, number)",
                "CREATE INDEX work_by_owner_state ON work_items (owner, state, number)",
                "CREATE INDEX work_by_owner_due ON work_items (owner, due_microseconds, number)",
                "CREATE INDEX work_by_state ON work_items (state, number)",
                "CREATE INDEX work_by_due ON work_items (due_microseconds, number)",
                "CREATE INDEX work_by_created ON work_items (created_microseconds)",
                "CREATE INDEX work_by_timer ON work_items (timer_microseconds)",
                "CREATE INDEX work_by_conversation ON work_items (conversation_id, number)",
                "CREATE INDEX work_by_customer ON work_items (customer_id, number)",
                """
                CREATE TABLE work_history (
                    work_id TEXT NOT NULL,
                    entry BIGINT NOT NULL,
                    content TEXT NOT NULL,
                    written TEXT,
                    PRIMARY KEY (work_id, entry)
                )
                """,
                """
                CREATE TABLE work_events (
                    cursor BIGINT NOT NULL PRIMARY KEY,
                    work_id TEXT NOT NULL,
                    entry BIGINT NOT NULL,
                    title TEXT,
                    content TEXT NOT NULL
                )
                """,
                "CREATE INDEX work_events_by_item ON work_events (work_id)",
            ]
        ),
        Migration(
            "work-lists",
            [
                // What lists are filtered by, in one column (`WorkFacet`), and until when the events of an item have been kept.
                "ALTER TABLE work_items ADD COLUMN facet TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE work_items ADD COLUMN logged_microseconds BIGINT",
                "UPDATE work_items SET facet = kind || '/' || state || '/' || breached, logged_microseconds = ended_microseconds",
                "DROP INDEX work_by_team_state",
                "DROP INDEX work_by_owner_state",
                "DROP INDEX work_by_state",
                "CREATE INDEX work_by_creator ON work_items (created_by, number)",
                "CREATE INDEX work_by_creator_due ON work_items (created_by, due_microseconds, number)",
                "CREATE INDEX work_by_conversation_due ON work_items (conversation_id, due_microseconds, number)",
                "CREATE INDEX work_by_customer_due ON work_items (customer_id, due_microseconds, number)",
                "CREATE INDEX work_facets ON work_items (facet, number)",
                "CREATE INDEX work_facets_due ON work_items (facet, due_microseconds, number)",
                "CREATE INDEX work_facets_by_team ON work_items (team, facet, number)",
                "CREATE INDEX work_facets_by_team_due ON work_items (team, facet, due_microseconds, number)",
                "CREATE INDEX work_facets_by_owner ON work_items (owner, team, facet, number)",
                "CREATE INDEX work_facets_by_owner_due ON work_items (owner, team, facet, due_microseconds, number)",
                "CREATE INDEX work_facets_by_creator ON work_items (created_by, team, facet, number)",
                """
                CREATE INDEX work_facets_by_creator_due ON work_items (created_by, team, facet, due_microseconds, number)
                """,
                "CREATE INDEX work_by_logged ON work_items (logged_microseconds)",
            ]
        ),
    ]

    /// The due time of what is not due at any time, after every other.
    static let never: Int64 = 9_000_000_000_000_000_000

    /// Writes a new item.
    ///
    /// - Parameters:
    ///   - item: the item.
    ///   - timer: when time alone changes it next.
    ///   - loggedAt: for an item that has ended, when its last event was logged.
    ///   - key: the key and the hash of the request that made it, if there was a key.
    ///   - transaction: the one that creates it.
    /// - Throws: the store's error.
    static func insert(
        _ item: WorkItem,
        timer: Int64?,
        loggedAt: Int64?,
        key: (key: String, request: String)?,
        in transaction: WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO work_items (id, number, revision, state, kind, team, owner, created_by, priority, conversation_id,
                customer_id, breached, due_microseconds, timer_microseconds, created_microseconds, ended_microseconds, content,
                idempotency_key, request_sha256, title, facet, logged_microseconds)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
            """,
            [
                .text(item.id), .integer(item.number), .integer(item.revision), .text(item.state.rawValue),
                .text(item.kind), .text(item.team), .optional(item.owner), .text(item.createdBy),
                .text(item.priority.rawValue), .optional(item.links.conversation), .optional(item.customerKey),
                .integer(item.isBreached ? 1 : 0), .integer(item.dueAt ?? never), .optional(timer),
                .integer(item.createdAt), .optional(item.endedAt), .text(try stored(item)),
                .optional(key?.key), .optional(key?.request), .optional(item.title), .text(WorkFacet(item).description),
                .optional(loggedAt),
            ]
        )
        try Store.markOutdated(RecordKind.work.rawValue, item.id, in: transaction)
    }

    /// Writes an item that has changed.
    static func update(
        _ item: WorkItem,
        timer: Int64?,
        loggedAt: Int64?,
        in transaction: WriteTransaction
    ) throws {
        try transaction.execute(
            """
            UPDATE work_items SET revision = $2, state = $3, team = $4, owner = $5, customer_id = $6, breached = $7,
                due_microseconds = $8, timer_microseconds = $9, ended_microseconds = $10, content = $11, conversation_id = $12,
                title = $13, facet = $14, logged_microseconds = $15
            WHERE id = $1
            """,
            [
                .text(item.id), .integer(item.revision), .text(item.state.rawValue), .text(item.team),
                .optional(item.owner), .optional(item.customerKey), .integer(item.isBreached ? 1 : 0),
                .integer(item.dueAt ?? never), .optional(timer), .optional(item.endedAt),
                .text(try stored(item)), .optional(item.links.conversation), .optional(item.title),
                .text(WorkFacet(item).description), .optional(loggedAt),
            ]
        )
        try Store.markOutdated(RecordKind.work.rawValue, item.id, in: transaction)
    }

    static func item(_ id: String, in transaction: some SQLReading) throws -> WorkItem? {
        try transaction.first("SELECT title, content FROM work_items WHERE id = $1", [.text(id)], read)
    }

    /// The item that a subject has created under a key, and the hash of that request.
    static func item(
        by subject: String,
        key: String,
        in transaction: some SQLReading
    ) throws -> (item: WorkItem, request: String?)? {
        try transaction.first(
            "SELECT title, content, request_sha256 FROM work_items WHERE created_by = $1 AND idempotency_key = $2",
            [.text(subject), .text(key)]
        ) { (try read($0), try $0.optionalText("request_sha256")) }
    }

    /// The items that time alone changes by `now`, the first ones first.
    static func due(by now: Int64, limit: Int, in transaction: some SQLReading) throws -> [WorkItem] {
        try transaction.rows(
            "SELECT title, content FROM work_items WHERE timer_microseconds <= $1 ORDER BY timer_microseconds LIMIT $2",
            [.integer(now), .integer(Int64(limit))],
            read
        )
    }

    /// The items of a customer, oldest first.
    static func items(ofCustomer key: String, in transaction: some SQLReading) throws -> [WorkItem] {
        try transaction.rows(
            "SELECT title, content FROM work_items WHERE customer_id = $1 ORDER BY number",
            [.text(key)],
            read
        )
    }

    /// The items of a conversation, oldest first.
    static func items(ofConversation id: String, in transaction: some SQLReading) throws -> [WorkItem] {
        try transaction.rows(
            "SELECT title, content FROM work_items WHERE conversation_id = $1 ORDER BY number",
            [.text(id)],
            read
        )
    }

    /// An item of a row with its title, which people wrote and which therefore has a column of its own (`StoredText`).
    static func read(_ row: SQLRow) throws -> WorkItem {
        var item: WorkItem = try WorkText.value(try row.text("content"))
        item.title = try row.optionalText("title")
        return item
    }

    /// What is stored of an item beside its title.
    static func stored(_ item: WorkItem) throws -> String {
        var item = item
        item.title = nil
        return try WorkText.stored(item)
    }

    /// The items of some numbers, in the order of the numbers given.
    static func items(_ numbers: [Int64], in transaction: some SQLReading) throws -> [WorkItem] {
        guard let last = numbers.last else { return [] }
        // As many places as the next power of two, so that there are few statements to prepare.
        var count = 1
        while count < numbers.count { count *= 2 }
        let padded = numbers + Array(repeating: last, count: count - numbers.count)
        let places = padded.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        let found = try transaction.rows(
            "SELECT title, content FROM work_items WHERE number IN (\(places))",
            padded.map(SQLValue.integer),
            read
        )
        let byNumber = Dictionary(found.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        return numbers.compactMap { byNumber[$0] }
    }

    /// The ended items of which nothing was logged since a time and whose events are still in the log, the oldest first.
    static func logged(before time: Int64, limit: Int, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            "SELECT id FROM work_items WHERE logged_microseconds < $1 ORDER BY logged_microseconds LIMIT $2",
            [.integer(time), .integer(Int64(limit))]
        ) { try $0.text("id") }
    }

    /// Notes that the log has no events of an item any more.
    static func forgetLogged(_ id: String, in transaction: WriteTransaction) throws {
        try transaction.execute("UPDATE work_items SET logged_microseconds = NULL WHERE id = $1", [.text(id)])
    }
}
