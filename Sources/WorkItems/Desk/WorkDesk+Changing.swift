package import Access
import AuditTrail
import BusinessCalendar
import Storage
import Vocabulary

/// What became of one item of a call.
package struct WorkAnswer: Sendable {
    /// The item.
    package let id: String
    /// The item as it is now, or why nothing has changed.
    package let result: Result<WorkItem, WorkError>
}

extension WorkDesk {
    /// How many items one call may change.
    package static let maximumBulk = 200

    /// Does the same with several items, each of which succeeds or fails by itself, in one transaction.
    ///
    /// - Parameters:
    ///   - ids: the items; one that is named twice is changed once.
    ///   - command: what is done; its texts are redacted here.
    ///   - revision: the revision that the caller has seen; nil for any.
    ///   - principal: who does it.
    ///   - now: the time.
    /// - Returns: what became of each, in the order of the ids.
    /// - Throws: ``WorkError`` `invalid` for a team or an owner that does not exist; the store's error.
    package func change(
        _ ids: [String],
        _ command: WorkCommand,
        expecting revision: Int64? = nil,
        by principal: Principal,
        now: Int64
    ) async throws -> [WorkAnswer] {
        var seen: Set<String> = []
        let ids = ids.filter { seen.insert($0).inserted }
        let command = try command.redacted()
        var owner: Principal?
        if case .transfer(let team, let name, _) = command {
            try await check(team: team)
            try await check(owner: name, of: team)
            if let name { owner = try await directory.person(name) }
        }
        let calendar = try await directory.calendar()
        return try await transactions.write { [self, owner] transaction in
            var (answers, events, audit): ([WorkAnswer], [WorkDomainEvent], [AuditEvent]) = ([], [], [])
            for id in ids {
                do {
                    let (item, entry) = try change(
                        id,
                        command,
                        expecting: revision,
                        to: owner,
                        calendar,
                        by: principal,
                        now: now,
                        in: transaction
                    )
                    answers.append(WorkAnswer(id: id, result: .success(item)))
                    guard let entry else { continue }
                    events.append(.changed(item, entry))
                    audit.append(Self.audit(command, entry, of: item, by: principal))
                } catch let error as WorkError {
                    // Every such error is found before anything of the item is written.
                    answers.append(WorkAnswer(id: id, result: .failure(error)))
                }
            }
            try AuditLog.append(audit, at: now, in: transaction)
            return Eventful(answers, events)
        }
    }

    private func change(
        _ id: String,
        _ command: WorkCommand,
        expecting revision: Int64?,
        to owner: Principal?,
        _ calendar: BusinessCalendar,
        by principal: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> (item: WorkItem, entry: WorkEntry?) {
        let visibility = WorkVisibility(of: principal)
        guard var item = try WorkTable.item(id, in: transaction), visibility.includes(item) else {
            throw Self.unknown(id)
        }
        guard visibility.mayGive(command, to: item) else {
            throw WorkError(.forbidden, "\(id) is another team's", argument: "work_id")
        }
        if let revision, revision != item.revision {
            throw WorkError(
                .conflict,
                "\(id) has changed: its revision is \(item.revision)",
                argument: "expected_revision",
                currentRevision: item.revision
            )
        }
        let kind = try kinds.kind(item.kind, version: item.kindVersion, in: transaction)
        let entry = try item.apply(
            command,
            by: WorkActor(principal.subject, leads: visibility.leads(item)),
            kind: kind,
            hours: calendar.hours(of: item.team),
            at: now
        )
        guard let entry else { return (item, nil) }
        if let owner, !WorkVisibility(of: owner).sees(team: item.team) {
            throw WorkError(.invalid, "somebody of the team \(item.team)", argument: "owner")
        }
        try WorkLog.append(entry, of: &item, kind: kind, in: transaction)
        return (item, entry)
    }

    static func unknown(_ id: String) -> WorkError {
        WorkError(.notFound, "there is no item of work \(id)", argument: "work_id")
    }

    private static func audit(
        _ command: WorkCommand,
        _ entry: WorkEntry,
        of item: WorkItem,
        by principal: Principal
    ) -> AuditEvent {
        AuditEvent(
            actor: principal.auditActor,
            action: "work.\(command.verb)",
            target: item.id,
            details: "revision \(item.revision)",
            text: entry.text
        )
    }
}

extension WorkCommand {
    /// The method that gives the command.
    fileprivate var verb: String {
        switch self {
        case .claim: "claim"
        case .release: "release"
        case .transfer: "transfer"
        case .comment, .wait, .resume: "comment"
        case .complete: "complete"
        case .cancel: "cancel"
        }
    }

    /// The same without personal data in its texts.
    ///
    /// - Throws: ``WorkError`` `invalid` for a comment or a reason that says nothing.
    fileprivate func redacted() throws(WorkError) -> WorkCommand {
        let clean = { (text: String?) in WorkText.redacted(text) }
        switch self {
        case .claim: return self
        case .release(let note): return .release(note: clean(note))
        case .transfer(let team, let owner, let note): return .transfer(team: team, owner: owner, note: clean(note))
        case .comment(let text):
            guard let text = clean(text) else { throw WorkError(.invalid, "a text", argument: "text") }
            return .comment(text)
        case .wait(let until, let note): return .wait(until: until, note: clean(note))
        case .resume(let note): return .resume(note: clean(note))
        case .complete(let outcome, let note):
            return .complete(outcome: outcome.mapValues { clean($0) ?? "" }, note: clean(note))
        case .cancel(let reason):
            guard let reason = clean(reason) else { throw WorkError(.invalid, "a text", argument: "reason") }
            return .cancel(reason: reason)
        }
    }
}
