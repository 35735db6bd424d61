import Storage

/// The mood and the summary before a turn, from which it and those after it can be taken again.
///
/// The state before every eighth turn is kept with it, so that it costs little and a replacement takes few turns again.
struct TurnState: Sendable, Codable {
    var mood: Mood
    var summary: RunningSummary

    /// The state before the next turn of a conversation.
    init(after conversation: Conversation) { (mood, summary) = (conversation.mood, conversation.summary) }

    private init() { (mood, summary) = (Mood(), RunningSummary()) }

    /// Whether the state before the next turn of a conversation is kept.
    ///
    /// It is known before the first one, and can't be had again once what came before was deleted.
    static func isKept(after conversation: Conversation) -> Bool {
        conversation.isForgotten || conversation.turns > 0 && conversation.turns % 8 == 0
    }

    /// The nearest state before a turn or one that came earlier, and the place of the turn that it stands before.
    static func nearest(
        before number: Int64,
        of conversation: Int64,
        in transaction: some SQLReading
    ) throws -> (first: Int64, state: TurnState) {
        try transaction.first(
            """
            SELECT number, state FROM turns WHERE conversation_number = $1 AND number <= $2 AND state IS NOT NULL
            ORDER BY number DESC LIMIT 1
            """,
            [.integer(conversation), .integer(number)]
        ) { (try $0.integer("number"), try StoredValue.value(TurnState.self, $0.text("state"))) } ?? (1, TurnState())
    }
}
