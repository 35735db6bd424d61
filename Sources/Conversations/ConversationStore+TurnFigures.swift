package import Storage
package import Vocabulary

/// The name of a turn among all turns: its conversation and its place there, as `CONVERSATION/3`.
package struct TurnKey: Sendable, Hashable, CustomStringConvertible {
    package let conversation: String
    /// From 1.
    package let number: Int64

    init(_ conversation: String, _ number: Int64) { (self.conversation, self.number) = (conversation, number) }

    /// Reads a name; nil for anything else.
    package init?(_ text: String) {
        // Ids of conversations may contain a slash; numbers do not.
        guard let slash = text.lastIndex(of: "/"), let number = Int64(text[text.index(after: slash)...]) else {
            return nil
        }
        (conversation, self.number) = (String(text[..<slash]), number)
    }

    package var description: String { "\(conversation)/\(number)" }
}

/// What is counted of a turn: not its text.
package struct TurnFigures: Sendable, Hashable {
    package let key: TurnKey
    /// How the contact came in.
    package let channel: String
    /// Who led the contact when it was said.
    package let agent: String?
    package let teams: [String]
    package let speaker: Speaker
    /// The language that its sender gave.
    package let locale: String?
    /// From -1 to 1; nil when it was not scored.
    package let score: Double?
    /// From 0 to 1; nil when it was not measured.
    package let unmet: Double?
    /// When it arrived, in microseconds since 1970.
    package let arrivedAt: Int64
    /// Who took the turn before it, and when that arrived; nil for the first one.
    package let previous: Previous?
    /// What `conversation.observe` answered.
    package let answer: JSON

    /// The turn before another one.
    package struct Previous: Sendable, Hashable {
        package let speaker: Speaker
        /// Microseconds since 1970.
        package let arrivedAt: Int64
    }
}

extension ConversationStore {
    /// What is counted of a turn; nil when there is none, as after the deletion of its transcript.
    ///
    /// Costs three look-ups by key.
    package static func figures(of key: TurnKey, in transaction: some SQLReading) throws -> TurnFigures? {
        let found = try transaction.first(
            """
            SELECT c.number AS conversation_number, c.channel, t.speaker, t.locale, t.score, t.unmet, t.answer,
                coalesce(t.arrived_microseconds, t.at_microseconds) AS taken_microseconds,
                p.speaker AS previous_speaker,
                coalesce(p.arrived_microseconds, p.at_microseconds) AS previous_microseconds
            FROM conversations c JOIN turns t ON t.conversation_number = c.number
            LEFT JOIN turns p ON p.conversation_number = t.conversation_number AND p.number = t.number - 1
            WHERE c.id = $1 AND t.number = $2
            """,
            [.text(key.conversation), .integer(key.number)]
        ) { row in (row: try TurnRow(row), conversation: try row.integer("conversation_number")) }
        guard let (row, conversation) = found else { return nil }
        // What is said in the microsecond of a transfer belongs to whoever led before it, whenever this is asked.
        let holder = try transaction.first(
            """
            SELECT agent, teams FROM conversation_owners
            WHERE conversation_number = $1 AND (position = 1 OR since_microseconds < $2)
            ORDER BY position DESC LIMIT 1
            """,
            [.integer(conversation), .integer(row.arrivedAt)]
        ) { (agent: try $0.optionalText("agent"), teams: StoredValue.names(try $0.text("teams"))) }
        return TurnFigures(
            key: key,
            channel: row.channel,
            agent: holder?.agent,
            teams: holder?.teams ?? [],
            speaker: row.speaker,
            locale: row.locale,
            score: row.score,
            unmet: row.unmet,
            arrivedAt: row.arrivedAt,
            previous: row.previous,
            answer: row.answer
        )
    }

    /// What one row says of a turn.
    private struct TurnRow {
        let channel: String
        let speaker: Speaker
        let locale: String?
        let score: Double?
        let unmet: Double?
        let arrivedAt: Int64
        let previous: TurnFigures.Previous?
        let answer: JSON

        init(_ row: SQLRow) throws {
            channel = try row.text("channel")
            speaker = try Speaker(stored: row.text("speaker"), as: "the speaker of a turn")
            locale = try row.optionalText("locale")
            (score, unmet) = (try row.optionalReal("score"), try row.optionalReal("unmet"))
            arrivedAt = try row.integer("taken_microseconds")
            previous = try row.optionalText("previous_speaker").map { name in
                TurnFigures.Previous(
                    speaker: try Speaker(stored: name, as: "the speaker of a turn"),
                    arrivedAt: try row.integer("previous_microseconds")
                )
            }
            answer = try StoredValue.value(JSON.self, row.text("answer"))
        }
    }

    /// The turns after one, by the ids of their conversations and their numbers; nil is before all of them.
    package static func turns(
        after key: TurnKey?,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> [TurnKey] {
        let rest = try key.map { key in
            try transaction.rows(
                """
                SELECT t.number FROM conversations c JOIN turns t ON t.conversation_number = c.number
                WHERE c.id = $1 AND t.number > $2 ORDER BY t.number LIMIT $3
                """,
                [.text(key.conversation), .integer(key.number), .integer(Int64(limit))]
            ) { TurnKey(key.conversation, try $0.integer("number")) }
        }
        let known = rest ?? []
        guard known.count < limit else { return known }
        let following = try transaction.rows(
            """
            SELECT c.id, t.number FROM conversations c JOIN turns t ON t.conversation_number = c.number
            WHERE c.id > $1 ORDER BY c.id, t.number LIMIT $2
            """,
            [.text(key?.conversation ?? ""), .integer(Int64(limit - known.count))]
        ) { TurnKey(try $0.text("id"), try $0.integer("number")) }
        return known + following
    }

    /// The turns that arrived from one time to before another, in microseconds since 1970.
    ///
    /// Costs a pass over the turns of the conversations that were going on then.
    package static func turns(
        arrivedFrom from: Int64,
        to: Int64,
        in transaction: some SQLReading
    ) throws -> [TurnKey] {
        try transaction.rows(
            """
            SELECT c.id, t.number FROM conversations c JOIN turns t ON t.conversation_number = c.number
            WHERE c.forgotten = 0 AND c.last_microseconds >= $1 AND c.opened_microseconds < $2
                AND coalesce(t.arrived_microseconds, t.at_microseconds) >= $1
                AND coalesce(t.arrived_microseconds, t.at_microseconds) < $2
            ORDER BY c.id, t.number
            """,
            [.integer(from), .integer(to)]
        ) { TurnKey(try $0.text("id"), try $0.integer("number")) }
    }

    /// Marks a turn whose figures may have changed.
    static func markOutdated(
        turn number: Int64,
        of conversation: Conversation,
        in transaction: WriteTransaction
    ) throws {
        let key = TurnKey(conversation.id, number)
        try Store.markOutdated(RecordKind.turns.rawValue, key.description, in: transaction)
    }
}
