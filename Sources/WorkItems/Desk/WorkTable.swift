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
        )
    ]

    /// The due time of what is not due at any time, after every other.
    static let never: Int64 = 9_000_000_000_000_000_000
    /// How many rows of a part one page looks at, so that its cost is bounded whatever the filter leaves out.
    static let budget = 2_000

    /// Writes a new item.
    static func insert(
        _ item: WorkItem,
        timer: Int64?,
        key: (key: String, request: String)?,
        in transaction: WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO work_items (id, number, revision, state, kind, team, owner, created_by, priority, conversation_id,
                customer_id, breached, due_microseconds, timer_microseconds, created_microseconds, ended_microseconds, content,
                idempotency_key, request_sha256, title)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            """,
            [
                .text(item.id), .integer(item.number), .integer(item.revision), .text(item.state.rawValue),
                .text(item.kind), .text(item.team), .optional(item.owner), .text(item.createdBy),
                .text(item.priority.rawValue), .optional(item.links.conversation), .optional(item.customerKey),
                .integer(item.isBreached ? 1 : 0), .integer(item.dueAt ?? never), .optional(timer),
                .integer(item.createdAt), .optional(item.endedAt), .text(try stored(item)),
                .optional(key?.key), .optional(key?.request), .optional(item.title),
            ]
        )
        try Store.markOutdated(RecordKind.work.rawValue, item.id, in: transaction)
    }

    /// Writes an item that has changed.
    static func update(_ item: WorkItem, timer: Int64?, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            UPDATE work_items SET revision = $2, state = $3, team = $4, owner = $5, customer_id = $6, breached = $7,
                due_microseconds = $8, timer_microseconds = $9, ended_microseconds = $10, content = $11, conversation_id = $12,
                title = $13
            WHERE id = $1
            """,
            [
                .text(item.id), .integer(item.revision), .text(item.state.rawValue), .text(item.team),
                .optional(item.owner), .optional(item.customerKey), .integer(item.isBreached ? 1 : 0),
                .integer(item.dueAt ?? never), .optional(timer), .optional(item.endedAt),
                .text(try stored(item)), .optional(item.links.conversation), .optional(item.title),
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

    // MARK: Lists

    /// The items that a filter finds in a part of the table and that the caller may see.
    ///
    /// One page looks at no more than ``budget`` rows of the part, so a page may have fewer items than its limit and still not be
    /// the last one.
    static func part(
        _ scope: WorkScope,
        _ filter: WorkFilter,
        _ visibility: WorkVisibility,
        in transaction: some SQLReading
    ) throws -> WorkMerge.Part {
        let statement = statement(scope, filter, visibility)
        let items = try transaction.rows(statement.sql, statement.values) { row in
            (position: try position(row, filter.order), item: try read(row))
        }
        if items.count == filter.limit { return WorkMerge.Part(items: items, end: items.last?.position) }
        let seen = scan(scope, filter)
        let end = try transaction.first(
            "SELECT number, due_microseconds \(seen.sql) LIMIT 1 OFFSET \(budget - 1)",
            seen.values
        ) { try position($0, filter.order) }
        return WorkMerge.Part(items: items, end: end)
    }

    private static func position(_ row: SQLRow, _ order: WorkOrder) throws -> WorkPosition {
        WorkPosition(
            due: order == .due ? try row.integer("due_microseconds") : 0,
            number: try row.integer("number")
        )
    }

    /// The rows of a part in the order of an index, without a limit.
    private static func scan(_ scope: WorkScope, _ filter: WorkFilter) -> (sql: String, values: [SQLValue]) {
        var (conditions, values): ([String], [SQLValue]) = ([], [])
        let add = { (condition: String, value: SQLValue) in
            values.append(value)
            conditions.append("\(condition) $\(values.count)")
        }
        switch scope {
        case .everything: break
        case .team(let team): add("team =", .text(team))
        case .owner(let owner): add("owner =", .text(owner))
        case .conversation(let id): add("conversation_id =", .text(id))
        case .customer(let key): add("customer_id =", .text(key))
        }
        let after = filter.after ?? WorkPosition(due: 0, number: 0)
        switch filter.order {
        case .created:
            if let state = filter.state { add("state =", .text(state.rawValue)) }
            add("number >", .integer(after.number))
        case .due:
            values += [.integer(after.due), .integer(after.number)]
            conditions.append("(due_microseconds, number) > ($\(values.count - 1), $\(values.count))")
            if let time = filter.dueBefore { add("due_microseconds <", .integer(time)) }
        }
        let order = order(filter)
        return ("FROM work_items WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(order)", values)
    }

    private static func order(_ filter: WorkFilter) -> String {
        filter.order == .due ? "due_microseconds, number" : "number"
    }

    /// The statement that finds items in a part, and its values.
    static func statement(
        _ scope: WorkScope,
        _ filter: WorkFilter,
        _ visibility: WorkVisibility
    ) -> (sql: String, values: [SQLValue]) {
        var (seen, values) = scan(scope, filter)
        var conditions = [visibility.condition(&values)]
        let add = { (condition: String, value: SQLValue) in
            values.append(value)
            conditions.append("\(condition) $\(values.count)")
        }
        if let state = filter.state { add("state =", .text(state.rawValue)) }
        if let kinds = filter.kinds { conditions.append("kind IN (\(places(kinds, &values)))") }
        if let teams = filter.teams { conditions.append("team IN (\(places(teams, &values)))") }
        if let owner = filter.owner { add("owner =", .text(owner)) }
        if let isBreached = filter.isBreached { conditions.append("breached = \(isBreached ? 1 : 0)") }
        if let time = filter.dueBefore { add("due_microseconds <", .integer(time)) }
        if let id = filter.conversation { add("conversation_id =", .text(id)) }
        if let key = filter.customerKey { add("customer_id =", .text(key)) }
        values.append(.integer(Int64(filter.limit)))
        let limit = "$\(values.count)"
        seen += " LIMIT \(budget)"
        return (
            """
            SELECT number, due_microseconds, title, content FROM (SELECT number, due_microseconds, team, owner, state, kind,
                breached, conversation_id, customer_id, title, content \(seen)) AS seen
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(order(filter)) LIMIT \(limit)
            """,
            values
        )
    }

    /// The places of some values, in a fixed order so that equal lists have equal statements; an empty list fits nothing.
    static func places(_ texts: Set<String>, _ values: inout [SQLValue]) -> String {
        guard !texts.isEmpty else { return "NULL" }
        return texts.sorted().map { text in
            values.append(.text(text))
            return "$\(values.count)"
        }.joined(separator: ", ")
    }
}
