package import Access
package import Storage

/// Queries of other modules.
extension ScriptDesk {
    /// The sessions of a conversation, by start time.
    package func sessions(
        ofConversation conversation: String,
        in transaction: some SQLReading
    ) throws -> [ScriptSessionListing] {
        try SessionRecord.listings(ofConversation: conversation, in: transaction)
    }

    /// The first of the ids that belongs to a session visible to the caller; nil if there is none.
    package func firstVisible(
        _ ids: [String],
        to principal: Principal,
        in transaction: some SQLReading
    ) throws -> String? {
        let visibility = SessionVisibility(of: principal)
        return try ids.first { id in
            guard let owner = try SessionRecord.owner(of: id, in: transaction) else { return false }
            return visibility.includes(agent: owner.agent, teams: owner.teams)
        }
    }

    /// The most recently started open session of a conversation, without sensitive values.
    package func openSession(
        ofConversation conversation: String,
        in transaction: some SQLReading
    ) throws -> ScriptSession? {
        guard let record = try SessionRecord.open(ofConversation: conversation, in: transaction) else { return nil }
        let state = record.state
        let library = try catalog.library(for: record.acting, keeping: state.versions, in: transaction)
        return record.session(ScriptEngine(library: library).view(state))
    }

    /// The deviations of sessions started in a period (end exclusive), by conversation.
    package func deviations(
        from: Int64,
        to: Int64,
        in transaction: some SQLReading
    ) throws -> [(conversationID: String, count: Int64)] {
        try transaction.rows(
            """
            SELECT conversation_id, CAST(sum(deviations) AS BIGINT) AS session_deviations FROM script_sessions
            WHERE started_microseconds >= $1 AND started_microseconds < $2 AND conversation_id IS NOT NULL
            GROUP BY conversation_id ORDER BY conversation_id
            """,
            [.integer(from), .integer(to)]
        ) { (try $0.text("conversation_id"), try $0.integer("session_deviations")) }
    }
}
