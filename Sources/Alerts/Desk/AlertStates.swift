import Storage

/// The course of a conversation and its live alerts before some of its turns, from which turns can be taken again.
enum AlertStates {
    /// What is known before a turn.
    struct State {
        var contact = ContactState()
        /// The alerts that were live then, as they were.
        var live: [Alert] = []
    }

    /// Whether the state before a turn is kept; before the first it is known.
    ///
    /// A state before every eighth turn costs little, and a replacement takes few turns again.
    static func isKept(before number: Int) -> Bool { number > 1 && (number - 1) % 8 == 0 }

    static func put(
        _ state: ContactState,
        live: [Alert],
        before number: Int,
        of conversation: String,
        in transaction: WriteTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO alert_states (conversation_id, number, state, alerts) VALUES ($1, $2, $3, $4)
            ON CONFLICT (conversation_id, number) DO UPDATE SET state = excluded.state, alerts = excluded.alerts
            """,
            [
                .text(conversation), .integer(Int64(number)), .text(try AlertText.text(of: state)),
                .text(try AlertText.text(of: live)),
            ]
        )
    }

    /// The state before a turn; that of the beginning where none was kept.
    static func state(
        before number: Int64,
        of conversation: String,
        in transaction: some SQLReading
    ) throws -> State {
        try transaction.first(
            "SELECT state, alerts FROM alert_states WHERE conversation_id = $1 AND number = $2",
            [.text(conversation), .integer(number)]
        ) { row in
            State(
                contact: try AlertText.value(try row.text("state")),
                live: try AlertText.value(try row.text("alerts"))
            )
        } ?? State()
    }

    /// Leaves nothing of the course of a conversation.
    static func forget(_ conversation: String, in transaction: WriteTransaction) throws {
        for table in ["alert_contacts", "alert_states"] {
            try transaction.execute("DELETE FROM \(table) WHERE conversation_id = $1", [.text(conversation)])
        }
    }
}
