import Access
import AuditTrail
import Customers
import Foundation
import Policies
import Resolution
import Storage
import TestStores
import Synchronization
import Timekeeping
import Versioning
import Vocabulary

/// A ledger over an empty store, with the sample policy unless a test publishes another.
struct Office {
    static let start: Int64 = 1_795_000_000_000_000
    static let hour: Int64 = 3_600_000_000
    static let day: Int64 = 86_400_000_000

    let store: Store
    let policies: PolicyStore
    let ledger: AuthorityLedger
    let conversations = Conversations()
    let notices: Notices

    /// What is known of conversations in a test.
    final class Conversations: CustomerOfConversation {
        let known = Mutex<[String: ConversationCustomer]>([:])

        func customer(
            ofConversation id: String,
            for principal: Principal,
            in transaction: some SQLReading
        ) throws -> ConversationCustomer? { known.withLock { $0[id] } }
    }

    /// What the ledger told of.
    final class Notices: Transactions {
        let told = Mutex<[String]>([])
        private let store: Store

        init(_ store: Store) { self.store = store }

        func write<Value: Sendable>(
            durability: Store.Durability,
            _ body: @escaping @Sendable (WriteTransaction) throws -> Eventful<Value, GrantDomainEvent>
        ) async throws -> Value {
            let made = try await store.write(durability: durability) { [self] transaction in
                let made = try body(transaction)
                told.withLock { $0 += made.events.map { "\($0.grant.status) \($0.grant.id)" } }
                return made
            }
            told.withLock { $0 += made.events.map { "committed \($0.grant.id)" } }
            return made.value
        }
    }

    init(policy: String? = Office.samplePolicy, settings: AuthoritySettings = AuthoritySettings()) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("office-\(UUID().uuidString)")
        store = try Store(
            testing: folder,
            migrations: AuditLog.migrations + VersionChain.migrations + Rollout.migrations + AuthorityLedger.migrations
                + ClockGuard.migrations
        )
        notices = Notices(store)
        policies = PolicyStore(store: store, checks: [AuthorityPolicy.name: AuthorityPolicy.findings(in:)])
        ledger = try AuthorityLedger(
            store: store,
            policies: policies,
            settings: settings,
            customers: conversations
        ).running(in: notices)
        if let policy { try await publish(policy) }
    }

    /// Another ledger over the same store, as after a restart.
    func reopened() throws -> AuthorityLedger {
        let policies = PolicyStore(store: store, checks: [AuthorityPolicy.name: AuthorityPolicy.findings(in:)])
        return try AuthorityLedger(store: store, policies: policies, customers: conversations).running(in: notices)
    }

    func publish(_ source: String) async throws {
        _ = try await policies.publish(AuthorityPolicy.name, source: source, by: "test", now: Self.start)
    }

    static let samplePolicy: String = {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        do {
            return try String(contentsOf: root.appendingPathComponent("rules/resolution.dmn"), encoding: .utf8)
        } catch {
            preconditionFailure("the sample policy cannot be read: \(error)")
        }
    }()

    /// A model whose decision `resolution` is an expression over all inputs.
    static func model(_ expression: String) -> String {
        let inputs = ["request", "agent", "customer", "history", "now", "context"].map { name in
            "<inputData id=\"\(name)\" name=\"\(name)\"><variable name=\"\(name)\"/></inputData>"
        }
        let required = ["request", "agent", "customer", "history", "now", "context"].map { name in
            "<informationRequirement><requiredInput href=\"#\(name)\"/></informationRequirement>"
        }
        let escaped = expression.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        return """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
            \(inputs.joined())<decision id="d" name="resolution"><variable name="resolution"/>\(required.joined())
            <literalExpression><text>\(escaped)</text></literalExpression></decision></definitions>
            """
    }

    /// An agent of the team `delivery`.
    static func agent(
        _ subject: String,
        tier: String = "1",
        team: String = "delivery",
        isIntegration: Bool = false
    ) -> Principal {
        Principal(
            subject: subject,
            roles: isIntegration ? [.agent, .integration] : [.agent],
            attributes: ["tier": .one(tier), "team": .one(team), "site": .one("leipzig")]
        )
    }

    /// A supervisor of the team `delivery`.
    static func supervisor(_ subject: String, tier: String = "2", team: String = "delivery") -> Principal {
        Principal(subject: subject, roles: [.supervisor], attributes: ["tier": .one(tier), "team": .one(team)])
    }

    /// A customer of whom a system says this.
    static func customer(_ id: String, _ facts: JSONObject = [:]) -> CustomerFacts {
        var customer = CustomerFacts()
        customer.learn(["id": .string(id)], from: .integration, comparedBy: CanonicalForm())
        customer.learn(facts, from: .integration, comparedBy: CanonicalForm())
        return customer
    }

    static func money(_ amount: String, _ currency: String = "EUR") throws -> Money {
        try Money(amount: amount, currency: currency)
    }

    static func refund(
        _ amount: String,
        _ customer: String = "c-1",
        action: String = "refund",
        currency: String = "EUR",
        order: String? = nil
    ) throws -> GrantRequest {
        GrantRequest(
            action: action,
            amount: try money(amount, currency),
            reason: "late_delivery",
            customerID: customer,
            reference: order.map { GrantReference(type: "order", id: $0) }
        )
    }
}

/// A reproducible sequence of numbers.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
