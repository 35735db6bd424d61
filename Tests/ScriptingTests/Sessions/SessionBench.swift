import Access
import AuditTrail
import Customers
import Foundation
import Policies
import Scripting
import Storage
import TestStores
import Synchronization
import Versioning
import Vocabulary

/// A store with scripts and sessions, and fakes of the other modules.
struct SessionBench {
    let store: Store
    let catalog: ScriptCatalog
    let desk: ScriptDesk
    let ledger = FakeLedger()
    let others = FakeOthers()

    static let agent = Principal(subject: "anna", roles: [.agent], attributes: ["team": .one("billing")])
    static let other = Principal(subject: "ben", roles: [.agent], attributes: ["team": .one("billing")])
    static let lead = Principal(subject: "lena", roles: [.supervisor], attributes: ["team": .one("billing")])
    static let stranger = Principal(subject: "sven", roles: [.supervisor], attributes: ["team": .one("returns")])
    static let auditor = Principal(subject: "otto", roles: [.auditor])

    init(
        scripts: [String] = [],
        extractors: String? = nil,
        folder: URL? = nil,
        idleSeconds: Int = 3_600
    ) async throws {
        let folder =
            folder ?? FileManager.default.temporaryDirectory.appendingPathComponent("sessions-\(UUID().uuidString)")
        store = try Store(
            testing: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations + ScriptCatalog.migrations
        )
        catalog = ScriptCatalog(store: store, policies: PolicyStore(store: store))
        desk = Self.desk(store, catalog, ledger, others, idleSeconds: idleSeconds)
        if let extractors { _ = try await catalog.extractors.publish(extractors, note: nil, by: "olga", now: 1) }
        for script in scripts { try await catalog.publish(script, by: "olga", now: 1) }
    }

    /// Transactions whose events ``others`` note.
    var transactions: some Transactions<SessionDomainEvent> { NotedTransactions(store: store, others: others) }

    private static func desk(
        _ store: Store,
        _ catalog: ScriptCatalog,
        _ ledger: FakeLedger,
        _ others: FakeOthers,
        idleSeconds: Int
    ) -> ScriptDesk {
        let ports = ScriptPorts(
            decisions: others,
            resolutions: ledger,
            conversations: others,
            actors: others
        )
        return ScriptDesk(
            store: store,
            catalog: catalog,
            ports: ports,
            idleSeconds: idleSeconds,
            transactions: NotedTransactions(store: store, others: others)
        )
    }

    /// The desk of a restarted process, without anything in memory.
    func restarted() -> ScriptDesk {
        let catalog = ScriptCatalog(store: store, policies: PolicyStore(store: store))
        return Self.desk(store, catalog, ledger, others, idleSeconds: 3_600)
    }

    @discardableResult
    func start(
        _ script: String,
        _ id: String = "s",
        version: Int64? = nil,
        conversation: String? = nil,
        context: JSONObject = [:],
        for principal: Principal = SessionBench.agent,
        now: Int64 = 10
    ) async throws -> ScriptSession {
        let start = SessionStart(
            scriptID: script,
            version: version,
            sessionID: id,
            conversationID: conversation,
            context: context
        )
        return try await desk.start(start, for: principal, now: now)
    }

    @discardableResult
    func perform(_ call: ScriptCall) async throws -> ScriptSession {
        try await desk.perform(call, on: "s", for: Self.agent, now: 20)
    }

    @discardableResult
    func advance(
        _ revision: Int64,
        _ value: JSON? = nil,
        _ id: String = "s",
        for principal: Principal = SessionBench.agent,
        now: Int64 = 20
    ) async throws -> ScriptSession {
        try await desk.perform(.advance(revision: revision, value: value), on: id, for: principal, now: now)
    }

    /// All bytes written by the store.
    func storedBytes() throws -> [UInt8] {
        try FileManager.default.contentsOfDirectory(
            at: store.files?.folder ?? URL(fileURLWithPath: "/nowhere"),
            includingPropertiesForKeys: nil
        )
        .flatMap { [UInt8](try Data(contentsOf: $0)) }
    }
}

/// A fake ledger that grants by key and can be interrupted.
final class FakeLedger: ResolutionPort {
    struct Failure: Error {}

    private struct State {
        var status = ResolutionStatus.approved
        var failsBefore = false
        var failsAfter = false
        var refusal: String?
        var granted: [String: ScriptResolution] = [:]
        var keys: [String] = []
        var requesters: [Principal] = []
        var cancelled: [String] = []
    }

    private let state = Mutex(State())

    /// What the next new requests come out as.
    func answer(_ status: ResolutionStatus) { state.withLock { $0.status = status } }
    /// The process ends before, or after, a request is granted.
    func cutOff(before: Bool = false, after: Bool = false) {
        state.withLock { ($0.failsBefore, $0.failsAfter) = (before, after) }
    }
    func refuse(_ message: String?) { state.withLock { $0.refusal = message } }
    /// Decides a pending resolution.
    func decide(_ id: String, _ status: ResolutionStatus) -> ScriptResolution {
        state.withLock { state in
            let decided = ScriptResolution(id: id, status: status, details: ["status": .string(status.rawValue)])
            for (key, resolution) in state.granted where resolution.id == id { state.granted[key] = decided }
            return decided
        }
    }

    var grants: Int { state.withLock { $0.granted.count } }
    var keys: [String] { state.withLock { $0.keys } }
    /// With whose authority the requests of ``keys`` were made.
    var requesters: [Principal] { state.withLock { $0.requesters } }
    var cancelled: [String] { state.withLock { $0.cancelled } }

