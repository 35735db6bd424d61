package import Access
package import BusinessCalendar
package import Customers
package import Policies
package import Storage
import Vocabulary

/// Whom and what items name, which is kept elsewhere.
package protocol WorkDirectory: Sendable {
    /// Whether there is a team of this name.
    func isTeam(_ team: String) async throws -> Bool
    /// Somebody who may own work; nil for nobody of that name.
    func person(_ subject: String) async throws -> Principal?
    /// The business hours in force.
    func calendar() async throws -> BusinessCalendar
}

/// The items of work: created, routed, done by people, measured by clocks, and told in one numbered log.
///
/// Everything that changes an item writes the row, the history, the event and its number in one transaction, whose domain events
/// ``WorkDomainEvent`` are applied with it. No task runs here: the owner of the desk calls ``elapse(to:)`` regularly, and a late
/// call catches up on everything that was due.
///
/// ## Topics
/// - ``create(_:by:now:)``
/// - ``change(_:_:expecting:by:now:)``
/// - ``list(_:for:)``, ``file(_:for:)``
/// - ``events(after:limit:in:)``
/// - ``elapse(to:)``
package struct WorkDesk: Sendable {
    /// The tables of this module.
    package static let migrations = WorkTable.migrations

    /// What people wrote about work that belongs to no customer, and may name one.
    package static let texts = [
        StoredText("work_items", key: ["id"], column: "title"),
        StoredText("work_history", key: ["work_id", "entry"], column: "written"),
        StoredText("work_events", key: ["cursor"], column: "title"),
    ]

    let store: Store
    /// The kinds of work, as published.
    package let kinds: WorkKindStore
    private let policies: PolicyStore
    let directory: any WorkDirectory
    let form: CanonicalForm
    private(set) var transactions: any Transactions<WorkDomainEvent>

    /// The desk of a store; `form` is how ids of customers are compared.
    package init(
        store: Store,
        kinds: WorkKindStore,
        policies: PolicyStore,
        directory: any WorkDirectory,
        form: CanonicalForm = CanonicalForm()
    ) {
        (self.store, self.kinds, self.policies) = (store, kinds, policies)
        (self.directory, self.form) = (directory, form)
        transactions = LoneTransactions(store)
    }

    /// The same desk, whose events are applied by whoever runs these transactions.
    package func running(in transactions: any Transactions<WorkDomainEvent>) -> WorkDesk {
        var running = self
        running.transactions = transactions
        return running
    }

    /// The policy in force; one that cannot be had is no error: the kinds decide, and the items say so.
    func routing() async throws -> WorkRouting {
        do {
            return WorkRouting(try await policies.policy(WorkRouting.policyName))
        } catch let error as PolicyError {
            return WorkRouting(nil, defect: "\(error)")
        }
    }

    /// Checks that a team exists.
    func check(team: String?) async throws {
        guard let team, try await !directory.isTeam(team) else { return }
        throw WorkError(.invalid, "the name of a team", argument: "team")
    }

    /// Checks that somebody may own work of a team.
    func check(owner: String?, of team: String?) async throws {
        guard let owner else { return }
        guard let person = try await directory.person(owner), person.holds(anyOf: [.agent, .supervisor, .operations])
        else { throw WorkError(.invalid, "somebody who works here", argument: "owner") }
        guard let team, !WorkVisibility(of: person).sees(team: team) else { return }
        throw WorkError(.invalid, "somebody of the team \(team)", argument: "owner")
    }
}
