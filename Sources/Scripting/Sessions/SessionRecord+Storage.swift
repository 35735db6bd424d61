import Access
import Storage
import Vocabulary

/// The error for a session that has been changed since it was read.
struct StaleSession: Error {}

extension SessionRecord {
    private static let columns = """
        session_id, state, agent, teams, conversation_id, customer_id, locale, acting, last_revision, last_call,
        started_microseconds, touched_microseconds, ended_microseconds, required_done, required_total, deviations,
        order_kept, visits, generation
        """
    /// Separates the names of teams, which contain no control characters.
    private static let separator = "\n"
    /// The longest direct path stored for path statistics, in steps.
    private static let maximumDirectPath = 500

    /// Finds a session by id; nil if it does not exist or was erased.
    static func find(_ id: String, in transaction: some SQLReading) throws -> SessionRecord? {
        try transaction.first(
            "SELECT \(columns) FROM script_sessions WHERE session_id = $1 AND state <> ''",
            [.text(id)],
            record
        )
    }

    /// The owner and teams of a session; nil if it does not exist or was erased.
    static func owner(of id: String, in transaction: some SQLReading) throws -> (agent: String?, teams: [String])? {
        try transaction.first(
            "SELECT agent, teams FROM script_sessions WHERE session_id = $1 AND state <> ''",
            [.text(id)]
        ) { (try $0.optionalText("agent"), try $0.text("teams").split(separator: separator).map(String.init)) }
    }

    private static func state(_ text: String) throws(StorageError) -> ScriptState {
        do {
            return try JSONDecoding.decode(ScriptState.self, from: JSON(parsing: Array(text.utf8)), root: "state")
        } catch {
            let place = (error as? JSONDecodingError)?.path ?? "it is not JSON"
            throw StorageError(code: .corrupt, message: "the state of a session cannot be read: \(place)", cause: error)
        }
    }

    private static func record(_ row: SQLRow) throws -> SessionRecord {
        let state = try state(row.text("state"))
        let lastCall = try row.optionalInteger("last_revision").flatMap { revision in
            try row.optionalText("last_call").map { LastCall(revision: revision, fingerprint: $0) }
        }
        return SessionRecord(
            id: try row.text("session_id"),
            state: state,
            agent: try row.optionalText("agent"),
            teams: try row.text("teams").split(separator: separator).map(String.init),
            conversationID: try row.optionalText("conversation_id"),
            customerKey: try row.optionalText("customer_id"),
            locale: try row.optionalText("locale"),
            acting: try Principal(storedText: row.text("acting")),
            lastCall: lastCall,
            startedAt: try row.integer("started_microseconds"),
            touchedAt: try row.integer("touched_microseconds"),
            endedAt: try row.optionalInteger("ended_microseconds"),
            figures: SessionFigures(
                requiredDone: try row.integer("required_done"),
                requiredTotal: try row.integer("required_total"),
                deviations: try row.integer("deviations"),
                isOrderKept: try row.integer("order_kept") != 0,
                visits: try row.integer("visits")
            ),
            generation: try row.integer("generation")
        )
    }

    /// Writes the session, unless it has been changed since it was read.
    ///
    /// - Throws: ``StaleSession``.
    func write(in transaction: WriteTransaction) throws {
        let changed = try generation == 0 ? insert(in: transaction) : update(in: transaction)
        guard changed == 1 else { throw StaleSession() }
        try Store.markOutdated(RecordKind.sessions.rawValue, id, in: transaction)
    }

    private func insert(in transaction: WriteTransaction) throws -> Int {
        try transaction.execute(
            """
            INSERT INTO script_sessions (session_id, generation, state, status, revision, agent, teams, acting,
                last_revision, last_call, outcome, touched_microseconds, ended_microseconds, required_done,
                required_total, deviations, order_kept, visits, direct_path, script_id, version, conversation_id,
                customer_id, locale, started_microseconds)
            VALUES ($1, $2 + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                $22, $23, $24, $25)
            ON CONFLICT (session_id) DO NOTHING
            """,
            try changingValues() + [
                .text(state.script.id), .integer(state.script.version), .optional(conversationID),
                .optional(customerKey), .optional(locale), .integer(startedAt),
            ]
        )
    }

