package import Access
import AuditTrail
import Redaction
import Storage
import Timekeeping
import Vocabulary

extension AuthorityLedger {
    private static let maximumNote = 4_000

    /// Agrees to a pending request, within the approver's own authority under the policy in force.
    ///
    /// What is approved also counts in the approver's own windows from now on. The same approval again answers the
    /// request as it is.
    ///
    /// - Throws: ``ResolutionError`` `notFound`, `forbidden` saying whether it is the own request or which tier it takes,
    ///   `conflict` when it is no longer pending; the store's error.
    package func approve(
        _ id: String,
        note: String? = nil,
        by principal: Principal,
        now: Int64
    ) async throws -> Grant {
        let note = try note.map { try Self.text($0, "note") }
        await warmUp()
        return try await decide(id, by: principal, now: now) { [self] stored, moment, transaction in
            var stored = stored
            if stored.grant.status == .approved, stored.grant.decidedBy == principal.subject { return nil }
            try Self.requireOther(principal, than: stored)
            try Self.requirePending(stored.grant)
            let verdict = try verdict(of: principal, on: stored, at: moment, in: transaction)
            guard Self.suffices(verdict, principal) else {
                throw ResolutionError(.forbidden, Self.refusal(verdict, principal))
            }
            let sequence = try Self.nextSequence(in: transaction)
            var scopes = CaseScopes()
            scopes[.all] = []
            scopes[.agent] = [principal.subject]
            let currency = stored.grant.amount?.currency.code ?? ""
            stored.approverKeys = scopes.allKeys(
                action: stored.grant.action,
                currency: currency,
                try writersHash(in: transaction)
            )
            let units = stored.grant.amount?.minorUnits ?? 0
            try WindowSums.add(units, under: stored.approverKeys, at: moment, sequence: sequence, in: transaction)
            stored.close(.approved, by: principal.subject, note: note, at: moment)
            return (stored, "approved", sequence)
        }
    }

    /// Refuses a pending request; needs no authority over the amount.
    ///
    /// - Throws: ``ResolutionError`` as ``approve(_:note:by:now:)``, and `invalid` for an empty note.
    package func reject(_ id: String, note: String, by principal: Principal, now: Int64) async throws -> Grant {
        let note = try Self.text(note, "note")
        return try await decide(id, by: principal, now: now) { [self] stored, moment, transaction in
            var stored = stored
            if stored.grant.status == .rejected, stored.grant.decidedBy == principal.subject { return nil }
            try Self.requireOther(principal, than: stored)
            try Self.requirePending(stored.grant)
            try release(stored, in: transaction)
            stored.close(.rejected, by: principal.subject, note: note, at: moment)
            return (stored, "rejected", try Self.nextSequence(in: transaction))
        }
    }

    /// Withdraws a pending request: whoever made it, or a supervisor of its team.
    ///
    /// What was granted is not withdrawn but settled as failed or reversed.
    ///
    /// - Throws: ``ResolutionError`` `notFound`, `conflict` when it is no longer pending; the store's error.
    package func cancel(_ id: String, reason: String, by principal: Principal, now: Int64) async throws -> Grant {
        let reason = try Self.text(reason, "reason")
        return try await decide(id, by: principal, now: now) { [self] stored, moment, transaction in
            var stored = stored
            if stored.grant.status == .cancelled { return nil }
            try Self.requireOwnOrLed(stored.grant, principal)
            try Self.requirePending(stored.grant)
            try release(stored, in: transaction)
            stored.close(.cancelled, by: principal.subject, note: reason, at: moment)
            return (stored, "cancelled", try Self.nextSequence(in: transaction))
        }
    }

    // MARK: Steps

    /// What a decision does to a request: the new state, what it is called and its number; nil for nothing new.
    typealias Step = (stored: GrantTable.Stored, kind: String, sequence: Int64)?

    func decide(
        _ id: String,
        by principal: Principal,
        seeing visibility: GrantVisibility? = nil,
        now: Int64,
        _ step: @escaping @Sendable (GrantTable.Stored, Int64, WriteTransaction) throws -> Step
    ) async throws -> Grant {
        try await transactions.write { [self] transaction in
            transaction.prefetch {
                [
                    ClockGuard.markQuestion, Self.lastEntryQuestion, GrantTable.question(of: id),
                    Store.question(of: Self.eventLog), AuditLog.headQuestion,
                ]
            }
            try clock.admit(now, in: transaction)
            let moment = try Self.moment(now, in: transaction)
            let stored = try visible(id, to: visibility ?? GrantVisibility(of: principal), in: transaction)
                .standing(at: moment)
            guard let step = try step(stored, moment, transaction) else {
                return Eventful(stored.grant)
            }
            try GrantTable.update(step.stored, in: transaction)
            let grant = step.stored.grant
            let note = step.kind == grant.status.rawValue ? grant.note : grant.settlement?.reference
            try record(
                step.kind,
                grant,
                sequence: step.sequence,
                actor: principal.auditActor,
                note: note,
                at: moment,
                in: transaction
            )
            return Eventful(grant, [.changed(grant, at: moment)])
        }
    }

