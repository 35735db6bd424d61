package import Storage
import Vocabulary

/// The table of feedback on actions and articles.
enum FeedbackTable {
    /// Records feedback.
    ///
    /// - Returns: whether it is new.
    static func note(
        _ feedback: AssistFeedback,
        article: String?,
        by subject: String,
        at now: Int64,
        in transaction: WriteTransaction
    ) throws -> Bool {
        // Feedback on an article, and on the action that opens it, are the same.
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

/// The tables of this module: articles suggested in conversations, and feedback.
package enum AssistTables {
    /// The migrations in the order in which they were added.
    package static let migrations = [
        Migration(
            "assist-1",
            [
                """
                CREATE TABLE assist_suggestions (
                    conversation_id TEXT NOT NULL,
                    article_id TEXT NOT NULL,
                    fit DOUBLE PRECISION NOT NULL,
                    turn BIGINT NOT NULL,
                    dismissed BIGINT NOT NULL,
                    PRIMARY KEY (conversation_id, article_id)
                )
                """,
                """
                CREATE TABLE assist_feedback (
                    conversation_id TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    target TEXT NOT NULL,
                    verdict TEXT NOT NULL,
                    article_id TEXT,
                    at_microseconds BIGINT NOT NULL,
                    PRIMARY KEY (conversation_id, subject, target, verdict)
                )
                """,
                "CREATE INDEX assist_feedback_by_time ON assist_feedback (at_microseconds)",
            ]
        )
    ]
}
