import Storage
import Vocabulary

extension ScriptCatalog {
    /// Measures how well scripts are followed, and where they are abandoned.
    ///
    /// The figures are read from columns stored with each session, through an index; no session is replayed. Rows are
    /// sorted by key. Versions and steps are named without the script if the query is for one script, and otherwise
    /// with it.
    package func adherence(_ query: AdherenceQuery) async throws -> [AdherenceRow] {
        try await store.read { [self] transaction in
            query.grouping == .step
                ? try stepRows(query, in: transaction) : try sessionRows(query, in: transaction)
        }
    }

    private func sessionRows(_ query: AdherenceQuery, in transaction: ReadTransaction) throws -> [AdherenceRow] {
        var tallies: [String: AdherenceTally] = [:]
        let columns = """
            s.status, s.outcome, s.ended_microseconds, s.required_done, s.required_total, s.deviations, s.order_kept,
            s.visits, s.direct_path
            """
        try forEachSession(query, columns: columns, in: transaction) { scope, row in
            let path = try row.optionalText("direct_path").map { text in
                try JSON(parsing: Array(text.utf8)).array?.compactMap(\.string) ?? []
            }
            let facts = SessionFacts(
                id: scope.session,
                scriptID: scope.script,
                version: scope.version,
                agent: scope.agent,
                teams: scope.teams,
                status: try row.text("status"),
                outcome: try row.optionalText("outcome"),
                startedAt: scope.startedAt,
                endedAt: try row.optionalInteger("ended_microseconds"),
                requiredDone: try row.integer("required_done"),
                requiredTotal: try row.integer("required_total"),
                deviations: try row.integer("deviations"),
                isOrderKept: try row.integer("order_kept") != 0,
                visits: try row.integer("visits"),
                directPath: path
            )
            for key in scope.keys(query) { tallies[key, default: AdherenceTally()].add(facts) }
        }
        try forEachDeviation(query, in: transaction) { scope, reason in
            for key in scope.keys(query) { tallies[key]?.add(reason) }
        }
        let showsPaths = query.grouping == .script || query.grouping == .version
        return try tallies.sorted { $0.key < $1.key }.map { key, tally in
            try tally.row(key, full: showsPaths ? { try self.steps(of: $0, in: transaction) } : nil)
        }
    }

    private func stepRows(_ query: AdherenceQuery, in transaction: ReadTransaction) throws -> [AdherenceRow] {
        var tallies: [String: AdherenceTally] = [:]
        var visits: (session: String, steps: [String: StepVisits]) = ("", [:])
        let close = {
            for (key, step) in visits.steps { tallies[key, default: AdherenceTally()].addStep(step) }
        }
        let columns = "v.step, v.entered_microseconds, v.left_microseconds, v.left_by"
        try forEachSession(
            query,
            columns: columns,
            join: "JOIN script_visits v ON v.session_id = s.session_id",
            order: "s.started_microseconds, s.session_id, v.number",
            in: transaction
        ) { scope, row in
            if visits.session != scope.session {
                close()
                visits = (scope.session, [:])
            }
            let step = try row.text("step")
            let key = scope.stepKey(step, query)
            let isRequired = try isRequired(step, of: scope.script, version: scope.version, in: transaction)
            visits.steps[key, default: StepVisits(isRequired: isRequired)].add(
                enteredAt: try row.integer("entered_microseconds"),
                leftAt: try row.optionalInteger("left_microseconds"),
                by: try row.optionalText("left_by")
            )
        }
        close()
        try forEachDeviation(query, in: transaction) { scope, reason in
            tallies[scope.stepKey(reason.step, query), default: AdherenceTally()].addAtStep(reason)
        }
        return tallies.sorted { $0.key < $1.key }.map { $0.value.row($0.key, full: nil) }
    }

    /// Figures outlive their scripts: in a version that an earlier program wrote and this one cannot read, no step is required.
    private func isRequired(
        _ step: String,
        of script: String,
        version number: Int64,
        in transaction: ReadTransaction
    ) throws -> Bool {
        try version(number, of: script, in: transaction)?.definition.step(step)?.isRequired ?? false
    }

    private func steps(of session: String, in transaction: ReadTransaction) throws -> [String] {
        try transaction.rows(
            "SELECT step FROM script_visits WHERE session_id = $1 ORDER BY number LIMIT 500",
            [.text(session)]
        ) { try $0.text("step") }
    }

    // MARK: Rows of the store

    /// The first columns of every row: the session and its group.
    private struct Scope {
        static let names = "s.session_id, s.script_id, s.version, s.agent, s.teams, s.started_microseconds"

        let session: String
        let script: String
        let version: Int64
        let agent: String?
        let teams: [String]
        let startedAt: Int64

        init(_ row: SQLRow) throws {
            session = try row.text("session_id")
            script = try row.text("script_id")
            version = try row.integer("version")
            agent = try row.optionalText("agent")
            teams = try row.text("teams").split(separator: "\n").map(String.init)
            startedAt = try row.integer("started_microseconds")
        }

        func keys(_ query: AdherenceQuery) -> [String] {
            switch query.grouping {
            case .script: [script]
            case .version: [query.scriptID == nil ? "\(script) \(version)" : String(version)]
            case .agent: [agent ?? ""]
            case .team: teams.isEmpty ? [""] : query.teams.map { teams.filter($0.contains) } ?? teams
            case .step: []
            }
        }

        func stepKey(_ step: String, _ query: AdherenceQuery) -> String {
            query.scriptID == nil ? "\(script): \(step)" : step
        }
    }

    private func forEachSession(
        _ query: AdherenceQuery,
        columns: String,
        join: String = "",
        order: String = "s.started_microseconds, s.session_id",
        in transaction: ReadTransaction,
        _ body: (Scope, SQLRow) throws -> Void
    ) throws {
        let condition = query.scriptID == nil ? "" : " AND s.script_id = $3"
        try transaction.forEach(
            """
            SELECT \(Scope.names), \(columns) FROM script_sessions s \(join)
            WHERE s.started_microseconds >= $1 AND s.started_microseconds < $2\(condition) ORDER BY \(order)
            """,
            [.integer(query.since), .integer(query.until)] + (query.scriptID.map { [.text($0)] } ?? [])
        ) { row in
            let scope = try Scope(row)
            if let teams = query.teams, Set(teams).isDisjoint(with: scope.teams) { return }
            try body(scope, row)
        }
    }

    private func forEachDeviation(
        _ query: AdherenceQuery,
        in transaction: ReadTransaction,
        _ body: (Scope, AdherenceTally.Reason) throws -> Void
    ) throws {
        try forEachSession(
            query,
            columns: "d.step, d.kind, d.reason",
            join: "JOIN script_deviations d ON d.session_id = s.session_id",
            in: transaction
        ) { scope, row in
            try body(
                scope,
                AdherenceTally.Reason(
                    step: try row.text("step"),
                    kind: try row.text("kind"),
                    reason: try row.text("reason")
                )
            )
        }
    }
}
