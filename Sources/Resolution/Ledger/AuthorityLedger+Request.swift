package import Access
import AuditTrail
import BusinessCalendar
import Policies
import Storage
import Timekeeping
package import Vocabulary

extension AuthorityLedger {
    /// The longest idempotency key, in bytes.
    private static let maximumKey = 200

    /// What would be decided now; reads only, and waits for no writer.
    ///
    /// - Throws: ``ResolutionError`` `invalid`, also for an action or a reason that the policy does not know, `notFound` for
    ///   the conversation; the store's error.
    package func evaluate(
        _ request: GrantRequest,
        for principal: Principal,
        now: Int64
    ) async throws -> Evaluation {
        try await evaluate(request, for: principal, isNamed: true, now: now)
    }

    /// `isNamed` says whether action and reason are such that the policy must know.
    private func evaluate(
        _ request: GrantRequest,
        for principal: Principal,
        isNamed: Bool,
        now: Int64
    ) async throws -> Evaluation {
        let maker = try maker(request, principal, await namesToRead())
        let policy = try await policy()
        return try await store.read { [self] transaction in
            try clock.admit(now, in: transaction)
            let draft = try self.decisionCase(maker, policy, now: now, in: transaction)
            if isNamed { try policy?.names.check(maker.request) }
            let verdict = Self.verdict(policy, draft.facts)
            return Evaluation(
                verdict: verdict,
                remaining: policy?.remaining(on: draft.facts) ?? [],
                policyVersion: policy?.policy.version ?? 0,
                policySHA256: policy?.policy.sha256 ?? "",
                facts: draft.facts,
                locale: draft.locale
            )
        }
    }

    /// The inputs of the policy for a request, by their names, as ``evaluate(_:for:now:)`` would supply them.
    ///
    /// `now` is a text in RFC 3339. Action and reason may be any, for a preview of another policy.
    package func inputs(for request: GrantRequest, principal: Principal, now: Int64) async throws -> JSONObject {
        let facts = try await evaluate(request, for: principal, isNamed: false, now: now).facts
        return [
            "request": .object(facts.request), "agent": .object(facts.agent), "customer": .object(facts.customer),
            "history": .object(facts.history), "context": .object(facts.context),
            "now": .string(AuthorityPolicy.momentText(facts.now)),
        ]
    }

    /// Decides a request, and reserves its amount unless it is denied.
    ///
    /// The same key with the same request answers what became of the first; keys of different subjects are different.
    ///
    /// - Throws: ``ResolutionError`` `invalid`, also for an action or a reason that the policy does not know, `notFound` for
    ///   the conversation, `conflict` for a key that was used for another request; the store's error.
    package func request(
        _ request: GrantRequest,
        key: String,
        for principal: Principal,
        now: Int64
    ) async throws -> Grant {
        guard !key.isEmpty, key.utf8.count <= Self.maximumKey else {
            throw ResolutionError(.invalid, "a text of 1 to \(Self.maximumKey) bytes", argument: "idempotency_key")
        }
        let maker = try maker(request, principal, await names())
        await warmUp()
        return try await transactions.write { [self] transaction in
            let stored = StoredKey.of(key, maker.hash)
            transaction.prefetch { questions(maker, stored: stored, key: key, now: now) }
            try clock.admit(now, in: transaction)
            let body = maker.hash.hash(["body", maker.request.canonical.text])
            // The first release stored keys as they were given.
            let first =
                try GrantTable.find(key: stored, of: principal.subject, in: transaction)
                ?? GrantTable.find(key: key, of: principal.subject, in: transaction)
            if let first {
                guard first.bodyHash == body else {
                    throw ResolutionError(
                        .conflict,
                        "the key was used for another request",
                        argument: "idempotency_key"
                    )
                }
                return Eventful(first.grant.standing(at: try Self.moment(now, in: transaction)))
            }
            return try place(maker, key: stored, body: body, now: now, in: transaction)
        }
    }

    /// What a new request asks before it knows whose windows it counts in, and what its entries ask in the end.
    private func questions(_ maker: CaseMaker, stored: String, key: String, now: Int64) -> [SQLQuestion] {
        let subject = maker.principal.subject
        let keys = [stored, key].map { GrantTable.question(ofKey: $0, of: subject) }
        let spellings = maker.names.questions(customer: maker.request.customerID, reference: maker.request.reference)
        return keys + spellings + [
            ClockGuard.markQuestion, Self.lastEntryQuestion, PolicyStore.question(of: AuthorityPolicy.name),
            Self.overdueQuestion(at: now), Store.question(of: Self.eventLog), AuditLog.headQuestion,
        ]
    }

    /// The keys under which a request counts in its windows.
    package func windowKeys(
        of request: GrantRequest,
        for principal: Principal,
        now: Int64
    ) async throws -> [String] {
        let maker = try maker(request, principal, await names())
        let draft = try await store.read { try maker.draft(now: now, in: $0) }
        let currency = request.amount?.currency.code ?? ""
        return draft.scopes.allKeys(action: request.action, currency: currency, maker.hash)
    }

    func maker(_ request: GrantRequest, _ principal: Principal, _ names: ScopeNames) throws -> CaseMaker {
        CaseMaker(
            request: try request.prepared(comparedBy: names.form),
            principal: principal,
            hash: names.hash,
            customers: customers,
            names: names
        )
    }

