package import Storage

/// What is counted of a script session; it stays when the session's content is erased.
package struct CountedSession: Sendable, Hashable {
    package let script: String
    package let version: Int64
    package let status: String
    package let agent: String?
    package let teams: [String]
    package let conversation: String?
    /// Microseconds since 1970.
    package let startedAt: Int64
    /// Microseconds since 1970; nil while it is open.
    package let endedAt: Int64?
    package let requiredDone: Int64
    package let requiredTotal: Int64
    package let deviations: Int64
    package let isOrderKept: Bool
}

extension ScriptDesk {
    /// What is counted of a session; nil when there is none.
    package static func figures(of id: String, in transaction: some SQLReading) throws -> CountedSession? {
        try transaction.first(
            """
            SELECT script_id, version, status, agent, teams, conversation_id, started_microseconds, ended_microseconds,
                required_done, required_total, deviations, order_kept
            FROM script_sessions WHERE session_id = $1
            """,
            [.text(id)]
        ) { row in
            CountedSession(
                script: try row.text("script_id"),
                version: try row.integer("version"),
                status: try row.text("status"),
                agent: try row.optionalText("agent"),
                teams: try row.text("teams").split(separator: "\n").map(String.init),
                conversation: try row.optionalText("conversation_id"),
                startedAt: try row.integer("started_microseconds"),
                endedAt: try row.optionalInteger("ended_microseconds"),
                requiredDone: try row.integer("required_done"),
                requiredTotal: try row.integer("required_total"),
                deviations: try row.integer("deviations"),
                isOrderKept: try row.integer("order_kept") != 0
            )
        }
    }

    /// The ids of sessions; one counts when it was started.
    package static let recordKeys = RecordKeys(
        table: "script_sessions",
        id: "session_id",
        time: "started_microseconds"
    )
}
