import Access
import Storage
import Vocabulary

/// Performs the effects of a call: decisions, resolutions, and all writes.
extension ScriptDesk {
    /// Reads a session and completes interrupted work.
    ///
    /// Reading a session continues it on behalf of the person who acted last, with that person's current rights. If
    /// that person is no longer authorised, nothing happens until another person makes a call; the session then
    /// continues on behalf of the caller.
    ///
    /// - Parameters:
    ///   - id: the session.
    ///   - principal: the caller.
    ///   - isCall: whether the session is read in order to make a call.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the session, with all changes written.
    /// - Throws: ``ScriptError`` `notFound`, also for a session the caller may not see.
    func current(
        _ id: String,
        for principal: Principal,
        isCall: Bool = false,
        now: Int64
    ) async throws -> SessionDraft {
        guard let record = try await store.read({ try SessionRecord.find(id, in: $0) }),
            SessionVisibility(of: principal).includes(record)
        else { throw ScriptError(.notFound, "there is no session “\(id)”", argument: "session_id") }
        var draft = SessionDraft(
            record: record,
            library: try await catalog.library(for: record.acting, keeping: record.state.versions),
            secrets: secrets.secrets(of: id),
            entry: ["call": "resume"],
            actor: record.acting
        )
        draft.hearing = try await hearing(of: record, draft.library)
        guard record.state.status == .waiting, SessionVisibility(of: principal).mayChange(record) else { return draft }
        if let actor = try await ports.actors.standing(of: record.acting, now: now) {
            try await act(as: actor, in: &draft)
            try await resume(&draft, now: now)
        } else if isCall {
            try await act(as: principal, in: &draft)
            try await resume(&draft, after: record.acting.subject, now: now)
        }
        return draft
    }

    /// Continues the session on behalf of an actor, with the scripts that the actor gets.
    private func act(as actor: Principal, in draft: inout SessionDraft) async throws {
        draft.record.acting = actor
        draft.library = try await catalog.library(for: actor, keeping: draft.record.state.versions)
    }

