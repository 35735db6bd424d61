package import JSONRPC
package import Storage

/// Deleting what was said, after its time or on the customer's wish.
///
/// What remains of a conversation are facts that tell nobody's secrets: its channel, owner, times, disposition code and
/// mood figures, so that reports stay whole.
extension ConversationStore {
    /// What stands for the code of an ending.
    private static let erased = "erased"

    /// What people wrote about conversations.
    package static let texts = [
        StoredText("conversation_owners", key: ["conversation_number", "position"], column: "reason"),
        StoredText("conversation_owners", key: ["conversation_number", "position"], column: "note"),
    ]

    /// What a deletion took away.
    package struct Forgotten: Sendable, Hashable {
        package var conversations = 0
        package var turns = 0
        package var events = 0

        package init() {}
    }

    /// The conversations whose transcripts are kept although nothing has happened in them since a time, oldest first.
    package func quietConversations(
        since time: Int64,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> [String] {
        try transaction.rows(
            """
            SELECT id FROM conversations WHERE forgotten = 0 AND last_microseconds < $1
            ORDER BY last_microseconds LIMIT $2
            """,
            [.integer(time), .integer(Int64(limit))]
        ) { try $0.text("id") }
    }

    /// Deletes the transcripts, customers, notes and events of conversations.
    ///
    /// An open conversation stays open. With `entirely`, the code by which it was closed goes as well, for people write there
    /// what they like.
    ///
    /// - Returns: how much was deleted; what was forgotten before is not counted again.
    package func forget(
        _ ids: [String],
        entirely: Bool = false,
        in transaction: WriteTransaction
    ) throws -> Forgotten {
        var count = Forgotten()
        for id in ids {
            guard let conversation = try ConversationRow.find(id, in: transaction) else { continue }
            if !conversation.isForgotten { count.conversations += 1 }
            count.turns += try transaction.execute(
                "DELETE FROM turns WHERE conversation_number = $1",
                [.integer(conversation.number)]
            )
            count.events += try transaction.execute(
                "DELETE FROM conversation_events WHERE conversation_id = $1",
                [.text(id)]
            )
            try transaction.execute(
                "DELETE FROM turn_replacements WHERE conversation_number = $1",
                [.integer(conversation.number)]
            )
            try Self.strip(conversation, entirely: entirely, in: transaction)
        }
        return count
    }

    /// Deletes the events of a conversation that tell of requests, whoever's the conversation is.
    package func forgetEvents(
        ofResolutions ids: Set<String>,
        in conversation: String,
        _ transaction: WriteTransaction
    ) throws -> Int {
        let cursors = try transaction.rows(
            "SELECT cursor_number, data FROM conversation_events WHERE conversation_id = $1 AND kind = 'resolution'",
            [.text(conversation)]
        ) { row in
            let id = try StoredValue.value(JSON.self, row.text("data"))["resolution_id"]?.string
            return id.map(ids.contains) == true ? try row.integer("cursor_number") : nil
        }
        return try cursors.compactMap(\.self).reduce(0) { count, cursor in
            try count
                + transaction.execute(
                    "DELETE FROM conversation_events WHERE cursor_number = $1",
                    [.integer(cursor)]
                )
        }
    }

    /// The ids of all customers of conversations.
    package static func customerIDs(in transaction: some SQLReading) throws -> Set<String> {
        Set(
            try transaction.rows("SELECT DISTINCT customer_id FROM conversations WHERE customer_id IS NOT NULL") {
                try $0.text("customer_id")
            }
        )
    }

    private static func strip(
        _ conversation: Conversation,
        entirely: Bool,
        in transaction: WriteTransaction
    ) throws {
        let number = SQLValue.integer(conversation.number)
        var disposition = conversation.disposition
        disposition?.note = nil
        if entirely { disposition?.code = erased }
        var profile = conversation.profile
        (profile.customer, profile.continues, profile.externalIDs, profile.tags) = (nil, nil, [:], [])
        try transaction.execute(
            """
            UPDATE conversations SET customer_id = NULL, profile = $2, summary = $3, disposition = $4, forgotten = 1
            WHERE number = $1
            """,
            [
                number, .text(try StoredValue.text(profile)), .text(try StoredValue.text(RunningSummary())),
                .optional(try disposition.map { try StoredValue.text($0) }),
            ]
        )
        try transaction.execute("DELETE FROM conversation_external_ids WHERE conversation_number = $1", [number])
        try transaction.execute(
            "UPDATE conversation_owners SET reason = NULL, note = NULL WHERE conversation_number = $1",
            [number]
        )
    }

    /// Everything that is kept about conversations, with their turns.
    package func export(_ ids: [String], in transaction: some SQLReading) throws -> JSON {
        var all: [JSON] = []
        for id in ids {
            guard let conversation = try ConversationRow.find(id, in: transaction) else { continue }
            let turns = try turns(of: conversation, after: 0, limit: .max, in: transaction)
            let holdings = try HoldingTable.holdings(of: conversation.number, in: transaction)
            let replaced = try transaction.rows(
                "SELECT text FROM turn_replacements WHERE conversation_number = $1 ORDER BY turn_id",
                [.integer(conversation.number)]
            ) { try $0.text("text") }
            all.append(try Self.exported(conversation, turns: turns, replaced: replaced, holdings: holdings))
        }
        return .array(all)
    }
}
