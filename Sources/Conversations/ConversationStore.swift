import Access
package import Customers
package import Storage
import Vocabulary

/// The conversations: opened, observed, handed over, closed, listed and forgotten.
///
/// A conversation's row carries everything that a turn needs (counters, mood, summary), so that the thousandth turn
/// costs as much as the first. What was said is stored redacted. Whatever changes a conversation is logged as an event in
/// the same transaction, for desktops that follow it.
///
/// ## Topics
/// - ``open(_:by:now:)``
/// - ``begin(_:by:now:in:)`` and ``finish(_:answer:now:in:)``
/// - ``transfer(_:by:now:)``
/// - ``close(_:disposition:by:onBehalfOf:now:)``
/// - ``list(_:visibility:)``
/// - ``events(after:limit:)``
/// - ``forget(_:entirely:in:)``
package struct ConversationStore: Sendable {
    let store: Store
    private(set) var transactions: any Transactions<ConversationDomainEvent>
    let teams: @Sendable (String) async throws -> [String]?
    let isTeam: @Sendable (String) async throws -> Bool
    let form: CanonicalForm

    /// The conversations of a store.
    ///
    /// - Parameters:
    ///   - store: where they are kept.
    ///   - isTeam: whether there is a team of this name; a conversation goes to no other.
    ///   - teams: the teams of an agent who is not the caller; nil for one whom nobody knows.
    ///   - form: how ids of customers are compared.
    package init(
        store: Store,
        isTeam: @escaping @Sendable (String) async throws -> Bool = { _ in true },
        teams: @escaping @Sendable (String) async throws -> [String]? = { _ in nil },
        form: CanonicalForm = CanonicalForm()
    ) {
        self.store = store
        transactions = LoneTransactions(store)
        self.isTeam = isTeam
        self.teams = teams
        self.form = form
    }

    /// The same conversations, whose events are applied by whoever runs these transactions.
    package func running(in transactions: any Transactions<ConversationDomainEvent>) -> ConversationStore {
        var running = self
        running.transactions = transactions
        return running
    }

    /// The tables of this module.
    package static let migrations = ConversationTables.migrations

    /// A conversation that the caller may see.
    ///
    /// - Throws: ``ConversationError`` `notFound`, also for what the caller may not see.
    package func conversation(
        _ id: String,
        seenBy visibility: ConversationVisibility,
        in transaction: some SQLReading
    ) throws -> Conversation {
        guard let found = try ConversationRow.find(id, in: transaction), visibility.includes(found) else {
            throw Self.notFound(id)
        }
        return found
    }

    /// The first of some ids that is that of a conversation which the caller may see; nil when none is.
    package func firstVisible(
        _ ids: [String],
        to visibility: ConversationVisibility,
        in transaction: some SQLReading
    ) throws -> String? {
        transaction.prefetch { ids.map(Self.visibilityQuestion) }
        return try ids.first { id in
            try transaction.first(Self.visibilityQuestion(id)) { row in
                visibility.includes(
                    agents: try row.optionalText("agent").map { [$0] } ?? [],
                    teams: StoredValue.names(try row.text("teams"))
                )
            } ?? false
        }
    }

    private static func visibilityQuestion(_ id: String) -> SQLQuestion {
        SQLQuestion("SELECT agent, teams FROM conversations WHERE id = $1", [.text(id)])
    }

    /// A conversation, whoever asks; nil when there is none.
    package func conversation(_ id: String, in transaction: some SQLReading) throws -> Conversation? {
        try ConversationRow.find(id, in: transaction)
    }

    /// The names of a customer's conversations, oldest first.
    package func conversationIDs(ofCustomer id: String, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            "SELECT id FROM conversations WHERE customer_id = $1 ORDER BY number",
            [.text(form(id))]
        ) { try $0.text("id") }
    }

    /// Who led a conversation, in order.
    package func holdings(of conversation: Conversation, in transaction: some SQLReading) throws -> [Holding] {
        try HoldingTable.holdings(of: conversation.number, in: transaction)
    }

    /// What is asked to find a conversation.
    package static func question(of id: String) -> SQLQuestion { ConversationRow.question(of: id) }

    /// A conversation that the caller may change.
    func changeable(
        _ id: String,
        by visibility: ConversationVisibility,
        in transaction: some SQLReading
    ) throws -> Conversation {
        let found = try conversation(id, seenBy: visibility, in: transaction)
        guard visibility.mayChange(found) else {
            throw ConversationError(.forbidden, "the conversation “\(id)” may be read only")
        }
        return found
    }

    static func notFound(_ id: String) -> ConversationError {
        ConversationError(.notFound, "there is no conversation “\(id)”", argument: "conversation_id")
    }

    /// Refuses what is said in another's name by one who is no integration.
    static func check(onBehalfOf subject: String?, by caller: Principal) throws {
        guard let subject, subject != caller.subject, !caller.holds(anyOf: [.integration]) else { return }
        throw ConversationError(.forbidden, "only an integration acts on behalf of others", argument: "on_behalf_of")
    }
}
