package import JSONRPC
package import Storage

extension Assistant {
    /// Exports the suggestions and feedback of conversations.
    package static func export(conversations: [String], in transaction: some SQLReading) throws -> JSON {
        var items: [JSON] = []
        for id in conversations {
            try transaction.forEach(
                "SELECT article_id, turn, dismissed FROM assist_suggestions WHERE conversation_id = $1 ORDER BY turn, article_id",
                [.text(id)]
            ) { row in
                items.append([
                    "conversation_id": .string(id), "article_id": .string(try row.text("article_id")),
                    "turn": .number(JSONNumber(try row.integer("turn"))),
                    "dismissed": .bool(try row.integer("dismissed") != 0),
                ])
            }
        }
        return .array(items)
    }

    /// Deletes the suggestions and feedback of conversations.
    ///
    /// - Returns: the number of deleted items, by kind.
    package static func erase(conversations: [String], in transaction: WriteTransaction) throws -> [String: Int] {
        var (suggestions, feedback) = (0, 0)
        for id in conversations {
            suggestions += try transaction.execute(
                "DELETE FROM assist_suggestions WHERE conversation_id = $1",
                [.text(id)]
            )
            feedback += try transaction.execute("DELETE FROM assist_feedback WHERE conversation_id = $1", [.text(id)])
        }
        return ["suggestions": suggestions, "suggestion_feedback": feedback]
    }
}
