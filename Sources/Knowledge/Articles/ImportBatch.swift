import AuditTrail
import Storage
import Versioning
import Vocabulary

/// A record read from a document and about to be written.
package struct ImportRecord: Sendable {
    package let article: Article
    /// The article's canonical form.
    package let content: String
    /// The SHA-256 hash of the canonical form.
    package let sha256: String
    /// The document that contains the record.
    package let file: String
    /// The line on which the record begins, from 1.
    package let line: Int

    /// The entry of the report for this record when it is refused.
    package func failure(_ error: ArticleError) -> ImportFailure {
        ImportFailure(record: article.id, file: file, line: line, error: error)
    }
}

/// The result of writing one batch of records.
struct ImportOutcome: Sendable, Equatable {
    var created = 0
    var updated = 0
    var unchanged = 0
    /// The records refused because of what the store contains.
    var failures: [ImportFailure] = []
}

/// Writes a batch of records in one transaction.
struct ImportBatch: Sendable {
    let actor: AuditActor
    let source: String
    /// Whether records may take over articles of other sources.
    let adopts: Bool
    let now: Int64
    /// Whether records whose content was published earlier are left alone.
    let leavesPublished: Bool

    init(_ request: ArticleImport, by actor: AuditActor, now: Int64) {
        self.actor = actor
        source = request.source
        adopts = request.adopts
        leavesPublished = request.leavesPublished
        self.now = now
    }

    /// The action for a record.
    private enum Decision {
        case create
        case update(ArticleTable.State)
        /// The content is already in force; only the hash of the record is stored.
        case confirm(ArticleTable.State)
        case leave
        case refuse(ArticleError)
    }

    /// Writes the records that differ from the last import, each with a version, a change and an audit entry.
    func write(_ records: [ImportRecord], in transaction: WriteTransaction) throws -> ImportOutcome {
        var outcome = ImportOutcome()
        var events: [AuditEvent] = []
        var changed: [String] = []
        for record in records {
            let key = ArticleKey(id: record.article.id, locale: record.article.locale)
            let decision = try decision(on: record, at: key, in: transaction)
            note(decision, of: record, in: &outcome)
            switch decision {
            case .leave, .refuse: continue
            case .confirm(let state):
                try ArticleTable.noteImport(
                    of: key,
                    sha256: record.sha256,
                    source: source,
                    after: state,
                    in: transaction
                )
                if state.source != source { events.append(event(record, key, after: state)) }
            case .create:
                try write(record, after: nil, in: transaction)
                changed.append(key.text)
                events.append(event(record, key, after: nil))
            case .update(let state):
                try write(record, after: state, in: transaction)
                changed.append(key.text)
                events.append(event(record, key, after: state))
            }
        }
        try Store.recordChanges(topic: ArticleTable.topic, keys: changed, in: transaction)
        try AuditLog.append(events, at: now, in: transaction)
        return outcome
    }

    /// Determines what ``write(_:in:)`` would do, without writing.
    func preview(_ records: [ImportRecord], in transaction: some SQLReading) throws -> ImportOutcome {
        var outcome = ImportOutcome()
        for record in records {
            let key = ArticleKey(id: record.article.id, locale: record.article.locale)
            note(try decision(on: record, at: key, in: transaction), of: record, in: &outcome)
        }
        return outcome
    }

    private func decision(
        on record: ImportRecord,
        at key: ArticleKey,
        in transaction: some SQLReading
    ) throws -> Decision {
        guard let state = try ArticleTable.state(of: key, in: transaction) else { return .create }
        if state.source != source {
            guard adopts else { return .refuse(belongsElsewhere(key, state)) }
            if let opened = opened(by: record.article, state) { return .refuse(opened) }
        } else if state.importedSHA256 == record.sha256 {
            return .leave
        }
        if state.sha256 == record.sha256 { return .confirm(state) }
        // The record equals an earlier version: what people have put in force since then is kept.
        if leavesPublished, try ArticleTable.chain.version(of: key.text, sha256: record.sha256, in: transaction) != nil
        {
            return .leave
        }
        return .update(state)
    }

    private func note(_ decision: Decision, of record: ImportRecord, in outcome: inout ImportOutcome) {
        switch decision {
        case .create: outcome.created += 1
        case .update: outcome.updated += 1
        case .confirm, .leave: outcome.unchanged += 1
        case .refuse(let error): outcome.failures.append(record.failure(error))
        }
    }

    private func belongsElsewhere(_ key: ArticleKey, _ state: ArticleTable.State) -> ArticleError {
        ArticleError(
            .source,
            "id: “\(key.id)” (\(key.locale)) belongs to the source “\(state.source)”; import it from there, give this "
                + "record another id, or take the article over (--adopt, or `adopt` of knowledge.import)"
        )
    }

    /// The error for a record that would take over another source's article and show it to more people.
    ///
    /// Only an article's own source may widen its audience or lift its restrictions.
    private func opened(by article: Article, _ state: ArticleTable.State) -> ArticleError? {
        let lost = state.restrict.filter { !article.restrict.contains($0) }
        guard lost.isEmpty else {
            let conditions = lost.map(\.description).joined(separator: " ")
            return ArticleError(
                .restrict,
                "restrict: the article of “\(state.source)” is restricted to “\(conditions)”, and a record of another "
                    + "source does not lift that; repeat the restriction, or lift it in its own source first"
            )
        }
        guard article.audience.isWithin(state.audience) else {
            return ArticleError(
                .audience,
                "audience: the article of “\(state.source)” is for “\(state.audience.rawValue)”, and a record of another "
                    + "source does not widen that; give it the same audience, or widen it in its own source first"
            )
        }
        return nil
    }

    private func write(
        _ record: ImportRecord,
        after state: ArticleTable.State?,
        in transaction: WriteTransaction
    ) throws {
        let note = state.map { state in
            state.source == source ? "imported again from \(source)" : "taken over from \(state.source) by \(source)"
        }
        _ = try ArticleTable.write(
            record.article,
            content: record.content,
            imported: record.sha256,
            by: actor.name,
            at: now,
            note: note,
            after: state,
            in: transaction
        )
    }

    private func event(_ record: ImportRecord, _ key: ArticleKey, after state: ArticleTable.State?) -> AuditEvent {
        let isTakenOver = state.map { $0.source != source } ?? false
        return AuditEvent(
            actor: actor,
            action: "knowledge.import",
            target: key.text,
            before: state?.sha256,
            after: record.sha256,
            details: isTakenOver ? "\(source), taken over from \(state?.source ?? "")" : source
        )
    }
}

extension ArticleAudience {
    /// Whether everybody in this audience also belongs to another one.
    func isWithin(_ other: ArticleAudience) -> Bool {
        switch other {
        case .agent: true
        case .supervisor: self != .agent
        case .knowledgeManager: self == .knowledgeManager
        }
    }
}
