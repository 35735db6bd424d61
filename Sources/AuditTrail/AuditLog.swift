package import Storage

/// The append-only log of changes, each entry sealed with the hash of the one before it.
///
/// A changed, removed or reordered entry breaks the chain at its place; removed entries at the end are noticed because
/// the head (count and hash) is kept apart. Whoever can rewrite the whole database can rewrite the chain as well: note
/// the head elsewhere from time to time, as `frontline audit verify` prints it.
///
/// ## Topics
/// - ``append(_:at:in:)``
/// - ``verify(in:)``
/// - ``entries(after:since:limit:in:)``
package enum AuditLog {
    /// The tables of this module.
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
        )
    ]

    /// Appends events in their order, in the transaction that makes the changes they tell of.
    package static func append(_ events: [AuditEvent], at: Int64, in transaction: WriteTransaction) throws {
        guard !events.isEmpty else { return }
        var head = try head(in: transaction)
        for event in events {
            let entry = seal(event, sequence: head.entries + 1, at: at, previous: head.hash)
            try insert(entry, in: transaction)
            head = (entry.sequence, entry.hash)
        }
        try transaction.execute(
            """
            INSERT INTO audit_head (name, entries, hash) VALUES ('head', $1, $2)
            ON CONFLICT (name) DO UPDATE SET entries = excluded.entries, hash = excluded.hash
            """,
            [.integer(head.entries), .text(head.hash)]
        )
    }

    /// Walks the whole chain and recomputes every hash.
    ///
    /// Reads all entries once, in order, without keeping them.
    package static func verify(in transaction: some SQLReading) throws -> AuditVerification {
        let head = try head(in: transaction)
        var expected: (sequence: Int64, previous: String) = (1, "")
        var (entries, firstBad): (Int64, Int64?) = (0, nil)
        try transaction.forEach("SELECT \(columns) FROM audit_entries ORDER BY sequence") { row in
            entries += 1
            guard firstBad == nil else { return }
            let entry = try entry(row)
            let sealed = seal(entry.event, sequence: expected.sequence, at: entry.at, previous: expected.previous)
            if sealed != entry { firstBad = expected.sequence }
            expected = (expected.sequence + 1, entry.hash)
        }
        if firstBad == nil, head.entries != entries || head.hash != expected.previous { firstBad = expected.sequence }
        return AuditVerification(ok: firstBad == nil, entries: entries, head: head.hash, firstBad: firstBad)
    }

    /// Entries after the sequence number `after` that were written at or after `since`, oldest first.
    package static func entries(
        after: Int64,
        since: Int64?,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> [AuditEntry] {
        try transaction.rows(
            """
            SELECT \(columns) FROM audit_entries WHERE sequence > $1 AND at_microseconds >= $2 ORDER BY sequence LIMIT $3
            """,
            [.integer(after), .integer(since ?? Int64.min), .integer(Int64(limit))],
            entry
        )
    }

    private static let columns =
        "sequence, at_microseconds, actor, action, target, before_hash, after_hash, details, previous_hash, hash"

    private static func head(in transaction: some SQLReading) throws -> (entries: Int64, hash: String) {
        try transaction.first("SELECT entries, hash FROM audit_head WHERE name = 'head'") {
            (try $0.integer(0), try $0.text(1))
        } ?? (0, "")
    }

    private static func seal(_ event: AuditEvent, sequence: Int64, at: Int64, previous: String) -> AuditEntry {
        let parts = [
            previous, String(sequence), String(at), event.actor, event.action, event.target,
            event.before ?? "", event.after ?? "", event.details ?? "",
        ]
        // Every part is preceded by its length, so that no two different entries have the same text.
        let text = parts.reduce(into: "") { $0 += "\($1.utf8.count):\($1)" }
        return AuditEntry(sequence: sequence, at: at, event: event, previous: previous, hash: ContentHash.sha256(text))
    }

    private static func insert(_ entry: AuditEntry, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO audit_entries (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [
                .integer(entry.sequence), .integer(entry.at), .text(entry.event.actor), .text(entry.event.action),
                .text(entry.event.target), .optional(entry.event.before), .optional(entry.event.after),
                .optional(entry.event.details), .text(entry.previous), .text(entry.hash),
            ]
        )
    }

    private static func entry(_ row: SQLRow) throws -> AuditEntry {
        let event = AuditEvent(
            actor: try row.text(2),
            action: try row.text(3),
            target: try row.text(4),
            before: row.optionalText(5),
            after: row.optionalText(6),
            details: row.optionalText(7)
        )
        return AuditEntry(
            sequence: try row.integer(0),
            at: try row.integer(1),
            event: event,
            previous: try row.text(8),
            hash: try row.text(9)
        )
    }
}
