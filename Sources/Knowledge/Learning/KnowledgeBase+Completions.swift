import Storage
package import TextSearch

extension KnowledgeBase {
    private static let maximumPhrases = 10_000

    /// Searches after which several people used an article, as completions, ordered by the number of people.
    ///
    /// A search made by only one person is never shown to others, and the index offers a phrase only to callers who may
    /// see articles containing its words.
    package func successfulQueries() async throws -> [CompletionPhrase] {
        try await store.read { transaction in
            try transaction.rows(
                """
                SELECT min(s.query) AS phrase, s.locale, count(DISTINCT f.subject) AS subjects
                FROM searches s JOIN article_feedback f ON f.query_id = s.query_id
                WHERE f.verdict IN ('used', 'helpful')
                GROUP BY s.words, s.locale HAVING count(DISTINCT f.subject) >= 2
                ORDER BY 3 DESC, 1 LIMIT $1
                """,
                [.integer(Int64(Self.maximumPhrases))]
            ) { row in
                CompletionPhrase(
                    try row.text("phrase"),
                    locale: try row.text("locale"),
                    weight: Double(try row.integer("subjects"))
                )
            }
        }
    }
}