    /// A case with the history that a policy asks for.
    private func decisionCase(
        _ maker: CaseMaker,
        _ policy: AuthorityPolicy?,
        now: Int64,
        in transaction: some SQLReading
    ) throws -> CaseMaker.Draft {
        let moment = try Self.moment(now, in: transaction)
        var draft = try maker.draft(now: moment, in: transaction)
        let reader = draft.reader(maker.hash, now: moment, today: day.start(of: moment))
        let windows = policy?.windows ?? []
        let values = try self.values(windows, by: reader, in: transaction)
        draft.facts.history = reader.history(windows, values)
        return draft
    }

    /// The values of windows in their order, without what is overdue.
    func values(
        _ windows: [Window],
        by reader: WindowReader,
        leavingOut left: [LeftOut] = [],
        in transaction: some SQLReading
    ) throws -> [Int64?] {
        guard !windows.isEmpty else { return [] }
        let overdue = try overdue(at: reader.now, in: transaction)
        return try reader.values(windows, leavingOut: overdue + left, in: transaction)
    }

    static func verdict(_ policy: AuthorityPolicy?, _ facts: CaseFacts) -> Verdict {
        policy?.verdict(on: facts)
            ?? Verdict.closed(["There is no policy “\(AuthorityPolicy.name)” that can be asked."])
    }

    /// Decides and writes a new request.
    private func place(
        _ maker: CaseMaker,
        key: String,
        body: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Eventful<Grant, GrantDomainEvent> {
        let moment = try Self.moment(now, in: transaction)
        var draft = try maker.draft(now: moment, in: transaction)
        let policy = try policy(in: transaction)
        try policy?.names.check(maker.request)
        let reader = draft.reader(maker.hash, now: moment, today: day.start(of: moment))
        let windows = policy?.windows ?? []
        let currency = draft.amount?.currency.code ?? ""
        let keys = draft.scopes.allKeys(action: draft.action, currency: currency, maker.hash)
        transaction.prefetch { WindowSums.questions(ofAddingUnder: keys) }
        let before = try values(windows, by: reader, in: transaction)
        draft.facts.history = reader.history(windows, before)
        let verdict = Self.verdict(policy, draft.facts)
        let units = draft.amount?.minorUnits ?? 0
        let after = verdict.outcome == .denied ? before : reader.after(windows, before, adding: units)
        let sequence = try Self.nextSequence(in: transaction)
        let grant = grant(
            maker,
            draft,
            verdict,
            policy,
            id: "res-" + maker.hash.hash(["resolution", String(sequence), maker.principal.subject, key]),
            sequence: sequence,
            after: reader.history(windows, after),
            expiresAt: try expiry(of: verdict, teams: maker.principal.teams, from: draft.facts.now, in: transaction)
        )
        let stored = GrantTable.Stored(
            grant: grant,
            person: maker.principal.person,
            bodyHash: body,
            scopes: draft.scopes,
            approverKeys: [],
            isErased: false
        )
        let customerHash = draft.scopes[.customer].first
        let row = try GrantTable.insert(stored, key: key, customerHash: customerHash, in: transaction)
        if grant.counts { try WindowSums.add(units, under: keys, at: moment, sequence: sequence, in: transaction) }
        try record(
            grant.status.rawValue,
            grant,
            hash: try LedgerRecord.hash(of: row, grant.status.rawValue),
            sequence: sequence,
            actor: maker.principal.auditActor,
            at: moment,
            in: transaction
        )
        let isPending = grant.status == .pending
        return Eventful(grant, [isPending ? .pending(grant, at: moment) : .changed(grant, at: moment)])
    }

    /// When a request that waits for approval expires; nil if it does not wait.
    ///
    /// Business time is counted in the hours of the agent's team, or in those of the company for an agent of several.
    private func expiry(
        of verdict: Verdict,
        teams: [String],
        from moment: Int64,
        in transaction: WriteTransaction
    ) throws -> Int64? {
        guard verdict.outcome == .approvalRequired else { return nil }
        let usual = moment + settings.pendingLifetime
        guard let minutes = verdict.businessMinutes else { return usual }
        let hours = try calendar.calendar(in: transaction).hours(of: teams.count == 1 ? teams[0] : nil)
        let end = hours.instant(.seconds(minutes * 60), after: Timestamp(microseconds: moment))
        return end?.microseconds ?? usual
    }

    private func grant(
        _ maker: CaseMaker,
        _ draft: CaseMaker.Draft,
        _ verdict: Verdict,
        _ policy: AuthorityPolicy?,
        id: String,
        sequence: Int64,
        after: JSONObject,
        expiresAt: Int64?
    ) -> Grant {
        let status: ResolutionStatus =
            switch verdict.outcome {
            case .approved: .approved
            case .approvalRequired: .pending
            case .denied: .denied
            }
        let now = draft.facts.now
        return Grant(
            id: id,
            sequence: sequence,
            status: status,
            verdict: verdict,
            action: draft.action,
            amount: draft.amount,
            reason: maker.request.reason,
            customerID: draft.customerID,
            conversationID: maker.request.conversationID,
            reference: maker.request.reference,
            requestedBy: maker.principal.subject,
            teams: maker.principal.teams,
            channel: draft.channel,
            locale: draft.locale,
            decidedBy: nil,
            note: nil,
            createdAt: now,
            decidedAt: status == .pending ? nil : now,
            expiresAt: expiresAt,
            settlement: nil,
            policyVersion: policy?.policy.version ?? 0,
            policySHA256: policy?.policy.sha256 ?? "",
            facts: draft.facts,
            historyAfter: after
        )
    }
}
