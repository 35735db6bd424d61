import AuditTrail
import Storage
import Versioning

/// A record on its way from a file to the store.
package struct ImportRecord: Sendable {
    /// What was read.
    package let article: Article
    /// Its canonical form.
    package let content: String
    /// The hash of the canonical form.
    package let sha256: String
}

/// What writing one batch of records did.
struct ImportOutcome: Sendable, Equatable {
    var created = 0
    var updated = 0
    var unchanged = 0
}

/// Writes records, several in one transaction.
struct ImportBatch: Sendable {
    let actor: AuditActor
    let source: String
    let now: Int64
    /// Whether records whose content was published before are left as they are.
    let leavesPublished: Bool

    init(_ request: ArticleImport, by actor: String, now: Int64) {
        self.actor = actor
        self.now = now
        source = request.source
        leavesPublished = request.leavesPublished
    }

    /// Writes those that differ from what was last imported, each with its version, change and audit entry.
    func write(_ records: [ImportRecord], in transaction: WriteTransaction) throws -> ImportOutcome {
        var outcome = ImportOutcome()
        var events: [AuditEvent] = []
        var changed: [String] = []
        for record in records {
            let key = ArticleKey(id: record.article.id, locale: record.article.locale)
            let state = try ArticleTable.state(of: key, in: transaction)
            if let state, state.source == source, state.importedSHA256 == record.sha256 {
                outcome.unchanged += 1
                continue
            }
            if let state, state.sha256 == record.sha256 {
                try ArticleTable.noteImport(of: key, sha256: record.sha256, source: source, in: transaction)
                outcome.unchanged += 1
                continue
            }
            if try isLeft(record, key, state, in: transaction) {
                outcome.unchanged += 1
                continue
            }
            _ = try ArticleTable.write(
                record.article,
                content: record.content,
                imported: record.sha256,
                by: actor.name,
                at: now,
                note: state == nil ? nil : "imported again from \(source)",
                after: state?.version ?? 0,
                in: transaction
            )
            changed.append(key.text)
            if state == nil { outcome.created += 1 } else { outcome.updated += 1 }
            events.append(
                AuditEvent(
                    actor: actor,
                    action: "knowledge.import",
                    target: key.text,
                    before: state?.sha256,
                    after: record.sha256,
                    details: source
                )
            )
        }
        try Store.recordChanges(topic: ArticleTable.topic, keys: changed, in: transaction)
        try AuditLog.append(events, at: now, in: transaction)
        return outcome
    }

    /// What ``write(_:in:)`` would do.
    func preview(_ records: [ImportRecord], in transaction: some SQLReading) throws -> ImportOutcome {
        var outcome = ImportOutcome()
        for record in records {
            let key = ArticleKey(id: record.article.id, locale: record.article.locale)
            let state = try ArticleTable.state(of: key, in: transaction)
            switch state {
            case nil: outcome.created += 1
            case let state? where state.sha256 == record.sha256: outcome.unchanged += 1
            case let state? where state.source == source && state.importedSHA256 == record.sha256:
                outcome.unchanged += 1
            default:
                if try isLeft(record, key, state, in: transaction) {
                    outcome.unchanged += 1
                } else {
                    outcome.updated += 1
                }
            }
        }
        return outcome
    }

    /// Whether a record stays out, for its content is an earlier version of the article.
    private func isLeft(
        _ record: ImportRecord,
        _ key: ArticleKey,
        _ state: ArticleTable.State?,
        in transaction: some SQLReading
    ) throws -> Bool {
        guard leavesPublished, state != nil else { return false }
        return try ArticleTable.chain.version(of: key.text, sha256: record.sha256, in: transaction) != nil
    }
}
