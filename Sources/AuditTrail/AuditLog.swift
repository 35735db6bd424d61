package import Storage

/// The append-only log of changes, each entry sealed with the hash of the one before it.
///
/// A changed, removed or reordered entry breaks the chain at its place; removed entries at the end are noticed because
/// the head (count and hash) is kept apart. Whoever can rewrite the whole database can rewrite the chain as well: note
/// the head elsewhere from time to time, as `frontline audit verify` prints it.
///
/// ## Topics
/// - ``append(_:at:in:)``
/// - ``verify(notedHead:in:)``
/// - ``entries(_:in:)``
/// - ``eraseTexts(of:in:)``
package enum AuditLog {
    /// Appends events in their order, in the transaction that makes the changes they tell of.
    package static func append(_ events: [AuditEvent], at: Int64, in transaction: WriteTransaction) throws {
        guard !events.isEmpty else { return }
        var head = try head(in: transaction)
        for event in events {
            head = try append(event, after: head, at: at, in: transaction)
        }
        try transaction.execute(
            """
            INSERT INTO audit_head (name, entries, hash) VALUES ('head', $1, $2)
            ON CONFLICT (name) DO UPDATE SET entries = excluded.entries, hash = excluded.hash
            """,
            [.integer(head.entries), .text(head.hash)]
        )
    }

    private static func append(
        _ event: AuditEvent,
        after head: (entries: Int64, hash: String),
        at: Int64,
        in transaction: WriteTransaction
    ) throws -> (entries: Int64, hash: String) {
        let sequence = head.entries + 1
        var text: AuditText?
        if let written = event.text {
            let salt = AuditSeal.salt()
            text = AuditText(
                sha256: AuditSeal.hash(ofText: written, salt: salt),
                length: Int64(written.utf8.count),
                state: .kept,
                text: written
            )
            try transaction.execute(
                "INSERT INTO audit_texts (sequence, salt, text) VALUES ($1, $2, $3)",
                [.integer(sequence), .text(salt), .text(written)]
            )
        }
        let hash = AuditSeal.hash(
            event,
            text: text,
            sequence: sequence,
            at: at,
            previous: head.hash,
            form: AuditSeal.newest
        )
        guard let hash else { preconditionFailure("the newest form is known") }
        var bare = event
        bare.text = nil
        let entry = AuditEntry(
            sequence: sequence,
            at: at,
            form: AuditSeal.newest,
            event: bare,
            text: text,
            previous: head.hash,
            hash: hash
        )
        try AuditTable.insert(entry, in: transaction)
        return (sequence, hash)
    }

    /// Walks the whole chain and recomputes every hash, that of every text which still stands as it was written included.
    ///
    /// Reads all entries once, in order, without keeping them.
    ///
    /// - Parameters:
    ///   - notedHead: a head that was noted earlier; it must be the hash of an entry.
    ///   - transaction: where it is read.
    /// - Returns: what was found.
    /// - Throws: the store's error.
    package static func verify(
        notedHead: String? = nil,
        in transaction: some SQLReading
    ) throws -> AuditVerification {
        let head = try head(in: transaction)
        var found = AuditVerification(head: head.hash, notedHead: notedHead)
        var expected: (sequence: Int64, previous: String) = (1, "")
        try AuditTable.forEach(in: transaction) { entry, salt in
            found.entries += 1
            if entry.hash == notedHead { found.notedHeadAt = entry.sequence }
            guard found.firstBad == nil else { return }
            if !isSound(entry, salt: salt, sequence: expected.sequence, previous: expected.previous) {
                found.firstBad = expected.sequence
            }
            expected = (expected.sequence + 1, entry.hash)
        }
        if found.firstBad == nil, head.entries != found.entries || head.hash != expected.previous {
            found.firstBad = expected.sequence
        }
        return found
    }

    private static func isSound(_ entry: AuditEntry, salt: String?, sequence: Int64, previous: String) -> Bool {
        guard entry.sequence == sequence, entry.previous == previous else { return false }
        let hash = AuditSeal.hash(
            entry.event,
            text: entry.text,
            sequence: sequence,
            at: entry.at,
            previous: previous,
            form: entry.form
        )
        guard hash == entry.hash, entry.form > 1 || AuditSeal.isPlain(entry) else { return false }
        guard let text = entry.text, text.state == .kept else { return true }
        return AuditSeal.hash(ofText: text.text ?? "", salt: salt ?? "") == text.sha256
    }

    /// The entries that pass a filter, oldest first.
    package static func entries(_ filter: AuditFilter, in transaction: some SQLReading) throws -> [AuditEntry] {
        try AuditTable.entries(filter, in: transaction)
    }

    /// The last entry of an action; nil when it was never done.
    package static func last(_ action: String, in transaction: some SQLReading) throws -> AuditEntry? {
        try AuditTable.last(action, in: transaction)
    }

    /// How many entries there are, which is the sequence number of the last.
    package static func count(in transaction: some SQLReading) throws -> Int64 { try head(in: transaction).entries }

    private static func head(in transaction: some SQLReading) throws -> (entries: Int64, hash: String) {
        try transaction.first("SELECT entries, hash FROM audit_head WHERE name = 'head'") {
            (try $0.integer(0), try $0.text(1))
        } ?? (0, "")
    }
}
