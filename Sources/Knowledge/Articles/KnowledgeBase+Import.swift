package import AuditTrail
import Storage
import Vocabulary

extension KnowledgeBase {
    /// Imports every valid record of the documents.
    ///
    /// Records are validated one by one and committed in batches while reading continues, so memory is bounded by a
    /// batch. Committed batches stay even if the import fails later; repeating the import completes it, since unchanged
    /// records are skipped.
    ///
    /// - Parameters:
    ///   - request: the documents and options.
    ///   - actor: who imports; recorded in versions and the audit log.
    ///   - now: the time, in microseconds since 1970.
    ///   - progress: called after every batch.
    /// - Returns: the outcome.
    /// - Throws: ``KnowledgeError`` `conflict` for an unexpected version; the store's error when writing fails. A
    ///   refusal to prune too much is reported in the summary.
    package func importArticles(
        _ request: ArticleImport,
        by actor: AuditActor,
        now: Int64,
        progress: @Sendable (ImportSummary) -> Void = { _ in }
    ) async throws -> ImportSummary {
        if let expected = request.expectedVersion {
            return try await importExpecting(expected, request, by: actor, now: now)
        }
        var run = ImportRun(request: request)
        let batch = ImportBatch(request, by: actor, now: now)
        try await withThrowingTaskGroup(of: ImportOutcome.self) { group in
            var next = run.nextBatch()
            while let records = next {
                // One batch is written while the next is read; the last commit is synced to disk and makes all of them
                // durable.
                next = run.nextBatch()
                let durability: Store.Durability = next == nil ? .full : .process
                for try await outcome in group { run.summary.add(outcome) }
                group.addTask { try await write(records, batch, durability, isDryRun: request.isDryRun) }
                progress(run.summary)
            }
            for try await outcome in group { run.summary.add(outcome) }
        }
        if request.prunes {
            do {
                run.summary.retired = try await prune(run, by: actor, now: now)
            } catch let error as KnowledgeError where error.code == .refused {
                run.summary.refusal = error.message
            }
        }
        progress(run.summary)
        return run.summary
    }

    private func write(
        _ records: [ImportRecord],
        _ batch: ImportBatch,
        _ durability: Store.Durability,
        isDryRun: Bool
    ) async throws -> ImportOutcome {
        if isDryRun { return try await store.read { try batch.preview(records, in: $0) } }
        return try await store.write(durability: durability) { try batch.write(records, in: $0) }
    }

    /// Imports a single article if its version is the one the caller expects.
    private func importExpecting(
        _ expected: Int64,
        _ request: ArticleImport,
        by actor: AuditActor,
        now: Int64
    ) async throws -> ImportSummary {
        var run = ImportRun(request: request)
        var records: [ImportRecord] = []
        while let batch = run.nextBatch() { records += batch }
        guard records.count + run.summary.failed == 1 else {
            throw KnowledgeError(
                .invalid,
                "an expected version needs exactly one article",
                argument: "expected_version"
            )
        }
        guard let record = records.first else { return run.summary }
        let batch = ImportBatch(request, by: actor, now: now)
        let outcome = try await store.write { [records] transaction in
            let key = ArticleKey(id: record.article.id, locale: record.article.locale)
            let version = try ArticleTable.state(of: key, in: transaction)?.version ?? 0
            guard version == expected else {
                throw KnowledgeError(
                    .conflict,
                    "the article “\(key.id)” is at version \(version)",
                    argument: "expected_version",
                    currentVersion: version
                )
            }
            return request.isDryRun
                ? try batch.preview(records, in: transaction) : try batch.write(records, in: transaction)
        }
        run.summary.add(outcome)
        return run.summary
    }

    /// Retires the articles of the source that the documents no longer contain.
    private func prune(_ run: ImportRun, by actor: AuditActor, now: Int64) async throws -> Int {
        let request = run.request
        var holding = run.summary.held
        holding.formUnion(request.heldBefore)
        return try await store.write { [holding] transaction in
            let held = try ArticleTable.keys(ofSource: request.source, in: transaction)
            let gone = held.filter { !holding.contains($0) }
            if !request.isForced {
                guard !holding.isIncomplete else {
                    throw KnowledgeError(
                        .refused,
                        "nothing was pruned: a document could not be read to its end; repair it, or force the pruning"
                    )
                }
                guard gone.count * 10 <= held.count else {
                    throw KnowledgeError(
                        .refused,
                        "nothing was pruned: \(gone.count) of the \(held.count) articles of “\(request.source)” are "
                            + "gone, more than a tenth; force the pruning if that is right"
                    )
                }
            }
            if request.isDryRun { return gone.count }
            for key in gone { try retire(key, source: request.source, by: actor, now: now, in: transaction) }
            return gone.count
        }
    }

    private func retire(
        _ key: ArticleKey,
        source: String,
        by actor: AuditActor,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        guard let state = try ArticleTable.state(of: key, in: transaction),
            let stored = try ArticleTable.article(key, in: transaction)
        else { return }
        var article = stored.article
        article.status = .retired
        let note = "no longer in \(source)"
        let written = try ArticleTable.write(
            article,
            content: article.canonicalXML,
            imported: nil,
            by: actor.name,
            at: now,
            note: note,
            after: state,
            in: transaction
        )
        try Store.recordChanges(topic: ArticleTable.topic, keys: [key.text], in: transaction)
        let event = AuditEvent(
            actor: actor,
            action: "knowledge.retire",
            target: key.text,
            before: stored.sha256,
            after: written.sha256,
            details: note
        )
        try AuditLog.append([event], at: now, in: transaction)
    }
}
