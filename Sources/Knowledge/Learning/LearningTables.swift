import Storage

/// The tables with what is learned from the use of articles.
///
/// None of them contains customers' personal data: texts are redacted before they are stored. Subjects are stored only
/// as authors of feedback and searches, so that one person counts once.
enum LearningTables {
    static let migrations = [
        Migration(
            "knowledge-2",
            [
                """
                CREATE TABLE searches (
                    query_id TEXT NOT NULL PRIMARY KEY,
                    at_microseconds BIGINT NOT NULL,
                    locale TEXT NOT NULL,
                    query TEXT NOT NULL,
                    words TEXT NOT NULL,
                    hits BIGINT NOT NULL,
                    conversation_id TEXT
                )
                """,
                "CREATE INDEX searches_by_time ON searches (at_microseconds)",
                """
                CREATE TABLE article_feedback (
                    feedback_id BIGINT NOT NULL PRIMARY KEY,
                    at_microseconds BIGINT NOT NULL,
                    article_id TEXT NOT NULL,
                    locale TEXT NOT NULL,
                    verdict TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    query_id TEXT,
                    conversation_id TEXT
                )
                """,
                "CREATE INDEX article_feedback_by_query ON article_feedback (query_id)",
                """
                CREATE TABLE article_votes (
                    article_id TEXT NOT NULL,
                    locale TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    weight BIGINT NOT NULL,
                    PRIMARY KEY (article_id, locale, subject, day)
                )
                """,
                """
                CREATE TABLE article_issues (
                    issue_id TEXT NOT NULL PRIMARY KEY,
                    article_id TEXT NOT NULL,
                    locale TEXT NOT NULL,
                    verdict TEXT NOT NULL,
                    status TEXT NOT NULL,
                    reports BIGINT NOT NULL,
                    comments TEXT NOT NULL,
                    opened_microseconds BIGINT NOT NULL,
                    last_microseconds BIGINT NOT NULL,
                    outcome TEXT,
                    resolved_by TEXT,
                    resolved_microseconds BIGINT
                )
                """,
                "CREATE INDEX article_issues_by_article ON article_issues (article_id, locale, verdict, status)",
            ]
        ),
        Migration(
            "knowledge-3",
            [
                "CREATE INDEX searches_by_conversation ON searches (conversation_id)",
                "CREATE INDEX article_feedback_by_conversation ON article_feedback (conversation_id)",
                "CREATE INDEX article_feedback_by_time ON article_feedback (at_microseconds)",
            ]
        ),
        // The contact of each comment, one line for each line of `comments`.
        Migration(
            "knowledge-comments",
            ["ALTER TABLE article_issues ADD COLUMN contacts TEXT NOT NULL DEFAULT ''"]
        ),
        // Who searched; null for searches of earlier releases.
        Migration("knowledge-searchers", ["ALTER TABLE searches ADD COLUMN subject TEXT"]),
        // The teams of who searched, one a line; null for searches of earlier releases.
        Migration("knowledge-search-teams", ["ALTER TABLE searches ADD COLUMN teams TEXT"]),
    ]
}
