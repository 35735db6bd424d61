package import Storage

/// What reports need of a conversation; it outlives the transcript.
package struct ContactFact: Sendable, Hashable {
    package let id: String
    package let channel: String
    package let agent: String?
    package let teams: [String]
    /// Microseconds since 1970.
    package let openedAt: Int64
    /// Microseconds since 1970; nil while it is open.
    package let closedAt: Int64?
    /// The customer's mood after the first scored words; nil without any.
    package let moodStart: Double?
    /// The customer's mood after the last scored words; nil without any.
    package let moodEnd: Double?
    /// Whether the customer's concern was settled; nil while it is open, and when its disposition says nothing of it.
    package let isResolved: Bool?
}

extension ConversationStore {
    static let factColumns = """
        id, channel, agent, teams, opened_microseconds, closed_microseconds, mood_start, mood_end, disposition
        """

    /// Hands over the conversations opened from one time to before another, in that order, without keeping them.
    package func forEachFact(
        openedFrom from: Int64,
        to: Int64,
        in transaction: some SQLReading,
        _ body: (ContactFact) throws -> Void
    ) throws {
        try transaction.forEach(
            """
            SELECT \(Self.factColumns) FROM conversations
            WHERE opened_microseconds >= $1 AND opened_microseconds < $2 ORDER BY opened_microseconds
            """,
            [.integer(from), .integer(to)]
        ) { try body(Self.fact($0)) }
    }

    /// The facts of one conversation; nil when there is none.
    package func fact(of id: String, in transaction: some SQLReading) throws -> ContactFact? {
        try transaction.first("SELECT \(Self.factColumns) FROM conversations WHERE id = $1", [.text(id)], Self.fact)
    }

    static func fact(_ row: SQLRow) throws -> ContactFact {
        ContactFact(
            id: try row.text("id"),
            channel: try row.text("channel"),
            agent: try row.optionalText("agent"),
            teams: StoredValue.names(try row.text("teams")),
            openedAt: try row.integer("opened_microseconds"),
            closedAt: try row.optionalInteger("closed_microseconds"),
            moodStart: try row.optionalReal("mood_start"),
            moodEnd: try row.optionalReal("mood_end"),
            isResolved: try row.optionalText("disposition").flatMap {
                try StoredValue.value(Disposition.self, $0).resolved
            }
        )
    }
}
