package import Storage
import Vocabulary

extension AuditLog {
    /// The migrations that create this module's tables.
    package static let migrations = [
        Migration(
            "audit-1",
            [
                """
                CREATE TABLE audit_entries (
                    sequence BIGINT NOT NULL PRIMARY KEY,
                    at_microseconds BIGINT NOT NULL,
                    actor TEXT NOT NULL,
                    action TEXT NOT NULL,
                    target TEXT NOT NULL,
                    before_hash TEXT,
                    after_hash TEXT,
                    details TEXT,
                    previous_hash TEXT NOT NULL,
                    hash TEXT NOT NULL
                )
                """,
                """
                CREATE TABLE audit_head (
                    name TEXT NOT NULL PRIMARY KEY,
                    entries BIGINT NOT NULL,
                    hash TEXT NOT NULL
                )
                """,
            ]
        ),
        // Adds what the first release lacked: the complete actor, and erasable texts.
        Migration(
            "audit-2",
            [
                "ALTER TABLE audit_entries ADD COLUMN form BIGINT NOT NULL DEFAULT 1",
                "ALTER TABLE audit_entries ADD COLUMN token_id TEXT",
                "ALTER TABLE audit_entries ADD COLUMN roles TEXT",
                "ALTER TABLE audit_entries ADD COLUMN system_user TEXT",
                "ALTER TABLE audit_entries ADD COLUMN on_behalf_of TEXT",
                "ALTER TABLE audit_entries ADD COLUMN text_sha256 TEXT",
                "ALTER TABLE audit_entries ADD COLUMN text_length BIGINT",
                "CREATE INDEX audit_entries_by_target ON audit_entries (target, sequence)",
                "CREATE INDEX audit_entries_by_actor ON audit_entries (actor, sequence)",
                "CREATE INDEX audit_entries_by_action ON audit_entries (action, sequence)",
                """
                CREATE INDEX audit_entries_by_behalf ON audit_entries (on_behalf_of, sequence)
                WHERE on_behalf_of IS NOT NULL
                """,
                """
                CREATE INDEX audit_entries_by_system_user ON audit_entries (system_user, sequence)
                WHERE system_user IS NOT NULL
                """,
                // A text without a salt has had names removed.
                """
                CREATE TABLE audit_texts (
                    sequence BIGINT NOT NULL PRIMARY KEY,
                    salt TEXT,
                    text TEXT NOT NULL
                )
                """,
            ]
        ),
    ]
}

/// The rows of entries and of their texts.
enum AuditTable {
    private static let columns = """
        e.sequence, e.at_microseconds, e.actor, e.action, e.target, e.before_hash, e.after_hash, e.details, \
        e.previous_hash, e.hash, e.form, e.token_id, e.roles, e.system_user, e.on_behalf_of, e.text_sha256, \
        e.text_length, t.salt, t.text
        """
    private static let tables = "audit_entries e LEFT JOIN audit_texts t ON t.sequence = e.sequence"

    static func insert(_ entry: AuditEntry, in transaction: WriteTransaction) throws {
        let event = entry.event
        let actor = event.actor
        try transaction.post(
            """
            INSERT INTO audit_entries (sequence, at_microseconds, actor, action, target, before_hash, after_hash, details,
                previous_hash, hash, form, token_id, roles, system_user, on_behalf_of, text_sha256, text_length)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            """,
            [
                .integer(entry.sequence), .integer(entry.at), .text(actor.name), .text(event.action),
                .text(event.target), .optional(event.before), .optional(event.after), .optional(event.details),
                .text(entry.previous), .text(entry.hash), .integer(entry.form), .optional(actor.tokenID),
                .optional(actor.roles.isEmpty ? nil : actor.roles.joined(separator: " ")),
                .optional(actor.systemUser), .optional(event.onBehalfOf), .optional(entry.text?.sha256),
                .optional(entry.text?.length),
            ]
        )
    }

