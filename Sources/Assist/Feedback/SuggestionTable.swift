import Storage

/// What was suggested in each conversation.
enum SuggestionTable {
    /// More articles than this are not remembered of a conversation.
    private static let maximumArticles = 1_000

    /// What was offered in a conversation before, without what was offered with a turn that is replaced.
    static func history(
        of conversation: String,
        without replaced: Int64? = nil,
        in transaction: some SQLReading
    ) throws -> SuggestionHistory {
        var history = SuggestionHistory()
        try transaction.forEach(
            "SELECT article_id, fit, dismissed, turn FROM assist_suggestions WHERE conversation_id = $1 LIMIT $2",
            [.text(conversation), .integer(Int64(maximumArticles))]
        ) { row in
            let article = try row.text(0)
            if try row.integer(2) != 0 { history.dismissed.insert(article) }
            if try row.integer(3) != replaced { history.fits[article] = try row.real(1) }
        }
        return history
    }

    /// Notes what was offered with a turn.
    static func note(
        _ suggestions: [Suggestion],
        of conversation: String,
        turn: Int64,
        in transaction: WriteTransaction
    ) throws {
        for suggestion in suggestions {
            try transaction.execute(
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

    /// Notes that an article is not wanted any more in a conversation.
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
