package import Storage

/// How knowledge was used in a conversation.
package struct KnowledgeActivity: Sendable, Hashable {
    /// The conversation.
    package let conversationID: String
    /// How many searches were made for it.
    package var searches = 0
    /// How many articles were used for it.
    package var used = 0
}

extension KnowledgeBase {
    /// What people wrote about articles, and what they searched for; a search for somebody's name is of use to nobody.
    package static let texts = [
        StoredText("article_issues", key: ["issue_id"], column: "comments"),
        StoredText("article_issues", key: ["issue_id"], column: "outcome"),
        StoredText("searches", key: ["query_id"], column: "query", .delete),
    ]

    /// What was searched and used for conversations in a time, in the order of their ids.
    ///
    /// Searches that wait to be written are not counted; whoever wants them flushes the log first.
    ///
    /// - Parameters:
    ///   - from: the first moment, in microseconds since 1970.
    ///   - to: the first moment after it.
    ///   - transaction: where it is read.
    /// - Returns: the conversations for which there was anything.
    /// - Throws: the store's error.
    package static func activity(
        from: Int64,
        to: Int64,
        in transaction: some SQLReading
    ) throws -> [KnowledgeActivity] {
        var found: [String: KnowledgeActivity] = [:]
        func count(_ sql: String, _ note: (inout KnowledgeActivity, Int) -> Void) throws {
            try transaction.forEach(sql, [.integer(from), .integer(to)]) { row in
                let id = try row.text(0)
                note(&found[id, default: KnowledgeActivity(conversationID: id)], Int(try row.integer(1)))
            }
        }
        try count(
            """
            SELECT conversation_id, count(*) FROM searches
            WHERE at_microseconds >= $1 AND at_microseconds < $2 AND conversation_id IS NOT NULL
            GROUP BY conversation_id
            """
        ) { $0.searches = $1 }
        try count(
            """
            SELECT conversation_id, count(*) FROM article_feedback
            WHERE at_microseconds >= $1 AND at_microseconds < $2 AND conversation_id IS NOT NULL AND verdict = 'used'
            GROUP BY conversation_id
            """
        ) { $0.used = $1 }
        return found.values.sorted { $0.conversationID < $1.conversationID }
    }

    /// How many searches were made for no conversation in a time, by quarters of an hour.
    ///
    /// - Returns: the first moment of each quarter with searches, in microseconds since 1970, and their number.
    package static func searchesWithoutConversation(
        from: Int64,
        to: Int64,
        in transaction: some SQLReading
    ) throws -> [(at: Int64, count: Int)] {
        try transaction.rows(
            """
            SELECT at_microseconds / 900000000, count(*) FROM searches
            WHERE at_microseconds >= $1 AND at_microseconds < $2 AND conversation_id IS NULL
            GROUP BY at_microseconds / 900000000 ORDER BY 1
            """,
            [.integer(from), .integer(to)]
        ) { (try $0.integer(0) * 900_000_000, Int(try $0.integer(1))) }
    }

    /// What was searched for a conversation, newest first.
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
        ) { (try $0.text(0), try $0.integer(1)) }
    }

    /// Deletes what was searched for a conversation, and the comments made in it; what became of articles is counted on,
    /// without the conversation.
    ///
    /// - Returns: how many searches were deleted.
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
