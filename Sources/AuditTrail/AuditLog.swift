package import Storage
import Vocabulary

/// The append-only log of changes, in which each entry includes the hash of the previous one.
///
/// A changed, removed or reordered entry breaks the chain at its place; entries removed at the end are detected because
/// the head (count and hash) is stored separately. Somebody who can rewrite the whole database can also rewrite the
/// chain, so record the head printed by `frontline audit verify` elsewhere from time to time.
///
/// ## Topics
/// - ``append(_:at:in:)``
/// - ``verify(notedHead:in:)``
/// - ``entries(_:in:)``
/// - ``eraseTexts(of:in:)``
package enum AuditLog {
    /// Appends events in order, in the transaction that makes the changes.
    package static func append(_ events: [AuditEvent], at: Int64, in transaction: WriteTransaction) throws {
        guard !events.isEmpty else { return }
        var head = try head(in: transaction)
        for event in events {
            head = try append(event, after: head, at: at, in: transaction)
        }
        try transaction.post(
            """
            INSERT INTO audit_head (name, entries, hash) VALUES ('head', $1, $2)
            ON CONFLICT (name) DO UPDATE SET entries = excluded.entries, hash = excluded.hash
            """,
            [.integer(head.entries), .text(head.hash)],
            answering: headQuestion,
            with: ["entries": .integer(head.entries), "hash": .text(head.hash)]
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
            try transaction.post(
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

    /// Verifies the whole chain by recomputing every hash, including those of texts that are unchanged.
    ///
    /// Reads all entries once, in order, in constant memory.
    ///
    /// - Parameters:
    ///   - notedHead: a head recorded earlier, which must be the hash of an entry.
    ///   - transaction: the transaction in which to read.
    /// - Returns: the result.
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

    /// The entries that match a filter, oldest first.
    package static func entries(_ filter: AuditFilter, in transaction: some SQLReading) throws -> [AuditEntry] {
        try AuditTable.entries(filter, in: transaction)
    }

    /// The last entry of an action; nil if there is none.
    package static func last(_ action: String, in transaction: some SQLReading) throws -> AuditEntry? {
        try AuditTable.last(action, in: transaction)
    }

    /// The number of entries, which is the sequence number of the last one.
    package static func count(in transaction: some SQLReading) throws -> Int64 { try head(in: transaction).entries }

    /// How many entries there are, and the hash of the last one; empty before the first.
    package static func head(in transaction: some SQLReading) throws -> (entries: Int64, hash: String) {
        try transaction.first(headQuestion) { (try $0.integer("entries"), try $0.text("hash")) } ?? (0, "")
    }

    /// What ``append(_:at:in:)`` asks.
    package static let headQuestion = SQLQuestion("SELECT entries, hash FROM audit_head WHERE name = 'head'")
}