    private func update(in transaction: WriteTransaction) throws -> Int {
        try transaction.execute(
            """
            UPDATE script_sessions SET generation = $2 + 1, state = $3, status = $4, revision = $5, agent = $6,
                teams = $7, acting = $8, last_revision = $9, last_call = $10, outcome = $11,
                touched_microseconds = $12, ended_microseconds = $13, required_done = $14, required_total = $15,
                deviations = $16, order_kept = $17, visits = $18, direct_path = $19
            WHERE session_id = $1 AND generation = $2
            """,
            try changingValues()
        )
    }

    private func changingValues() throws -> [SQLValue] {
        let path = figures.directPath.map { path in
            JSON.array(path.prefix(Self.maximumDirectPath).map(JSON.string)).description
        }
        return [
            .text(id), .integer(generation), .text(try JSONEncoding.encode(state).description),
            .text(state.status.rawValue), .integer(Int64(state.revision)), .optional(agent),
            .text(teams.joined(separator: Self.separator)), .text(acting.storedText), .optional(lastCall?.revision),
            .optional(lastCall?.fingerprint), .optional(state.outcome), .integer(touchedAt), .optional(endedAt),
            .integer(figures.requiredDone), .integer(figures.requiredTotal), .integer(figures.deviations),
            .integer(figures.isOrderKept ? 1 : 0), .integer(figures.visits), .optional(path),
        ]
    }

    // MARK: Lists

    /// The number of unfinished sessions of a script, by version.
    static func openSessions(of script: String, in transaction: some SQLReading) throws -> [Int64: Int64] {
        let rows = try transaction.rows(
            """
            SELECT version, count(*) AS count FROM script_sessions
            WHERE script_id = $1 AND status IN ('active', 'waiting') GROUP BY version
            """,
            [.text(script)]
        ) { (try $0.integer("version"), try $0.integer("count")) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// The ids of open sessions on a version.
    static func openIDs(of script: String, version: Int64, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            """
            SELECT session_id FROM script_sessions
            WHERE script_id = $1 AND version = $2 AND status IN ('active', 'waiting') ORDER BY session_id
            """,
            [.text(script), .integer(version)]
        ) { try $0.text("session_id") }
    }

    /// The ids of open sessions without calls since a time, the longest idle first.
    static func idleIDs(before: Int64, limit: Int, in transaction: some SQLReading) throws -> [String] {
        try ["active", "waiting"].flatMap { status in
            try transaction.rows(
                """
                SELECT session_id FROM script_sessions WHERE status = $1 AND touched_microseconds < $2
                ORDER BY touched_microseconds LIMIT $3
                """,
                [.text(status), .integer(before), .integer(Int64(limit))]
            ) { try $0.text("session_id") }
        }
    }

    /// The ids of the sessions of a conversation, by start time.
    static func ids(ofConversation conversation: String, in transaction: some SQLReading) throws -> [String] {
        try listings(ofConversation: conversation, in: transaction).map(\.id)
    }

    /// The sessions of a conversation, by start time.
    static func listings(
        ofConversation conversation: String,
        in transaction: some SQLReading
    ) throws -> [ScriptSessionListing] {
        try transaction.rows(
            """
            SELECT session_id, script_id, version, status, revision, agent, outcome, deviations, started_microseconds,
                ended_microseconds
            FROM script_sessions WHERE conversation_id = $1 ORDER BY started_microseconds, session_id
            """,
            [.text(conversation)]
        ) { row in
            ScriptSessionListing(
                id: try row.text("session_id"),
                scriptID: try row.text("script_id"),
                version: try row.integer("version"),
                status: try ScriptSessionStatus(stored: row.text("status"), as: "the status of a session"),
                revision: try row.integer("revision"),
                agent: try row.optionalText("agent"),
                outcome: try row.optionalText("outcome"),
                deviations: try row.integer("deviations"),
                startedAt: try row.integer("started_microseconds"),
                endedAt: try row.optionalInteger("ended_microseconds")
            )
        }
    }

    /// The sessions that wait for a resolution.
    static func waiting(
        forResolution id: String,
        in transaction: some SQLReading
    ) throws -> [(session: String, ticket: Int)] {
        try transaction.rows(
            "SELECT session_id, ticket FROM script_resolutions WHERE resolution_id = $1 ORDER BY session_id",
            [.text(id)]
        ) { (try $0.text("session_id"), Int(try $0.integer("ticket"))) }
    }
}
