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

    /// The ids of sessions after one, in the order of ids.
    package static func ids(after id: String, limit: Int, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            "SELECT session_id FROM script_sessions WHERE session_id > $1 ORDER BY session_id LIMIT $2",
            [.text(id), .integer(Int64(limit))]
        ) { try $0.text("session_id") }
    }

    /// The ids of the sessions started from one time to before another.
    package static func ids(startedFrom from: Int64, to: Int64, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            """
            SELECT session_id FROM script_sessions WHERE started_microseconds >= $1 AND started_microseconds < $2
            ORDER BY session_id
            """,
            [.integer(from), .integer(to)]
        ) { try $0.text("session_id") }
    }
}
