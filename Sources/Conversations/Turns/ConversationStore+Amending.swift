package import JSONRPC
package import Storage

/// What was answered and told, written anew where a part of it may not be kept.
extension ConversationStore {
    /// Changes the answers to turns, and the events that told them.
    ///
    /// - Parameters:
    ///   - id: the conversation.
    ///   - turns: the numbers of the turns.
    ///   - transaction: the one that makes it necessary.
    ///   - change: what becomes of the answer to the turn of a number.
    /// - Throws: the store's error.
    package static func amendAnswers(
        of id: String,
        turns: Set<Int64>,
        in transaction: WriteTransaction,
        _ change: (Int64, JSON) -> JSON
    ) throws {
        guard let conversation = try ConversationRow.find(id, in: transaction), !turns.isEmpty else { return }
        for number in turns.sorted() {
            let key: [SQLValue] = [.integer(conversation.number), .integer(number)]
            let answer = try transaction.first(
                "SELECT answer FROM turns WHERE conversation_number = $1 AND number = $2",
                key
            ) { try StoredValue.value(JSON.self, $0.text("answer")) }
            guard let answer else { continue }
            try transaction.execute(
                "UPDATE turns SET answer = $3 WHERE conversation_number = $1 AND number = $2",
                key + [.text(String(decoding: change(number, answer).serialized(), as: UTF8.self))]
            )
        }
        try amendEvents(.turn, of: id, in: transaction) { data in
            guard let number = data["turn"]?.double.map(Int64.init), turns.contains(number) else { return nil }
            return change(number, data)
        }
    }

    /// Changes what the events of one kind told; `change` answers nil for those that stay.
    ///
    /// - Throws: the store's error.
    package static func amendEvents(
        _ kind: ConversationEvent.Kind,
        of id: String,
        in transaction: WriteTransaction,
        _ change: (JSON) -> JSON?
    ) throws {
        let events = try transaction.rows(
            "SELECT cursor_number, data FROM conversation_events WHERE conversation_id = $1 AND kind = $2",
            [.text(id), .text(kind.rawValue)]
        ) { (cursor: try $0.integer("cursor_number"), data: try StoredValue.value(JSON.self, $0.text("data"))) }
        for event in events {
            guard let data = change(event.data) else { continue }
            try transaction.execute(
                "UPDATE conversation_events SET data = $2 WHERE cursor_number = $1",
                [.integer(event.cursor), .text(String(decoding: data.serialized(), as: UTF8.self))]
            )
        }
    }
}
