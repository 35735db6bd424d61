package import Storage

/// What is counted of a contact; it stays when its transcript is deleted.
package struct ContactFigures: Sendable, Hashable {
    package let fact: ContactFact
    /// How many turns it had.
    package let turns: Int64
    /// How often somebody who led it handed it to somebody else.
    package let transfers: Int64
    /// When the customer's contact before it was opened, in microseconds since 1970; nil without one.
    package let previousAt: Int64?
}

extension ConversationStore {
    /// What is counted of a conversation; nil when there is none.
    ///
    /// Costs two look-ups by key.
    package static func figures(of id: String, in transaction: some SQLReading) throws -> ContactFigures? {
        let row = try transaction.first(
            "SELECT \(factColumns), number, turns, previous_microseconds FROM conversations WHERE id = $1",
            [.text(id)]
        ) { row in
            (
                fact: try fact(row), number: try row.integer("number"), turns: try row.integer("turns"),
                previousAt: try row.optionalInteger("previous_microseconds")
            )
        }
        guard let row else { return nil }
        let transfers = try transaction.first(
            """
            SELECT count(*) AS transfers FROM conversation_owners o JOIN conversation_owners p
            ON p.conversation_number = o.conversation_number AND p.position = o.position - 1
            WHERE o.conversation_number = $1 AND p.agent IS NOT NULL AND (o.agent IS NULL OR o.agent <> p.agent)
            """,
            [.integer(row.number)]
        ) { try $0.integer("transfers") }
        return ContactFigures(
            fact: row.fact,
            turns: row.turns,
            transfers: transfers ?? 0,
            previousAt: row.previousAt
        )
    }

    /// How a contact came in; nil when there is no such conversation.
    package static func channel(of id: String, in transaction: some SQLReading) throws -> String? {
        try transaction.first("SELECT channel FROM conversations WHERE id = $1", [.text(id)]) {
            try $0.text("channel")
        }
    }

    /// The ids of conversations; one counts when it was opened.
    package static let recordKeys = RecordKeys(table: "conversations", time: "opened_microseconds")
}
