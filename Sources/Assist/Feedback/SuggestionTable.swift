import Storage

/// The table of articles suggested in conversations.
enum SuggestionTable {
    /// The largest number of articles stored for a conversation.
    private static let maximumArticles = 1_000

    /// The articles offered earlier in a conversation, except those offered with a turn being replaced.
    static func history(
        of conversation: String,
        without replaced: Int64? = nil,
        in transaction: some SQLReading
    ) throws -> SuggestionHistory {
        var history = SuggestionHistory()
        try transaction.forEach(question(of: conversation)) { row in
            let article = try row.text("article_id")
            if try row.integer("dismissed") != 0 { history.dismissed.insert(article) }
            if try row.integer("turn") != replaced { history.fits[article] = try row.real("fit") }
        }
        return history
    }

    /// What ``history(of:without:in:)`` asks.
    static func question(of conversation: String) -> SQLQuestion {
        SQLQuestion(
            "SELECT article_id, fit, dismissed, turn FROM assist_suggestions WHERE conversation_id = $1 LIMIT $2",
            [.text(conversation), .integer(Int64(maximumArticles))]
        )
    }

    /// Records the articles offered with a turn.
    static func note(
        _ suggestions: [Suggestion],
        of conversation: String,
        turn: Int64,
        in transaction: WriteTransaction
    ) throws {
        for suggestion in suggestions {
            try transaction.post(
                """
                INSERT INTO assist_suggestions (conversation_id, article_id, fit, turn, dismissed)
                VALUES ($1, $2, $3, $4, 0)
                ON CONFLICT (conversation_id, article_id) DO UPDATE SET fit = excluded.fit, turn = excluded.turn
                """,
                [
                    .text(conversation), .text(suggestion.articleID), .real(suggestion.fit), .integer(turn),
                ]
            )
        }
    }

    /// The number of the turn with which an article was offered last; nil if it was not.
    static func turn(of article: String, in conversation: String, in transaction: some SQLReading) throws -> Int64? {
        try transaction.first(
            "SELECT turn FROM assist_suggestions WHERE conversation_id = $1 AND article_id = $2 AND turn > 0",
            [.text(conversation), .text(article)]
        ) { try $0.integer("turn") }
    }

    /// Records that an article is no longer wanted in a conversation.
    static func dismiss(_ article: String, of conversation: String, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO assist_suggestions (conversation_id, article_id, fit, turn, dismissed) VALUES ($1, $2, 0, 0, 1)
            ON CONFLICT (conversation_id, article_id) DO UPDATE SET dismissed = 1
            """,
            [.text(conversation), .text(article)]
        )
    }
}