    /// Calls `body` with every entry in order, with the salt of its text.
    static func forEach(
        in transaction: some SQLReading,
        _ body: (AuditEntry, String?) throws -> Void
    ) throws {
        try transaction.forEach("SELECT \(columns) FROM \(tables) ORDER BY e.sequence") { row in
            try body(entry(row), row.optionalText("salt"))
        }
    }

    static func last(_ action: String, in transaction: some SQLReading) throws -> AuditEntry? {
        try transaction.first(
            "SELECT \(columns) FROM \(tables) WHERE e.action = $1 ORDER BY e.sequence DESC LIMIT 1",
            [.text(action)],
            entry
        )
    }

    static func forEachLatest(
        from first: String,
        to end: String,
        in transaction: some SQLReading,
        _ body: (AuditEntry) throws -> Void
    ) throws {
        try transaction.forEach(
            """
            SELECT \(columns) FROM \(tables)
            WHERE e.action >= $1 AND e.action < $2 AND e.after_hash IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM audit_entries l WHERE l.target = e.target AND l.sequence > e.sequence
                AND l.action >= $1 AND l.action < $2 AND l.after_hash IS NOT NULL)
            ORDER BY e.sequence
            """,
            [.text(first), .text(end)]
        ) { try body(entry($0)) }
    }

    static func entries(_ filter: AuditFilter, in transaction: some SQLReading) throws -> [AuditEntry] {
        var (conditions, values): ([String], [SQLValue]) = (["e.sequence > $1"], [.integer(filter.after)])
        func place(_ value: SQLValue) -> String {
            values.append(value)
            return "$\(values.count)"
        }
        if let subject = filter.subject {
            let name = place(.text(subject))
            conditions.append("(e.actor = \(name) OR e.on_behalf_of = \(name) OR e.system_user = \(name))")
        }
        if let action = filter.action {
            if action.contains(".") {
                conditions.append("e.action = \(place(.text(action)))")
            } else {
                // The slash is the character after the full stop, so this bounds the range of a module's actions.
                conditions.append("e.action >= \(place(.text(action + ".")))")
                conditions.append("e.action < \(place(.text(action + "/")))")
            }
        }
        if !filter.objects.isEmpty {
            let places = filter.objects.map { place(.text($0)) }
            conditions.append("e.target IN (\(places.joined(separator: ", ")))")
        }
        if let since = filter.since { conditions.append("e.at_microseconds >= \(place(.integer(since)))") }
        if let until = filter.until { conditions.append("e.at_microseconds < \(place(.integer(until)))") }
        let limit = place(.integer(Int64(filter.limit)))
        return try transaction.rows(
            """
            SELECT \(columns) FROM \(tables) WHERE \(conditions.joined(separator: " AND "))
            ORDER BY e.sequence LIMIT \(limit)
            """,
            values,
            entry
        )
    }

    private static func entry(_ row: SQLRow) throws -> AuditEntry {
        let actor = AuditActor(
            try row.text("actor"),
            tokenID: try row.optionalText("token_id"),
            roles: try row.optionalText("roles")?.split(separator: " ").map(String.init) ?? [],
            systemUser: try row.optionalText("system_user")
        )
        let event = AuditEvent(
            actor: actor,
            onBehalfOf: try row.optionalText("on_behalf_of"),
            action: try row.text("action"),
            target: try row.text("target"),
            before: try row.optionalText("before_hash"),
            after: try row.optionalText("after_hash"),
            details: try row.optionalText("details")
        )
        return AuditEntry(
            sequence: try row.integer("sequence"),
            at: try row.integer("at_microseconds"),
            form: try row.integer("form"),
            event: event,
            text: try text(row),
            previous: try row.text("previous_hash"),
            hash: try row.text("hash")
        )
    }

    private static func text(_ row: SQLRow) throws -> AuditText? {
        guard let sha256 = try row.optionalText("text_sha256") else { return nil }
        let text = try row.optionalText("text")
        let isRedacted = try row.optionalText("salt") == nil
        let state: AuditTextState = text == nil ? .erased : isRedacted ? .redacted : .kept
        let length = try row.optionalInteger("text_length") ?? 0
        return AuditText(sha256: sha256, length: length, state: state, text: text)
    }
}
