import Access
import JSONRPC
import Storage

/// What a call leads to: decisions, resolutions, and everything that is written.
extension ScriptDesk {
    /// The session as it stands now, what was cut short made up for.
    ///
    /// - Throws: ``ScriptError`` `notFound`, also for a session the caller may not see.
    func current(_ id: String, for principal: Principal, now: Int64) async throws -> SessionDraft {
        guard let record = try store.readNow({ try SessionRecord.find(id, in: $0) }),
            SessionVisibility(of: principal).includes(record)
        else { throw ScriptError(.notFound, "there is no session “\(id)”", argument: "session_id") }
        var draft = SessionDraft(
            record: record,
            secrets: secrets.secrets(of: id),
            entry: ["call": "resume"],
            actor: record.acting
        )
        guard record.state.status == .waiting, SessionVisibility(of: principal).mayChange(record) else { return draft }
        try await resume(&draft, now: now)
        return draft
    }

    /// Makes the requests again that were cut short, and takes up a resolution that was decided meanwhile.
    private func resume(_ draft: inout SessionDraft, now: Int64) async throws {
        let revision = draft.record.state.revision
        let effects = engine(for: draft.record.acting).outstanding(draft.record.state)
        if !effects.isEmpty {
            try await finish(&draft, effects, revision: revision + 1, fingerprint: nil, now: now)
            return
        }
        guard let request = draft.record.state.awaited, let id = request.resolutionId,
            let resolution = try ports.resolutions.resolution(id), resolution.status != request.status
        else { return }
        let event = ScriptEvent.resolved(ticket: request.ticket, resolution)
        try await finish(
            &draft,
            try apply(event, to: &draft, now: now),
            revision: revision + 1,
            fingerprint: nil,
            now: now
        )
    }

    /// Does what a call leads to and writes it: first what the call itself changed, then what came of the resolutions
    /// it requests.
    func finish(
        _ draft: inout SessionDraft,
        _ effects: [ScriptEffect],
        revision: Int,
        fingerprint: String?,
        now: Int64
    ) async throws {
        try settle(&draft, effects, now: now)
        try await commit(&draft, revision: revision, fingerprint: fingerprint, now: now)
        var rounds = 0
        while let request = draft.requests.first {
            rounds += 1
            guard rounds <= Self.maximumRounds else { return }
            draft.requests.removeFirst()
            let event = try await resolve(request, draft.record.contact, now: now)
            try settle(&draft, try apply(event, to: &draft, now: now), now: now)
            try await commit(&draft, revision: revision, fingerprint: fingerprint, now: now)
        }
    }

    private func resolve(
        _ request: ScriptResolutionRequest,
        _ contact: ScriptContact,
        now: Int64
    ) async throws -> ScriptEvent {
        do {
            let key = "script:\(contact.sessionID):\(request.ticket)"
            let resolution = try await ports.resolutions.request(request, key: key, for: contact, now: now)
            return .resolved(ticket: request.ticket, resolution)
        } catch let error as ScriptError {
            return .resolveFailed(ticket: request.ticket, error.message)
        }
    }

    /// Answers decisions until none is left; resolutions wait until what led to them is written.
    func settle(_ draft: inout SessionDraft, _ effects: [ScriptEffect], now: Int64) throws {
        var decisions = draft.take(effects)
        var rounds = 0
        while let request = decisions.first {
            decisions.removeFirst()
            rounds += 1
            let event = ScriptEvent.decided(
                ticket: request.ticket,
                rounds > Self.maximumRounds
                    ? .failure("one call led to more than \(Self.maximumRounds) decisions")
                    : decide(request, draft.record.contact, now: now)
            )
            decisions += draft.take(try apply(event, to: &draft, now: now))
        }
    }

    private func decide(_ request: ScriptDecisionRequest, _ contact: ScriptContact, now: Int64) -> ScriptAnswer {
        do {
            return .value(try ports.decisions.decide(request, for: contact, now: now))
        } catch let error as ScriptError {
            return .failure(error.message)
        } catch {
            return .failure("\(error)")
        }
    }

    /// Gives the engine the answer of somebody else.
    func apply(_ event: ScriptEvent, to draft: inout SessionDraft, now: Int64) throws -> [ScriptEffect] {
        let effects = try engine(for: draft.record.acting).apply(
            event,
            to: &draft.record.state,
            secrets: &draft.secrets,
            now: now
        )
        if let answer = event.answer { draft.answers.append(answer) }
        return effects
    }

    private func commit(
        _ draft: inout SessionDraft,
        revision: Int,
        fingerprint: String?,
        now: Int64
    ) async throws {
        draft.record.state.revision = revision
        let prepared = prepare(draft, now: now)
        try await store.write { transaction in try self.write(prepared, now: now, in: transaction) }
        finish(&draft, prepared, fingerprint: fingerprint, now: now)
    }

    /// What a commit made of a draft: the next one starts from there.
    func finish(_ draft: inout SessionDraft, _ written: SessionDraft, fingerprint: String?, now: Int64) {
        draft.record = written.record
        draft.record.generation += 1
        (draft.entered, draft.escalations, draft.answers) = ([], [], [])
        draft.entry = ["call": "answers"]
        let isOver = draft.record.state.status.isFinished
        secrets.keep(
            isOver ? ScriptSecrets() : draft.secrets,
            fingerprint: fingerprint,
            of: draft.record.id,
            now: now
        )
    }
}

extension ScriptState {
    /// The pending resolutions that a call has gone away from for good: they must not go on holding their windows.
    ///
    /// Going back alone forsakes nothing, for the same request again is the same resolution.
    func forsaken(since before: ScriptState, by call: ScriptCall) -> [String] {
        let waiting = requests.filter { !$0.isAct && $0.status == "pending" && $0.ticket != pending?.ticket }
        return waiting.filter { request in
            switch call {
            case _ where status.isFinished: true
            case .skip, .jump: request.ticket == before.pending?.ticket
            default: request.isUndone && pending?.kind == .resolve
            }
        }.compactMap(\.resolutionId)
    }

    /// The resolution that the session waits for.
    var awaited: ScriptRequest? {
        guard let pending, pending.kind == .resolve else { return nil }
        return requests.last { $0.ticket == pending.ticket && $0.status == "pending" }
    }
}
