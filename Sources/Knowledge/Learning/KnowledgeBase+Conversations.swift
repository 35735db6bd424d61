package import Storage

/// How knowledge was used in a conversation.
package struct KnowledgeActivity: Sendable, Hashable {
    package let conversationID: String
    /// The number of searches.
    package var searches = 0
    /// The number of articles used.
    package var used = 0
}

extension KnowledgeBase {
    /// The columns with comments on articles and search texts.
    ///
    /// A search or a precedent that contains a customer's name can be deleted, since it has no further use.
    package static let texts = [
        StoredText("article_issues", key: ["issue_id"], column: "comments"),
        StoredText("article_issues", key: ["issue_id"], column: "outcome"),
        StoredText("searches", key: ["query_id"], column: "query", .delete),
        StoredText("precedents", key: ["precedent_id"], column: "text", .delete),
    ]

    /// Counts searches and uses for conversations in a period, sorted by conversation id.
    ///
    /// Searches still waiting in ``SearchLog`` are not counted; call ``SearchLog/flush()`` first to include them.
    ///
    /// - Parameters:
    ///   - from: the start (inclusive), in microseconds since 1970.
    ///   - to: the end (exclusive), in microseconds since 1970.
    ///   - transaction: the transaction in which to read.
    /// - Returns: the conversations with at least one search or use.
    /// - Throws: the store's error.
    package static func activity(
        from: Int64,
        to: Int64,
        in transaction: some SQLReading
    ) throws -> [KnowledgeActivity] {
        var found: [String: KnowledgeActivity] = [:]
        func count(_ sql: String, _ note: (inout KnowledgeActivity, Int) -> Void) throws {
            try transaction.forEach(sql, [.integer(from), .integer(to)]) { row in
                let id = try row.text("conversation_id")
                note(&found[id, default: KnowledgeActivity(conversationID: id)], Int(try row.integer("uses")))
            }
        }
        try count(
            """
            SELECT conversation_id, count(*) AS uses FROM searches
            WHERE at_microseconds >= $1 AND at_microseconds < $2 AND conversation_id IS NOT NULL
            GROUP BY conversation_id
            """
        ) { $0.searches = $1 }
        try count(
            """
            SELECT conversation_id, count(*) AS uses FROM article_feedback
            WHERE at_microseconds >= $1 AND at_microseconds < $2 AND conversation_id IS NOT NULL AND verdict = 'used'
            GROUP BY conversation_id
            """
        ) { $0.used = $1 }
        return found.values.sorted { $0.conversationID < $1.conversationID }
    }

    /// Counts searches without a conversation in a period, by quarter of an hour.
    ///
    /// - Returns: the start of each quarter with searches, in microseconds since 1970, and their number.
    package static func searchesWithoutConversation(
        from: Int64,
        to: Int64,
        in transaction: some SQLReading
    ) throws -> [(at: Int64, count: Int)] {
        try transaction.rows(
            """
            SELECT at_microseconds / 900000000 AS quarter, count(*) AS searches FROM searches
            WHERE at_microseconds >= $1 AND at_microseconds < $2 AND conversation_id IS NULL
            GROUP BY at_microseconds / 900000000 ORDER BY quarter
            """,
            [.integer(from), .integer(to)]
        ) { (try $0.integer("quarter") * 900_000_000, Int(try $0.integer("searches"))) }
    }

    /// The searches made for a conversation, newest first.
    package static func searches(
        ofConversation id: String,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> [(query: String, at: Int64)] {
        try transaction.rows(
            """
            SELECT query, at_microseconds FROM searches WHERE conversation_id = $1
            ORDER BY at_microseconds DESC, query_id LIMIT $2
            """,
            [.text(id), .integer(Int64(limit))]
        ) { (try $0.text("query"), try $0.integer("at_microseconds")) }
    }

    /// Deletes the searches and comments of a conversation; uses and votes still count, without the conversation.
    ///
    /// - Returns: the number of searches deleted.
    package static func forgetSearches(
        ofConversation id: String,
        in transaction: WriteTransaction
    ) throws -> Int {
        try IssueComment.forget(conversation: id, in: transaction)
        try transaction.execute(
            "UPDATE article_feedback SET conversation_id = NULL WHERE conversation_id = $1",
            [.text(id)]
        )
        return try transaction.execute("DELETE FROM searches WHERE conversation_id = $1", [.text(id)])
    }
}
