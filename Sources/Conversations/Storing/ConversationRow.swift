import JSONRPC
import Storage

/// Conversations as rows.
enum ConversationRow {
    static let columns = """
        c.number, c.id, c.channel, c.agent, c.teams, c.profile, c.opened_microseconds, c.closed_microseconds, \
        c.last_microseconds, c.disposition, c.turns, c.mood, c.summary, c.forgotten, c.revision
        """

    /// The conversation of a row that selects ``columns``.
    static func conversation(_ row: SQLRow) throws -> Conversation {
        Conversation(
            id: try row.text("id"),
            number: try row.integer("number"),
            channel: try row.text("channel"),
            agent: try row.optionalText("agent"),
            teams: StoredValue.names(try row.text("teams")),
            profile: try StoredValue.value(Profile.self, row.text("profile")),
            openedAt: try row.integer("opened_microseconds"),
            closedAt: try row.optionalInteger("closed_microseconds"),
            lastAt: try row.integer("last_microseconds"),
            disposition: try row.optionalText("disposition").map { try StoredValue.value(Disposition.self, $0) },
            turns: try row.integer("turns"),
            revision: try row.integer("revision"),
            mood: try StoredValue.value(Mood.self, row.text("mood")),
            summary: try StoredValue.value(RunningSummary.self, row.text("summary")),
            isForgotten: try row.integer("forgotten") != 0
        )
    }

    static func find(_ id: String, in transaction: some SQLReading) throws -> Conversation? {
        try transaction.first(
            "SELECT \(columns) FROM conversations c WHERE c.id = $1",
            [.text(id)],
            conversation
        )
    }

    /// Writes a new conversation with what is looked up beside it.
    static func insert(_ conversation: Conversation, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO conversations (number, id, channel, agent, teams, customer_id, profile, opened_microseconds,
                last_microseconds, turns, mood, summary, forgotten)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 0, $9, $10, 0)
            """,
            [
                .integer(conversation.number), .text(conversation.id), .text(conversation.channel),
                .optional(conversation.agent), .text(StoredValue.lines(conversation.teams)),
                .optional(conversation.customerKey), .text(try StoredValue.text(conversation.profile)),
                .integer(conversation.openedAt), .text(try StoredValue.text(conversation.mood)),
                .text(try StoredValue.text(conversation.summary)),
            ]
        )
        try writeTeams(of: conversation, in: transaction)
        try writeExternalIDs(of: conversation, in: transaction)
    }

    /// Writes what a turn changes.
    static func updateProgress(_ conversation: Conversation, in transaction: WriteTransaction) throws {
        let scored = conversation.mood.scoredTurns > 0
        try transaction.execute(
            """
            UPDATE conversations SET last_microseconds = $2, turns = $3, mood = $4, summary = $5, mood_start = $6,
                mood_end = $7, forgotten = 0, revision = $8
            WHERE number = $1
            """,
            [
                .integer(conversation.number), .integer(conversation.lastAt), .integer(conversation.turns),
                .text(try StoredValue.text(conversation.mood)), .text(try StoredValue.text(conversation.summary)),
                .optional(scored ? conversation.mood.start : nil), .optional(scored ? conversation.mood.now : nil),
                .integer(conversation.revision),
            ]
        )
    }

    /// Writes what is known beside the turns.
    static func updateProfile(_ conversation: Conversation, in transaction: WriteTransaction) throws {
        try transaction.execute(
            "UPDATE conversations SET customer_id = $2, profile = $3, last_microseconds = $4, forgotten = 0 WHERE number = $1",
            [
                .integer(conversation.number), .optional(conversation.customerKey),
                .text(try StoredValue.text(conversation.profile)), .integer(conversation.lastAt),
            ]
        )
        try writeExternalIDs(of: conversation, in: transaction)
    }

    /// Writes who leads the conversation.
    static func updateOwner(_ conversation: Conversation, in transaction: WriteTransaction) throws {
        try transaction.execute(
            "UPDATE conversations SET agent = $2, teams = $3, last_microseconds = $4 WHERE number = $1",
            [
                .integer(conversation.number), .optional(conversation.agent),
                .text(StoredValue.lines(conversation.teams)), .integer(conversation.lastAt),
            ]
        )
        try transaction.execute(
            "DELETE FROM conversation_teams WHERE conversation_number = $1",
            [.integer(conversation.number)]
        )
        try writeTeams(of: conversation, in: transaction)
    }

    /// Writes how the conversation ended.
    static func updateEnding(_ conversation: Conversation, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            UPDATE conversations SET closed_microseconds = $2, disposition = $3, last_microseconds = $4
            WHERE number = $1
            """,
            [
                .integer(conversation.number), .optional(conversation.closedAt),
                .optional(try conversation.disposition.map { try StoredValue.text($0) }),
                .integer(conversation.lastAt),
            ]
        )
    }

    private static func writeTeams(of conversation: Conversation, in transaction: WriteTransaction) throws {
        for team in conversation.teams {
            try transaction.execute(
                """
                INSERT INTO conversation_teams (team, conversation_number) VALUES ($1, $2)
                ON CONFLICT (team, conversation_number) DO NOTHING
                """,
                [.text(team), .integer(conversation.number)]
            )
        }
    }

    private static func writeExternalIDs(of conversation: Conversation, in transaction: WriteTransaction) throws {
        for (name, id) in conversation.externalIDs.sorted(by: { $0.key < $1.key }) {
            try transaction.execute(
                """
                INSERT INTO conversation_external_ids (conversation_number, name, external_id) VALUES ($1, $2, $3)
                ON CONFLICT (conversation_number, name) DO UPDATE SET external_id = excluded.external_id
                """,
                [.integer(conversation.number), .text(name), .text(id)]
            )
        }
    }
}
