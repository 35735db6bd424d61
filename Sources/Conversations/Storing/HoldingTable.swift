import Storage

/// The history of who led a conversation.
enum HoldingTable {
    static func append(_ holding: Holding, to conversation: Int64, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO conversation_owners (conversation_number, position, agent, teams, since_microseconds, given_by,
                on_behalf_of, reason, note)
            SELECT $1, coalesce(max(position), 0) + 1, $2, $3, $4, $5, $6, $7, $8
            FROM conversation_owners WHERE conversation_number = $1
            """,
            [
                .integer(conversation), .optional(holding.agent), .text(StoredValue.lines(holding.teams)),
                .integer(holding.since), .text(holding.givenBy), .optional(holding.onBehalfOf),
                .optional(holding.reason), .optional(holding.note),
            ]
        )
    }

    /// The owners in order.
    static func holdings(of conversation: Int64, in transaction: some SQLReading) throws -> [Holding] {
        try transaction.rows(
            """
            SELECT agent, teams, since_microseconds, given_by, on_behalf_of, reason, note FROM conversation_owners
            WHERE conversation_number = $1 ORDER BY position
            """,
            [.integer(conversation)]
        ) { row in
            Holding(
                agent: try row.optionalText("agent"),
                teams: StoredValue.names(try row.text("teams")),
                since: try row.integer("since_microseconds"),
                givenBy: try row.text("given_by"),
                onBehalfOf: try row.optionalText("on_behalf_of"),
                reason: try row.optionalText("reason"),
                note: try row.optionalText("note")
            )
        }
    }
}
