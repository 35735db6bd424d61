package import Storage

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
