import Access
package import AuditTrail
package import Storage
import Vocabulary

/// What happens to sessions without a call on them.
extension ScriptDesk {
    /// The largest number of idle sessions that one transaction ends.
    private static let expiryBatch = 200

    /// Transfers the open sessions of a conversation to its new owner.
    ///
    /// - Parameters:
    ///   - conversation: the conversation.
    ///   - agent: the new owner; nil while it waits for a member of the teams.
    ///   - teams: the new teams.
    ///   - actor: who makes the transfer.
    ///   - now: the time, in microseconds since 1970.
    ///   - transaction: the transaction of the transfer.
    /// - Returns: the events of the sessions transferred.
    /// - Throws: the store's error.
    package func transfer(
        conversation: String,
        to agent: String?,
        teams: [String],
        by actor: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> [SessionDomainEvent] {
        var facts: JSONObject = ["team": .array(teams.map(JSON.string))]
        facts["subject"] = agent.map(JSON.string)
        return try SessionRecord.ids(ofConversation: conversation, in: transaction).flatMap { id in
            try change(id, .assign(agent: facts), "transfer", by: actor, now: now, in: transaction) {
                $0.agent = agent
                $0.teams = teams
            }
        }
    }

    /// Ends the sessions without a call during the idle time.
    ///
    /// - Returns: the number of sessions ended.
    package func expireIdle(now: Int64) async throws -> Int {
        guard let idleTime else { return 0 }
        var count = 0
        while true {
            let ended = try await transactions.write { transaction in
                let ids = try SessionRecord.idleIDs(before: now - idleTime, limit: Self.expiryBatch, in: transaction)
                let event = ScriptEvent.abandon(reason: "it was idle for too long")
                let events = try ids.flatMap { id in
                    try change(id, event, "expire", by: "frontline", now: now, in: transaction) { _ in }
                }
                return Eventful(ids.count, events)
            }
            count += ended
            if ended == 0 { return count }
        }
    }

    /// Puts an earlier version in force again; with `stopping`, open sessions of the withdrawn ones are stopped.
    ///
    /// - Returns: the result of the rollback, and the number of sessions stopped.
    /// - Throws: ``ScriptError`` `notFound`; `conflict` when nothing would change.
    package func rollBack(
        _ script: String,
        to version: Int64,
        reason: String,
        stopping: Bool,
        by actor: AuditActor,
        now: Int64
    ) async throws -> (rollback: ScriptCatalog.Rollback, stopped: Int) {
        let target = try await catalog.version(version, of: script)
        return try await transactions.write { transaction in
            let withdrawn = try catalog.rollBack(to: target, reason: reason, by: actor, now: now, in: transaction)
            var (stopped, events): (Int, [SessionDomainEvent]) = (0, [])
            for withdrawn in stopping ? withdrawn : [] {
                for id in try SessionRecord.openIDs(of: script, version: withdrawn, in: transaction) {
                    let event = ScriptEvent.stop(reason: "version \(withdrawn) was withdrawn: \(reason)")
                    events += try change(id, event, "stop", by: actor.name, now: now, in: transaction) { _ in }
                    stopped += 1
                }
            }
            return Eventful((ScriptCatalog.Rollback(script: target, withdrawn: withdrawn), stopped), events)
        }
    }

    /// Applies an event without effects inside a transaction; a session that has ended stays as it is.
    private func change(
        _ id: String,
        _ event: ScriptEvent,
        _ name: String,
        by actor: String,
        now: Int64,
        in transaction: WriteTransaction,
        _ modify: (inout SessionRecord) -> Void
    ) throws -> [SessionDomainEvent] {
        guard var record = try SessionRecord.find(id, in: transaction), !record.state.status.isFinished else {
            return []
        }
        modify(&record)
        var draft = SessionDraft(
            record: record,
            library: try catalog.library(for: record.acting, keeping: record.state.versions, in: transaction),
            secrets: secrets.secrets(of: id),
            entry: ["call": .string(name)],
            actor: Principal(subject: actor, roles: [])
        )
        _ = draft.add(try apply(event, to: &draft, now: now))
        let events = try write(prepare(draft, now: now), now: now, in: transaction)
        if draft.record.state.status.isFinished { secrets.forget(id) }
        return events
    }

    /// Passes the new state of a resolution to the sessions that wait for it.
    ///
    /// Call it after the decision is committed. Requests that a session makes as a result are performed when it is next
    /// accessed. A session whose actor is no longer authorised waits for the next call by another person.
    package func resolutionChanged(_ resolution: ScriptResolution, now: Int64) async throws {
        let waiting = try await store.read { try SessionRecord.waiting(forResolution: resolution.id, in: $0) }
        for (session, ticket) in waiting {
            for _ in 0..<Self.maximumAttempts {
                do {
                    try await apply(resolution, ticket: ticket, in: session, now: now)
                    break
                } catch is StaleSession { continue }
            }
        }
    }

    private func apply(_ resolution: ScriptResolution, ticket: Int, in session: String, now: Int64) async throws {
        guard let record = try await store.read({ try SessionRecord.find(session, in: $0) }),
            record.state.requests.contains(where: { $0.ticket == ticket && $0.status == .pending }),
            resolution.status != .pending,
            let actor = try await ports.actors.standing(of: record.acting, now: now)
        else { return }
        var draft = SessionDraft(
            record: record,
            library: try await catalog.library(for: actor, keeping: record.state.versions),
            secrets: secrets.secrets(of: session),
            entry: ["call": "resolution"],
            actor: actor
        )
        draft.hearing = try await hearing(of: record, draft.library)
        draft.record.acting = actor
        try await settle(
            &draft,
            try apply(.resolved(ticket: ticket, resolution), to: &draft, now: now),
            now: now
        )
        draft.record.state.revision = record.state.revision + 1
        let prepared = prepare(draft, now: now)
        try await transactions.write { Eventful((), try write(prepared, now: now, in: $0)) }
        finish(&draft, prepared, fingerprint: secrets.fingerprint(of: session), now: now)
    }
}
