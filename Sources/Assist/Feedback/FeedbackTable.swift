import Storage

/// What became of what was offered.
enum FeedbackTable {
    /// Notes what somebody says of something.
    ///
    /// - Returns: whether it was not said before.
    static func note(
        _ feedback: AssistFeedback,
        article: String?,
        by subject: String,
        at now: Int64,
        in transaction: WriteTransaction
    ) throws -> Bool {
        // An action that opens an article and the article itself are one thing.
        let target = article.map { "article:\($0)" } ?? "action:\(feedback.actionID ?? "")"
        let rows = try transaction.execute(
            """
            INSERT INTO assist_feedback (conversation_id, subject, target, verdict, article_id, at_microseconds)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (conversation_id, subject, target, verdict) DO NOTHING
            """,
            [
                .text(feedback.conversationID), .text(subject), .text(target), .text(feedback.verdict.rawValue),
                .optional(article), .integer(now),
            ]
        )
        return rows > 0
    }
}