    /// A request that may be seen.
    func visible(
        _ id: String,
        to visibility: GrantVisibility,
        in transaction: some SQLReading
    ) throws -> GrantTable.Stored {
        guard let stored = try GrantTable.find(id, in: transaction), visibility.includes(stored.grant)
        else { throw ResolutionError(.notFound, "there is no resolution “\(id)”", argument: "resolution_id") }
        return stored
    }

    /// What the policy in force says of an approver in the place of who asked, the request itself not counted.
    private func verdict(
        of principal: Principal,
        on stored: GrantTable.Stored,
        at moment: Int64,
        in transaction: WriteTransaction
    ) throws -> Verdict {
        let policy = try policy(in: transaction)
        let grant = stored.grant
        var scopes = stored.scopes
        scopes.setAgent(principal)
        let names = ScopeNames(hash: try writersHash(in: transaction), form: settings.form)
        try names.set(customer: grant.customerID, reference: grant.reference, of: &scopes, in: transaction)
        let draft = CaseMaker.Draft(
            facts: grant.facts,
            scopes: scopes,
            customerID: grant.customerID,
            channel: grant.channel,
            locale: grant.locale,
            action: grant.action,
            amount: grant.amount
        )
        let reader = draft.reader(names.hash, now: moment, today: day.start(of: moment))
        let own = LeftOut(
            scopes: stored.scopes,
            action: grant.action,
            currency: grant.amount?.currency.code ?? "",
            at: grant.createdAt,
            minorUnits: grant.amount?.minorUnits ?? 0
        )
        let windows = policy?.windows ?? []
        var facts = grant.facts
        facts.agent = principal.facts()
        let values = try values(windows, by: reader, leavingOut: [own], in: transaction)
        facts.history = reader.history(windows, values)
        facts.now = moment
        return Self.verdict(policy, facts)
    }

    /// Whether a verdict on an approver lets the approver agree.
    static func suffices(_ verdict: Verdict, _ principal: Principal) -> Bool {
        switch verdict.outcome {
        case .approved: true
        case .approvalRequired: (verdict.approverTier ?? Verdict.highestTier) <= (principal.tier ?? 0)
        case .denied: false
        }
    }

    private static func refusal(_ verdict: Verdict, _ principal: Principal) -> String {
        let reason = verdict.because.first.map { ": \($0)" } ?? ""
        guard verdict.outcome != .denied else { return "the policy lets nobody here grant this" + reason }
        let needed = verdict.approverTier ?? Verdict.highestTier
        let own = principal.tier.map { "you have tier \($0)" } ?? "you have no tier"
        return "beyond your own authority: it takes tier \(needed), and \(own)" + reason
    }

    private static func requireOther(_ principal: Principal, than stored: GrantTable.Stored) throws {
        if principal.isSamePerson(asSubject: stored.grant.requestedBy, person: stored.person) {
            throw ResolutionError(.forbidden, "nobody decides on an own request: another person must")
        }
        guard principal.leads(anyOf: stored.grant.teams) else {
            throw ResolutionError(.forbidden, "only a supervisor decides on requests of others")
        }
    }

    static func requireOwnOrLed(_ grant: Grant, _ principal: Principal) throws {
        let isOwn = grant.requestedBy == principal.subject
        guard isOwn || principal.leads(anyOf: grant.teams) else {
            throw ResolutionError(.forbidden, "only who asked for it, or a supervisor of the team, may do this")
        }
    }

    private static func requirePending(_ grant: Grant) throws {
        guard grant.status == .pending else {
            let hint = grant.status == .approved ? "; what was granted is settled as failed or reversed" : ""
            throw ResolutionError(.conflict, "the request is \(grant.status.rawValue), not pending" + hint)
        }
    }

    static func text(_ text: String, _ argument: String) throws -> String {
        guard text.contains(where: { !$0.isWhitespace }), text.utf8.count <= maximumNote else {
            throw ResolutionError(.invalid, "a text of 1 to \(maximumNote) bytes", argument: argument)
        }
        return Redactor().redact(text).text
    }
}

extension GrantTable.Stored {
    /// Ends the waiting.
    fileprivate mutating func close(_ status: ResolutionStatus, by subject: String, note: String?, at moment: Int64) {
        grant.status = status
        grant.decidedBy = subject
        grant.decidedAt = moment
        grant.note = note
    }
}
