import Customers
package import Storage
package import Vocabulary

/// Access to a customer's data in sessions.
extension ScriptDesk {
    /// Exports all stored data of a customer's sessions, including sessions related only through a conversation.
    package func export(
        customer: String?,
        conversations: [String],
        in transaction: some SQLReading
    ) throws -> JSON {
        let ids = try sessions(of: customer, conversations: conversations, in: transaction)
        return .array(
            try ids.compactMap { id in
                guard let record = try SessionRecord.find(id, in: transaction) else { return nil }
                let state = record.state
                return [
                    "session_id": .string(id), "script_id": .string(state.script.id),
                    "version": .number(JSONNumber(state.script.version)), "status": .string(state.status.rawValue),
                    "started_at": .string(RFC3339.text(of: record.startedAt)),
                    "customer": state.subject.customer, "context": state.subject.context,
                    "variables": .object(
                        JSONObject(
                            state.frames.flatMap { frame in
                                frame.variables.sorted { $0.key < $1.key }.map {
                                    JSONObject.Member(key: "\(frame.script).\($0.key)", value: $0.value)
                                }
                            }
                        )
                    ),
                    "path": .array(state.path.map(JSON.string)),
                    "notes": .array(state.notes.map { .string($0.text) }),
                    "deviations": .array(
                        state.deviations.map { deviation in
                            [
                                "step": .string(deviation.step), "kind": .string(deviation.kind),
                                "reason": .string(deviation.reason),
                            ]
                        }
                    ),
                    "outcome": state.outcome.map(JSON.string) ?? .null,
                ]
            }
        )
    }

    /// Erases a customer's data from sessions: values, notes, reasons and logs are deleted, adherence figures are kept.
    ///
    /// Open sessions end, because nothing of them is left. With a customer of nil, only sessions of the conversations
    /// are erased.
    ///
    /// - Returns: the numbers of sessions and notes erased, and the ids of the sessions; pass these to
    ///   ``forgetSecrets(of:)`` after the commit.
    package func erase(
        customer: String?,
        conversations: [String],
        in transaction: WriteTransaction
    ) throws -> (counts: [String: Int], ids: [String]) {
        var ids: [String] = []
        var counts = ["script_sessions": 0, "script_notes": 0]
        for id in try sessions(of: customer, conversations: conversations, in: transaction) {
            guard let record = try SessionRecord.find(id, in: transaction) else { continue }
            counts["script_sessions", default: 0] += 1
            counts["script_notes", default: 0] += record.state.notes.count
            try erase(record, in: transaction)
            ids.append(id)
        }
        return (counts, ids)
    }

    /// Removes the sensitive values of sessions from memory.
    package func forgetSecrets(of ids: [String]) {
        for id in ids { secrets.forget(id) }
    }

    /// The ids of all customers with sessions.
    package static func customerIDs(in transaction: some SQLReading) throws -> Set<String> {
        Set(
            try transaction.rows("SELECT DISTINCT customer_id FROM script_sessions WHERE customer_id IS NOT NULL") {
                try $0.text("customer_id")
            }
        )
    }

    private func erase(_ record: SessionRecord, in transaction: WriteTransaction) throws {
        let status: ScriptSessionStatus = record.state.status.isFinished ? record.state.status : .stopped
        try transaction.execute(
            """
            UPDATE script_sessions SET state = '', acting = '', last_call = NULL, last_revision = NULL,
                customer_id = NULL, status = $2, ended_microseconds = coalesce(ended_microseconds, touched_microseconds)
            WHERE session_id = $1
            """,
            [.text(record.id), .text(status.rawValue)]
        )
        try Store.markOutdated(RecordKind.sessions.rawValue, record.id, in: transaction)
        try transaction.execute("DELETE FROM script_events WHERE session_id = $1", [.text(record.id)])
        try transaction.execute("DELETE FROM script_resolutions WHERE session_id = $1", [.text(record.id)])
        try transaction.execute(
            "UPDATE script_deviations SET reason = '' WHERE session_id = $1",
            [.text(record.id)]
        )
    }

    private func sessions(
        of customer: String?,
        conversations: [String],
        in transaction: some SQLReading
    ) throws -> [String] {
        var ids: [String] = []
        if let customer {
            ids = try transaction.rows(
                "SELECT session_id FROM script_sessions WHERE customer_id = $1 ORDER BY session_id",
                [.text(form(customer))]
            ) { try $0.text("session_id") }
        }
        var seen = Set(ids)
        for conversation in conversations {
            for id in try SessionRecord.ids(ofConversation: conversation, in: transaction)
            where seen.insert(id).inserted {
                ids.append(id)
            }
        }
        return ids
    }
}
