package import Access
package import Customers
import JSONRPC
package import Storage

/// Sessions of scripts: begun, walked, handed over and ended, each accepted call on the device before it is answered.
///
/// A session is a log of accepted calls and, beside it, the state they led to. A call names the revision it has seen:
/// repeating the last accepted call answers the state it led to, any other stale revision is refused, so that two
/// desktops never overwrite each other. What others have to do for a step (a resolution) is done after the step is
/// written and before the call is answered; a request cut short by the end of the process is made again, with the same
/// key, when the session is next looked at.
///
/// ## Topics
/// - ``start(_:for:now:)``
/// - ``perform(_:on:for:now:)``
/// - ``state(_:for:now:)``
/// - ``resolutionChanged(_:now:)``
/// - ``transfer(conversation:to:teams:by:now:in:)``
/// - ``expireIdle(now:)``
package final class ScriptDesk: Sendable {
    /// How often a call is tried again when others change the session at the same time.
    static let maximumAttempts = 20
    /// Decisions and resolutions that one call may lead to.
    static let maximumRounds = 100

    let store: Store
    let catalog: ScriptCatalog
    let ports: ScriptPorts
    let secrets = SecretKeeper()
    /// Microseconds without a call after which an open session ends; nil for never.
    let idleTime: Int64?
    let form: CanonicalForm

    /// - Parameters:
    ///   - store: where sessions are kept.
    ///   - catalog: the scripts.
    ///   - ports: what sessions need of other modules.
    ///   - idleSeconds: seconds without a call after which an open session ends; 0 for never.
    ///   - form: how ids of customers are compared.
    package init(
        store: Store,
        catalog: ScriptCatalog,
        ports: ScriptPorts,
        idleSeconds: Int = 86_400,
        form: CanonicalForm = CanonicalForm()
    ) {
        self.form = form
        self.store = store
        self.catalog = catalog
        self.ports = ports
        idleTime = idleSeconds > 0 ? Int64(idleSeconds) * 1_000_000 : nil
    }

    /// Where a session stands.
    ///
    /// - Throws: ``ScriptError`` `notFound`, also for a session the caller may not see.
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
    /// - Throws: ``ScriptError`` `notFound`; `conflict` for a stale revision or a session that cannot be called so;
    ///   `invalid` for a value that does not fit; `forbidden` where a supervisor is needed. Nothing has changed then.
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
        ScriptError(.conflict, "others change the session at the same time; read its state and try again")
    }

    private func attempt(
        _ call: ScriptCall,
        on id: String,
        for principal: Principal,
        now: Int64
    ) async throws -> ScriptSession {
        var draft = try await current(id, for: principal, isCall: true, now: now)
        guard SessionVisibility(of: principal).mayChange(draft.record) else {
            throw ScriptError(.forbidden, "the session can be looked at, not changed")
        }
        let isSensitive = asksForSecret(draft.record.state)
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
        draft = SessionDraft(
            record: draft.record,
            secrets: draft.secrets,
            entry: call.record(withholding: isSensitive),
            actor: principal
        )
        let isSupervisor = principal.holds(anyOf: [.supervisor])
        let effects = try engine(for: principal).apply(
            call.event(isSupervisor: isSupervisor),
            to: &draft.record.state,
            secrets: &draft.secrets,
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
            // What was decided meanwhile stays; what cannot be withdrawn now expires by itself.
            try? await ports.resolutions.cancel(id, reason: "the script went on", for: draft.record.contact, now: now)
        }
        return session(draft, for: principal)
    }

    /// Whether this is the last accepted call once more.
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

    /// Whether the value of the present step is sensitive.
    private func asksForSecret(_ state: ScriptState) -> Bool {
        let frame = state.frame
        guard let script = try? catalog.version(frame.version, of: frame.script),
            case .ask(let ask)? = script.definition.step(frame.step)?.kind, let field = ask.field
        else { return false }
        return script.definition.names[field]?.isSensitive ?? false
    }

    func engine(for principal: Principal) -> ScriptEngine { ScriptEngine(library: catalog.library(for: principal)) }

    /// The session as a caller sees it; sensitive arguments of the present action are for its agent alone.
    func session(_ draft: SessionDraft, for principal: Principal) -> ScriptSession {
        let secrets = principal.subject == draft.record.agent ? draft.secrets : ScriptSecrets()
        return draft.record.session(engine(for: draft.record.acting).view(draft.record.state, secrets: secrets))
    }
}
