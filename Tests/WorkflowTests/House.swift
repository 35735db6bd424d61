import Access
import Alerts
import AuditTrail
import BusinessCalendar
import Conversations
import Customers
import Foundation
import Policies
import Resolution
import Scripting
import Storage
import TestStores
import Synchronization
import Texts
import Timekeeping
import Versioning
import Vocabulary
import WorkItems
import Workflow

/// The capabilities over one store, and an outlet that notes what it is told.
struct House {
    let store: Store
    let alerts: AlertDesk
    let catalog: ScriptCatalog
    let outlet = Outlet()
    let consequences: Consequences

    static let anna = Principal(subject: "anna", roles: [.agent], attributes: ["team": .one("billing")])
    static let lena = Principal(
        subject: "lena",
        roles: [.supervisor],
        attributes: ["team": .one("billing"), "tier": .one("\(Verdict.highestTier)")]
    )

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("house-\(UUID().uuidString)")
        store = try Store(
            testing: folder,
            migrations: AuditLog.migrations + TokenRegistry.migrations + VersionChain.migrations
                + TakenFiles.migrations + ClockGuard.migrations + ConversationStore.migrations + AlertDesk.migrations
                + AuthorityLedger.migrations + Rollout.migrations + ScriptCatalog.migrations + WorkDesk.migrations
        )
        let policies = PolicyStore(store: store)
        alerts = AlertDesk(store: store, policies: policies, texts: TextCatalog(store: store))
        catalog = ScriptCatalog(store: store, policies: policies)
        consequences = Consequences(
            store: store,
            tokens: TokenRegistry(store: store),
            policies: policies,
            alerts: alerts,
            conversations: ConversationStore(store: store, teams: { $0 == "ben" ? ["returns"] : nil }),
            authority: try AuthorityLedger(store: store, policies: policies, customers: Nobody()),
            work: WorkDesk(
                store: store,
                kinds: WorkKindStore(store: store),
                policies: policies,
                directory: Everywhere()
            ),
            catalog: catalog,
            idleSeconds: 0,
            form: CanonicalForm(),
            isTeam: { _, _ in true },
            outlet: outlet,
            now: { 100 }
        )
    }

    /// Every team, nobody in particular, and hours around the clock.
    private struct Everywhere: WorkDirectory {
        func isTeam(_ team: String) async throws -> Bool { true }
        func person(_ subject: String) async throws -> Principal? { nil }
        func calendar() async throws -> BusinessCalendar { .alwaysOpen }
    }

    /// Conversations of which no customer is known.
    private struct Nobody: CustomerOfConversation {
        func customer(
            ofConversation id: String,
            for principal: Principal,
            in transaction: some SQLReading
        ) throws -> ConversationCustomer? { ConversationCustomer(CustomerFacts()) }
    }

    func openConversation() async throws {
        let opening = Opening(id: "c", channel: "phone", agent: "anna")
        try await consequences.conversations.open(opening, by: Self.anna, now: 1)
    }

    /// Asks for a refund; without a policy it waits for somebody of the highest tier.
    func request(_ key: String = "k", conversation: String? = nil) async throws -> Grant {
        let request = GrantRequest(
            action: "refund",
            amount: try Money(amount: "10.00", currency: "EUR"),
            reason: "late",
            customerID: conversation == nil ? "c-1" : nil,
            conversationID: conversation
        )
        return try await consequences.authority.request(request, key: key, for: Self.anna, now: 10)
    }

    /// What the alerts went through, such as `approval raised`.
    func alertLog() throws -> [String] {
        try store.readNow { try alerts.events(after: 0, limit: 100, in: $0) }
            .map { "\($0.alert.kind) \($0.event.rawValue)" }
    }

    /// What the conversations were told.
    func told() async throws -> [ConversationEventKind] {
        try await consequences.conversations.events(after: 0, limit: 100).map(\.kind)
    }
}

/// Notes what is committed, and fails on demand.
final class Outlet: EventOutlet {
    struct Failure: Error {}

    private struct State {
        var isFailing = false
        var committed: [String] = []
        var reports = 0
    }

    private let state = Mutex(State())

    func fail(_ isFailing: Bool) { state.withLock { $0.isFailing = isFailing } }
    var committed: [String] { state.withLock { $0.committed } }
    var reports: Int { state.withLock { $0.reports } }

    private func data(_ text: String) throws -> JSON {
        if state.withLock({ $0.isFailing }) { throw Failure() }
        return ["about": .string(text)]
    }

    func data(of grant: Grant) async throws -> JSON { try data(grant.status.rawValue) }
    func data(of grant: Grant, in transaction: WriteTransaction) throws -> JSON { try data(grant.status.rawValue) }
    func data(of session: ScriptSession) throws -> JSON { try data(session.id) }
    func data(of alert: Alert, in texts: TextSet?) throws -> JSON { try data(alert.id) }
    func data(of reply: Alert.Reply, to alert: Alert) throws -> JSON { try data(reply.text) }

    func count(_ event: DomainEvent) {
        state.withLock { state in
            switch event {
            case .alert: state.committed.append("alert")
            case .conversation(.transferred): state.committed.append("transferred")
            case .conversation(.closed): state.committed.append("closed")
            case .grant(let change): state.committed.append(change.grant.status.rawValue)
            case .session: state.committed.append("session")
            case .work: state.committed.append("work")
            }
        }
    }

    func report(_ error: any Error, after event: DomainEvent) { state.withLock { $0.reports += 1 } }
}
