import Customers
import Storage

/// Which conversations a list asks for; absent members do not filter.
package struct ConversationFilter: Sendable {
    package var agent: String?
    package var team: String?
    package var customerID: String?
    /// One of its names in other systems.
    package var externalID: String?
    package var isOpen: Bool?
    /// Opened at this time or later, in microseconds since 1970.
    package var since: Int64?
    /// The number after which the list goes on.
    package var after: Int64?
    package var limit: Int

    package init(
        agent: String? = nil,
        team: String? = nil,
        customerID: String? = nil,
        externalID: String? = nil,
        isOpen: Bool? = nil,
        since: Int64? = nil,
        after: Int64? = nil,
        limit: Int = 50
    ) {
        self.agent = agent
        self.team = team
        self.customerID = customerID
        self.externalID = externalID
        self.isOpen = isOpen
        self.since = since
        self.after = after
        self.limit = limit
    }
}

extension ConversationStore {
    /// The conversations that fit and that the caller may see, in the order in which they were opened.
    ///
    /// - Returns: at most `filter.limit` conversations, and whether these are all.
    package func list(
        _ filter: ConversationFilter,
        visibility: ConversationVisibility
    ) async throws -> (conversations: [Conversation], isComplete: Bool) {
        var conditions = Conditions()
        conditions.add(filter, comparedBy: form)
        conditions.add(visibility)
        conditions.arguments.append(.integer(Int64(filter.limit) + 1))
        let texts = conditions.texts.isEmpty ? "" : "WHERE " + conditions.texts.joined(separator: " AND ")
        let sql = """
            SELECT \(ConversationRow.columns) FROM conversations c \(texts)
            ORDER BY c.number LIMIT $\(conditions.arguments.count)
            """
        var found = try await store.read { [arguments = conditions.arguments] transaction in
            try transaction.rows(sql, arguments, ConversationRow.conversation)
        }
        guard found.count > filter.limit else { return (found, true) }
        found.removeLast()
        return (found, false)
    }
}

/// The conditions of a list as they grow, each with its arguments.
private struct Conditions {
    var texts: [String] = []
    var arguments: [SQLValue] = []

    mutating func add(_ filter: ConversationFilter, comparedBy form: CanonicalForm) {
        if let agent = filter.agent { add("c.agent = \(place(.text(agent)))") }
        if let team = filter.team { add(Self.belongs(to: place(.text(team)))) }
        if let customer = filter.customerID { add("c.customer_id = \(place(.text(form(customer))))") }
        if let external = filter.externalID {
            add(
                """
                EXISTS (SELECT 1 FROM conversation_external_ids e
                WHERE e.external_id = \(place(.text(external))) AND e.conversation_number = c.number)
                """
            )
        }
        if let isOpen = filter.isOpen { add("c.closed_microseconds IS \(isOpen ? "" : "NOT ")NULL") }
        if let since = filter.since { add("c.opened_microseconds >= \(place(.integer(since)))") }
        if let after = filter.after { add("c.number > \(place(.integer(after)))") }
    }

    mutating func add(_ visibility: ConversationVisibility) {
        guard !visibility.seesAll else { return }
        var ways: [String] = []
        if let owner = visibility.owner { ways.append("c.agent = \(place(.text(owner)))") }
        for team in visibility.teams { ways.append(Self.belongs(to: place(.text(team)))) }
        for team in visibility.waitingTeams {
            ways.append("(c.agent IS NULL AND \(Self.belongs(to: place(.text(team)))))")
        }
        add(ways.isEmpty ? "1 = 0" : "(" + ways.joined(separator: " OR ") + ")")
    }

    private mutating func add(_ text: String) { texts.append(text) }

    private mutating func place(_ value: SQLValue) -> String {
        arguments.append(value)
        return "$\(arguments.count)"
    }

    private static func belongs(to team: String) -> String {
        "EXISTS (SELECT 1 FROM conversation_teams t WHERE t.team = \(team) AND t.conversation_number = c.number)"
    }
}