    func request(
        _ request: ScriptResolutionRequest,
        key: String,
        for contact: ScriptContact,
        now: Int64
    ) async throws -> ScriptResolution {
        try state.withLock { state in
            if state.failsBefore { throw Failure() }
            if let refusal = state.refusal { throw ScriptError(.invalid, refusal) }
            state.keys.append(key)
            state.requesters.append(contact.principal)
            let id = "r\(state.granted.count + 1)"
            let fresh = ScriptResolution(
                id: id,
                status: state.status,
                details: ["status": .string(state.status.rawValue)]
            )
            let resolution = state.granted[key] ?? fresh
            state.granted[key] = resolution
            if state.failsAfter { throw Failure() }
            return resolution
        }
    }

    func cancel(_ id: String, reason: String, for contact: ScriptContact, now: Int64) async throws {
        _ = decide(id, .cancelled)
        state.withLock { $0.cancelled.append(id) }
    }

    func resolution(requestedBy subject: String, key: String) throws -> ScriptResolution? {
        state.withLock { $0.granted[key] }
    }

    func resolution(_ id: String) throws -> ScriptResolution? {
        state.withLock { state in state.granted.values.first { $0.id == id } }
    }
}

/// The policies, supervisors and conversations of a test.
final class FakeOthers: DecisionPort, ConversationPort, ActorPort {
    private struct State {
        var decision: JSON? = .string("yes")
        var escalations: [String] = []
        var changes: [ScriptSession] = []
        var hidden: Set<String> = []
        var owner: String?
        var revoked: Set<String> = []
        var said: [HeardTurn] = []
    }

    private let state = Mutex(State())

    func decide(_ answer: JSON?) { state.withLock { $0.decision = answer } }
    func hide(_ conversation: String) { state.withLock { _ = $0.hidden.insert(conversation) } }
    /// Revokes all rights of a subject.
    func revoke(_ subject: String) { state.withLock { _ = $0.revoked.insert(subject) } }
    /// The customer says something, in a turn of its own.
    func say(_ text: String) {
        state.withLock { state in
            state.said.append(HeardTurn(number: Int64(state.said.count + 1), text: text, at: 0, locale: nil))
        }
    }
    func said(in conversation: String, limit: Int) -> [HeardTurn] { state.withLock { $0.said.suffix(limit) } }
    func own(_ agent: String?) { state.withLock { $0.owner = agent } }
    var escalations: [String] { state.withLock { $0.escalations } }
    var changes: [ScriptSession] { state.withLock { $0.changes } }

    func decide(_ request: ScriptDecisionRequest, for contact: ScriptContact, now: Int64) throws -> JSON {
        guard let decision = state.withLock({ $0.decision }) else { throw ScriptError(.notFound, "no such model") }
        return decision
    }

    /// What happened in sessions.
    func note(_ event: SessionDomainEvent) {
        state.withLock { state in
            switch event {
            case .escalated(let escalation, _, _): state.escalations.append(escalation.step)
            case .changed(let session, _, _): state.changes.append(session)
            }
        }
    }

    func standing(of actor: Principal, now: Int64) throws -> Principal? {
        state.withLock { $0.revoked.contains(actor.subject) ? nil : actor }
    }

    func facts(of conversation: String, for principal: Principal) throws -> ScriptConversation? {
        state.withLock { state in
            state.hidden.contains(conversation)
                ? nil
                : ScriptConversation(
                    agent: state.owner,
                    teams: ["billing"],
                    customer: CustomerFacts(unsourced: ["id": "c1", "name": "Mara"], comparedBy: CanonicalForm()),
                    locale: "en",
                    facts: ["channel": "phone"]
                )
        }
    }
}

/// Transactions whose events others note.
private struct NotedTransactions: Transactions {
    let store: Store
    let others: FakeOthers

    func write<Value: Sendable>(
        durability: Store.Durability,
        _ body: @escaping @Sendable (WriteTransaction) throws -> Eventful<Value, SessionDomainEvent>
    ) async throws -> Value {
        try await store.write(durability: durability) { transaction in
            let made = try body(transaction)
            for event in made.events { others.note(event) }
            return made.value
        }
    }
}

/// The scripts of these tests.
enum BenchScript {
    static let refund = """
        script: refund
        title: Refund
        variables:
          pin: {type: string, sensitive: true}
        start: greet
        steps:
          greet: {say: "Hello {{customer.name}}", next: amount}
          amount: {ask: "How much?", field: total, type: number, required: true, next: settle}
          settle:
            resolve: {action: '"refund"', amount: total, currency: '"EUR"', reason: '"late"'}
            as: settlement
            approved: code
            denied: sorry
            rejected: sorry
          code: {ask: "Your code?", field: pin, type: string, next: pay}
          pay: {act: pay_out, with: {amount: total, code: pin}, as: receipt, next: done, failed: desk}
          desk: {escalate: supervisor, say: "One moment.", next: done}
          sorry: {say: "I cannot do that.", next: refused}
          done: {end: resolved}
          refused: {end: refused}
        """
    static let simple = """
        script: simple
        title: Simple
        start: a
        steps:
          a: {say: "A", next: b}
          b: {ask: "B?", required: true, choices: [{label: "Yes", value: "yes", next: c}, {label: "No", value: "no", next: a}]}
          c: {say: "C", next: d}
          d: {end: fine}
        """
    static let other = """
        script: other
        title: Other
        start: one
        steps:
          one: {say: "One", next: two}
          two: {end: back}
        """
}
