import Storage
import Vocabulary

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
        try transaction.first(question(of: id), conversation)
    }

    /// What ``find(_:in:)`` asks.
    static func question(of id: String) -> SQLQuestion { SQLQuestion(findByID, [.text(id)]) }

    private static let findByID = "SELECT \(columns) FROM conversations c WHERE c.id = $1"

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
        if conversation.customerKey == nil {
            try markOutdated(conversation, in: transaction)
        } else {
            try notePrevious(of: conversation.id, in: transaction)
        }
    }

    /// Writes what a turn changes.
    static func updateProgress(_ conversation: Conversation, in transaction: WriteTransaction) throws {
        let scored = conversation.mood.scoredTurns > 0
        try transaction.post(
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
        try markOutdated(conversation, in: transaction)
    }

    /// Writes what is known beside the turns.
    static func updateProfile(_ conversation: Conversation, in transaction: WriteTransaction) throws {
        let number = conversation.number
        let known = try transaction.first(
            "SELECT customer_id FROM conversations WHERE number = $1",
            [.integer(number)]
        ) { try $0.optionalText("customer_id") }
        let isAnother = known ?? nil != conversation.customerKey
        // The customer's next contact counts from this one, both that of the former customer and that of the present one.
        var followers = isAnother ? [try follower(of: number, in: transaction)] : []
        try transaction.execute(
            "UPDATE conversations SET customer_id = $2, profile = $3, last_microseconds = $4, forgotten = 0 WHERE number = $1",
            [
                .integer(number), .optional(conversation.customerKey),
                .text(try StoredValue.text(conversation.profile)), .integer(conversation.lastAt),
            ]
        )
        if isAnother {
            followers += [conversation.id, try follower(of: number, in: transaction)]
            for id in followers.compactMap(\.self) { try notePrevious(of: id, in: transaction) }
        }
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
        try markOutdated(conversation, in: transaction)
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
        try markOutdated(conversation, in: transaction)
    }

    /// Marks a conversation whose figures may have changed.
    static func markOutdated(_ conversation: Conversation, in transaction: WriteTransaction) throws {
        try Store.markOutdated(RecordKind.contacts.rawValue, conversation.id, in: transaction)
    }

    /// The conversation after this one of the customer whom its row names.
    private static func follower(of number: Int64, in transaction: some SQLReading) throws -> String? {
        try transaction.first(
            """
            SELECT n.id AS next_id FROM conversations c JOIN conversations n ON n.customer_id = c.customer_id
            WHERE c.number = $1 AND n.number > c.number ORDER BY n.number LIMIT 1
            """,
            [.integer(number)]
        ) { try $0.text("next_id") }
    }

    /// Notes when the customer's contact before this one was opened; it outlives what is known of the customer.
    private static func notePrevious(of id: String, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            UPDATE conversations SET previous_microseconds = (
                SELECT p.opened_microseconds FROM conversations p WHERE p.customer_id = conversations.customer_id
                AND p.number < conversations.number ORDER BY p.number DESC LIMIT 1
            ) WHERE id = $1
            """,
            [.text(id)]
        )
        try Store.markOutdated(RecordKind.contacts.rawValue, id, in: transaction)
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
