package import JSONRPC
package import Storage

/// Deleting what was said, after its time or on the customer's wish.
///
/// What remains of a conversation are facts that tell nobody's secrets: its channel, owner, times, disposition code and
/// mood figures, so that reports stay whole.
extension ConversationStore {
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
        ) { try $0.text(0) }
    }

    /// Deletes the transcripts, customers, notes and events of conversations.
    ///
    /// An open conversation stays open.
    ///
    /// - Returns: how much was deleted; what was forgotten before is not counted again.
    package func forget(_ ids: [String], in transaction: WriteTransaction) throws -> Forgotten {
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
            try Self.strip(conversation, in: transaction)
        }
        return count
    }

    private static func strip(_ conversation: Conversation, in transaction: WriteTransaction) throws {
        let number = SQLValue.integer(conversation.number)
        var disposition = conversation.disposition
        disposition?.note = nil
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
            all.append(try Self.exported(conversation, turns: turns, holdings: holdings))
        }
        return .array(all)
    }
}
