import Storage

/// The states from which turns can be taken again: one before every eighth turn, so that they cost little and a
/// replacement takes few turns again.
enum TurnStates {
    /// Whether the state before a turn is kept; before the first it is known.
    static func isKept(before number: Int64) -> Bool { number > 1 && (number - 1) % 8 == 0 }

    static func put(
        _ state: TurnState,
        before number: Int64,
        of conversation: Int64,
        in transaction: WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO turn_states (conversation_number, number, mood, summary) VALUES ($1, $2, $3, $4)
            ON CONFLICT (conversation_number, number) DO UPDATE SET mood = excluded.mood, summary = excluded.summary
            """,
            [
                .integer(conversation), .integer(number), .text(try StoredValue.text(state.mood)),
                .text(try StoredValue.text(state.summary)),
            ]
        )
    }

    /// The nearest state before a turn or one that came earlier, and the place of the turn that it stands before.
    static func nearest(
        before number: Int64,
        of conversation: Int64,
        in transaction: some SQLReading
    ) throws -> (first: Int64, state: TurnState) {
        try transaction.first(
            """
            SELECT number, mood, summary FROM turn_states WHERE conversation_number = $1 AND number <= $2
            ORDER BY number DESC LIMIT 1
            """,
            [.integer(conversation), .integer(number)]
        ) { row in
            (
                try row.integer(0),
                TurnState(
                    mood: try StoredValue.value(Mood.self, row.text(1)),
                    summary: try StoredValue.value(RunningSummary.self, row.text(2))
                )
            )
        } ?? (1, TurnState(mood: Mood(), summary: RunningSummary()))
    }

    /// Leaves nothing of what was said in a conversation but its mood, from which later turns go on.
    static func forget(_ conversation: Conversation, in transaction: WriteTransaction) throws {
        for table in ["turn_states", "turn_replacements"] {
            try transaction.execute(
                "DELETE FROM \(table) WHERE conversation_number = $1",
                [.integer(conversation.number)]
            )
        }
        guard conversation.isOpen, conversation.turns > 0 else { return }
        let state = TurnState(mood: conversation.mood, summary: RunningSummary())
        try put(state, before: conversation.turns + 1, of: conversation.number, in: transaction)
    }
}