    /// Repeats interrupted requests, and applies a resolution that has been decided in the meantime.
    ///
    /// - Parameters:
    ///   - draft: the session; its record names the person on whose behalf it continues.
    ///   - predecessor: the previous actor, if no longer authorised; requests not yet made on that person's behalf are
    ///     not made.
    ///   - now: the time, in microseconds since 1970.
    /// - Throws: ``StaleSession``; the errors of the ports.
    private func resume(_ draft: inout SessionDraft, after predecessor: String? = nil, now: Int64) async throws {
        let revision = draft.record.state.revision
        var effects = ScriptEngine(library: draft.library).outstanding(draft.record.state)
        if !effects.isEmpty {
            if let predecessor { effects = try await inherit(effects, of: predecessor, &draft, now: now) }
            try await finish(&draft, effects, revision: revision + 1, fingerprint: nil, now: now)
            return
        }
        guard let request = draft.record.state.awaited, let id = request.resolutionId,
            let resolution = try await ports.resolutions.resolution(id),
            ScriptRequest.Status(resolution.status) != request.status
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

    /// Settles the outstanding requests of an actor who is no longer authorised: requests already made count, others
    /// fail.
    ///
    /// - Returns: the remaining effects.
    private func inherit(
        _ effects: [ScriptEffect],
        of predecessor: String,
        _ draft: inout SessionDraft,
        now: Int64
    ) async throws -> [ScriptEffect] {
        var left: [ScriptEffect] = []
        for effect in effects {
            guard case .resolve(let request) = effect else {
                left.append(effect)
                continue
            }
            let key = Self.key(of: request, in: draft.record.id)
            let event: ScriptEvent =
                if let known = try await ports.resolutions.resolution(requestedBy: predecessor, key: key) {
                    .resolved(ticket: request.ticket, known)
                } else {
                    .resolveFailed(ticket: request.ticket, "“\(predecessor)” is no longer authorised to request it")
                }
            left += try apply(event, to: &draft, now: now)
        }
        return left
    }

    /// The idempotency key of a session's request for a resolution.
    private static func key(of request: ScriptResolutionRequest, in session: String) -> String {
        "script:\(session):\(request.ticket)"
    }

    /// Performs the effects of a call and writes the session: first the changes by the call itself, then the results of
    /// the resolutions it requests.
    func finish(
        _ draft: inout SessionDraft,
        _ effects: [ScriptEffect],
        revision: Int,
        fingerprint: String?,
        now: Int64
    ) async throws {
        try await settle(&draft, effects, now: now)
        try await commit(&draft, revision: revision, fingerprint: fingerprint, now: now)
        var rounds = 0
        while let request = draft.requests.first {
            rounds += 1
            guard rounds <= Self.maximumRounds else { return }
            draft.requests.removeFirst()
            let event = try await resolve(request, draft.record.contact, now: now)
            try await settle(&draft, try apply(event, to: &draft, now: now), now: now)
            try await commit(&draft, revision: revision, fingerprint: fingerprint, now: now)
        }
    }

    private func resolve(
        _ request: ScriptResolutionRequest,
        _ contact: ScriptContact,
        now: Int64
    ) async throws -> ScriptEvent {
        do {
            let key = Self.key(of: request, in: contact.sessionID)
            let resolution = try await ports.resolutions.request(request, key: key, for: contact, now: now)
            return .resolved(ticket: request.ticket, resolution)
        } catch let error as ScriptError {
            return .resolveFailed(ticket: request.ticket, error.message)
        }
    }

    /// Evaluates decisions until none is left; resolutions are requested only after the session is written.
    func settle(_ draft: inout SessionDraft, _ effects: [ScriptEffect], now: Int64) async throws {
        var decisions = draft.add(effects)
        var rounds = 0
        while let request = decisions.first {
            decisions.removeFirst()
            rounds += 1
            let answer: ScriptAnswer =
                if rounds > Self.maximumRounds {
                    .failure("one call led to more than \(Self.maximumRounds) decisions")
                } else {
                    await decide(request, draft.record.contact, now: now)
                }
            let event = ScriptEvent.decided(ticket: request.ticket, answer)
            decisions += draft.add(try apply(event, to: &draft, now: now))
        }
    }

    private func decide(_ request: ScriptDecisionRequest, _ contact: ScriptContact, now: Int64) async -> ScriptAnswer {
        do {
            return .value(try await ports.decisions.decide(request, for: contact, now: now))
        } catch let error as ScriptError {
            return .failure(error.message)
        } catch {
            return .failure("\(error)")
        }
    }

    /// Passes an answer from another module to the engine.
    func apply(_ event: ScriptEvent, to draft: inout SessionDraft, now: Int64) throws -> [ScriptEffect] {
        let effects = try ScriptEngine(library: draft.library).apply(
            event,
            to: &draft.record.state,
            secrets: &draft.secrets,
            hearing: draft.hearing,
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
        try await transactions.write { Eventful((), try self.write(prepared, now: now, in: $0)) }
        finish(&draft, prepared, fingerprint: fingerprint, now: now)
    }

    /// Updates a draft after its commit, as the base for the next write.
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
    /// The pending resolutions that a call has abandoned, which must be cancelled so that their amounts no longer count
    /// in windows.
    ///
    /// Going back alone abandons none, because an equal request reuses the same resolution.
    func abandonedResolutions(since before: ScriptState, by call: ScriptCall) -> [String] {
        let waiting = requests.filter { !$0.isAct && $0.status == .pending && $0.ticket != pending?.ticket }
        return waiting.filter { request in
            switch call {
            case _ where status.isFinished: true
            case .skip, .jump: request.ticket == before.pending?.ticket
            default: request.isUndone && pending?.kind == .resolve
            }
        }.compactMap(\.resolutionId)
    }

    /// The resolution for which the session waits.
    var awaited: ScriptRequest? {
        guard let pending, pending.kind == .resolve else { return nil }
        return requests.last { $0.ticket == pending.ticket && $0.status == .pending }
    }
}
