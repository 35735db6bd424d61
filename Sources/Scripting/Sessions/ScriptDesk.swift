package import Access
package import Customers
import Redaction
package import Storage
import Vocabulary

/// Starts, advances, transfers and ends sessions of scripts; every accepted call is synced to disk before it is
/// answered.
///
/// A session is a log of accepted calls together with the resulting state. A call names the revision it has seen:
/// repeating the last accepted call returns its result, and any other stale revision is refused, so that two desktops
/// never overwrite each other. Resolutions are requested after the step is written and before the call is answered. A
/// request interrupted by the end of the process is repeated with the same key when the session is next accessed.
///
/// ## Topics
/// - ``start(_:for:now:)``
/// - ``perform(_:on:for:now:)``
/// - ``state(_:for:now:)``
/// - ``resolutionChanged(_:now:)``
/// - ``transfer(conversation:to:teams:by:now:in:)``
/// - ``expireIdle(now:)``
package struct ScriptDesk: Sendable {
    /// How often a call is retried when the session is changed concurrently.
    static let maximumAttempts = 20
    /// The largest number of decisions and resolutions for one call.
    static let maximumRounds = 100

    let store: Store
    let catalog: ScriptCatalog
    let ports: ScriptPorts
    let transactions: any Transactions<SessionDomainEvent>
    let secrets: SecretKeeper
    /// The time without calls after which an open session ends, in microseconds; nil for never.
    let idleTime: Int64?
    let form: CanonicalForm
    /// The day that "yesterday" is the day before.
    let day: SpokenDay

    /// - Parameters:
    ///   - store: the store for sessions.
    ///   - catalog: the scripts.
    ///   - ports: the connections to other modules.
    ///   - idleSeconds: the time without calls after which an open session ends, in seconds; 0 for never.
    ///   - form: how ids of customers are compared.
    ///   - day: the time zone in which days begin.
    ///   - secrets: the sensitive values of open sessions, shared by all desks over the store.
    ///   - transactions: applies what happens in sessions to others.
    package init(
        store: Store,
        catalog: ScriptCatalog,
        ports: ScriptPorts,
        idleSeconds: Int = 86_400,
        form: CanonicalForm = CanonicalForm(),
        day: SpokenDay = SpokenDay(timeZone: "UTC"),
        secrets: SecretKeeper = SecretKeeper(),
        transactions: any Transactions<SessionDomainEvent>
    ) {
        self.form = form
        self.day = day
        self.secrets = secrets
        self.transactions = transactions
        self.store = store
        self.catalog = catalog
        self.ports = ports
        idleTime = idleSeconds > 0 ? Int64(idleSeconds) * 1_000_000 : nil
    }

    /// The current state of a session.
    ///
    /// - Throws: ``ScriptError`` `notFound`, also when the caller may not see the session.
    package func state(_ id: String, for principal: Principal, now: Int64) async throws -> ScriptSession {
        for _ in 0..<Self.maximumAttempts {
            do {
                let draft = try await current(id, for: principal, now: now)
                return session(draft, for: principal)
            } catch is StaleSession { continue }
        }
        throw Self.contention
    }

    /// Makes a call on a session.
    ///
    /// - Throws: ``ScriptError`` `notFound`; `conflict` for a stale revision or a call that is not possible in the
    ///   session's state; `invalid` for an invalid value; `forbidden` if a supervisor is required. After an error
    ///   nothing has changed.
    @discardableResult
    package func perform(
        _ call: ScriptCall,
        on id: String,
        for principal: Principal,
        now: Int64
    ) async throws -> ScriptSession {
        let call = call.redacted()
        for _ in 0..<Self.maximumAttempts {
            do { return try await attempt(call, on: id, for: principal, now: now) } catch is StaleSession { continue }
        }
        throw Self.contention
    }

    static var contention: ScriptError {
        ScriptError(.conflict, "the session is being changed by others at the same time; read its state and try again")
    }

    private func attempt(
        _ call: ScriptCall,
        on id: String,
        for principal: Principal,
        now: Int64
    ) async throws -> ScriptSession {
        var draft = try await current(id, for: principal, isCall: true, now: now)
        guard SessionVisibility(of: principal).mayChange(draft.record) else {
            throw ScriptError(.forbidden, "you may read the session, but not change it")
        }
        let isSensitive = asksForSecret(draft)
        if try isRepeated(call, draft) { return session(draft, for: principal) }
        if let revision = call.revision, revision != Int64(draft.record.state.revision) {
            throw ScriptError(
                .conflict,
                "the session is at revision \(draft.record.state.revision), not \(revision)",
                argument: "revision",
                currentRevision: Int64(draft.record.state.revision)
            )
        }
        let before = draft.record.state
        let hearing = draft.hearing
        let library = try await catalog.library(for: principal, keeping: before.versions)
        draft = SessionDraft(
            record: draft.record,
            library: library,
            hearing: hearing,
            secrets: draft.secrets,
            entry: entry(of: call, draft, withholding: isSensitive),
            actor: principal
        )
        let isSupervisor = principal.holds(anyOf: [.supervisor])
        let effects = try ScriptEngine(library: library).apply(
            call.event(isSupervisor: isSupervisor),
            to: &draft.record.state,
            secrets: &draft.secrets,
            hearing: hearing,
            now: now
        )
        draft.record.acting = principal
        if draft.record.agent == nil { draft.record.agent = principal.subject }
        if let revision = call.revision {
            let fingerprint = call.fingerprint(withholding: isSensitive)
            draft.record.lastCall = .init(revision: revision, fingerprint: fingerprint)
        }
        let strict = isSensitive ? call.fingerprint(withholding: false) : nil
        let revision = before.revision + (call.isMove ? 1 : 0)
        try await finish(&draft, effects, revision: revision, fingerprint: strict, now: now)
        for id in draft.record.state.abandonedResolutions(since: before, by: call) {
            // The call is committed, so a failure here must not fail it: a resolution decided in the meantime stays, and one
            // that cannot be cancelled now expires on its own.
            try? await ports.resolutions.cancel(id, reason: "the script went on", for: draft.record.contact, now: now)
        }
        return session(draft, for: principal)
    }

    /// The entry for the session's log; for a proposal that is accepted with what it is.
    private func entry(of call: ScriptCall, _ draft: SessionDraft, withholding: Bool) -> JSONObject {
        var entry = call.record(withholding: withholding)
        guard case .accept = call,
            let proposal = ScriptEngine(library: draft.library).proposal(draft.record.state, hearing: draft.hearing)
        else { return entry }
        entry["value"] = Redactor().redact(proposal.value)
        switch proposal.origin {
        case .turn(let turn): entry["turn"] = .number(JSONNumber(turn))
        case .fact(let fact): entry["fact"] = .string(fact)
        }
        return entry
    }

    /// Whether the call repeats the last accepted one.
    ///
    /// A sensitive value is compared in memory only; after a restart the repetition is recognised without it.
    private func isRepeated(_ call: ScriptCall, _ draft: SessionDraft) throws -> Bool {
        if case .abandon = call { return draft.record.state.status == .abandoned }
        guard let revision = call.revision, let last = draft.record.lastCall, last.revision == revision,
            revision != Int64(draft.record.state.revision)
        else { return false }
        if last.fingerprint == call.fingerprint(withholding: false) { return true }
        guard last.fingerprint == call.fingerprint(withholding: true) else { return false }
        guard let known = secrets.fingerprint(of: draft.record.id) else { return true }
        return known == call.fingerprint(withholding: false)
    }

    /// Whether the value of the current step is sensitive.
    private func asksForSecret(_ draft: SessionDraft) -> Bool {
        let frame = draft.record.state.frame
        guard let script = draft.library.definition(frame.script, frame.version),
            case .ask(let ask)? = script.step(frame.step)?.kind, let field = ask.field
        else { return false }
        return script.names[field]?.isSensitive ?? false
    }

    /// The session as a caller sees it; only its agent sees sensitive arguments of the current action.
    func session(_ draft: SessionDraft, for principal: Principal) -> ScriptSession {
        let secrets = principal.subject == draft.record.agent ? draft.secrets : ScriptSecrets()
        let engine = ScriptEngine(library: draft.library)
        return draft.record.session(engine.view(draft.record.state, secrets: secrets, hearing: draft.hearing))
    }
}
