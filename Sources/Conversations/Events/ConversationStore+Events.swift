package import Storage
package import Vocabulary

/// The log of events: numbered in the order of commits, kept as long as the transcripts.
extension ConversationStore {
    /// The name of the log, for those who wait for its news, and of its counter.
    package static let eventLog = "conversation_events"

    /// Appends an event to a conversation's log; nothing happens when there is no such conversation.
    ///
    /// - Parameters:
    ///   - kind: what happened.
    ///   - id: the conversation.
    ///   - data: what there is to know, without personal data.
    ///   - at: when it happened, in microseconds since 1970.
    ///   - transaction: the one that makes it happen.
    /// - Throws: the store's error.
    package func append(
        _ kind: ConversationEventKind,
        to id: String,
        data: JSON,
        at: Int64,
        in transaction: WriteTransaction
    ) throws {
        guard let conversation = try ConversationRow.find(id, in: transaction) else { return }
        try Self.log(kind, of: conversation, data: data, at: at, in: transaction)
    }

    /// Appends an event to the log, for whoever leads the conversation and for `others`.
    static func log(
        _ kind: ConversationEventKind,
        of conversation: Conversation,
        data: JSON,
        others: (agents: [String], teams: [String]) = ([], []),
        at: Int64,
        in transaction: WriteTransaction
    ) throws {
        let agents = (conversation.agent.map { [$0] } ?? []) + others.agents
        let teams = conversation.teams + others.teams.filter { !conversation.teams.contains($0) }
        transaction.announce(eventLog)
        try transaction.post(
            """
            INSERT INTO conversation_events (cursor_number, conversation_id, kind, data, agents, teams, at_microseconds)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .integer(try Store.next(eventLog, in: transaction)), .text(conversation.id), .text(kind.rawValue),
                .text(String(decoding: data.serialized(), as: UTF8.self)), .text(StoredValue.lines(agents)),
                .text(StoredValue.lines(teams)), .integer(at),
            ]
        )
    }

    /// The events after a cursor, in order.
    ///
    /// Events are deleted with their transcripts, so numbers may be missing; what is missing is gone for everybody.
    package func events(after cursor: Int64, limit: Int) async throws -> [ConversationEvent] {
        try await store.read { try events(after: cursor, limit: limit, in: $0) }
    }

    /// The events after a cursor as a transaction sees them; see ``events(after:limit:)``.
    package func events(
        after cursor: Int64,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> [ConversationEvent] {
        try transaction.rows(
            """
            SELECT cursor_number, conversation_id, kind, data, agents, teams, at_microseconds
            FROM conversation_events WHERE cursor_number > $1 ORDER BY cursor_number LIMIT $2
            """,
            [.integer(cursor), .integer(Int64(limit))],
            Self.event
        )
    }

    /// The cursor of the last event that was ever logged; 0 before the first.
    package func head() async throws -> Int64 {
        try await store.read { try Store.current(Self.eventLog, in: $0) }
    }

    /// The cursor of the oldest event that is still kept; one after the head when none is.
    package func oldestCursor() async throws -> Int64 {
        try await store.read { transaction in
            let oldest = try transaction.first("SELECT min(cursor_number) AS oldest FROM conversation_events") {
                try $0.optionalInteger("oldest")
            }
            return try (oldest ?? nil) ?? Store.current(Self.eventLog, in: transaction) + 1
        }
    }

    private static func event(_ row: SQLRow) throws -> ConversationEvent {
        let kind = try ConversationEventKind(stored: row.text("kind"), as: "an event of a conversation")
        return ConversationEvent(
            cursor: try row.integer("cursor_number"),
            conversationID: try row.text("conversation_id"),
            kind: kind,
            data: try StoredValue.value(JSON.self, row.text("data")),
            agents: StoredValue.names(try row.text("agents")),
            teams: StoredValue.names(try row.text("teams")),
            at: try row.integer("at_microseconds")
        )
    }
}
