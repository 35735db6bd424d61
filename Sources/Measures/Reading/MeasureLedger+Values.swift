package import Storage

extension MeasureLedger {
    /// Adds up the sums of a period.
    ///
    /// Costs a pass over the sums of the period: one for each day, agent and further group in which something was counted.
    ///
    /// - Parameters:
    ///   - question: what is asked.
    ///   - visibility: what the caller may see.
    /// - Returns: the rows, sorted by key; without `by` always one.
    /// - Throws: the store's error.
    package func values(_ question: MeasureQuestion, visibility: MeasureVisibility) async throws -> [MeasureRow] {
        try await store.read { try Self.values(question, visibility: visibility, in: $0) }
    }

    package static func values(
        _ question: MeasureQuestion,
        visibility: MeasureVisibility,
        in transaction: some SQLReading
    ) throws -> [MeasureRow] {
        var tallies: [String: (asked: Sums, others: Int64)] = [:]
        if case .all = question.rows { tallies["all"] = (Sums(), 0) }
        try forEachSum(question, visibility: visibility, in: transaction) { day, agent, teams, place, sums in
            guard visibility.includes(agent: agent, teams: teams) else { return }
            let isAsked = question.filter?.includes(agent: agent, teams: teams, place: place) ?? true
            for key in keys(question.rows, day, agent, teams, place, visibility) {
                if isAsked {
                    tallies[key, default: (Sums(), 0)].asked.add(sums)
                } else {
                    tallies[key, default: (Sums(), 0)].others += sums.n
                }
            }
        }
        let rows = tallies.filter { $0.value.asked.n > 0 || question.rows == .all }.sorted { $0.key < $1.key }
        let hidden = suppressed(rows.map { ($0.value.asked.n, $0.value.others) }, question.definition)
        return zip(rows, hidden).map { row, isHidden in
            let sums = row.value.asked
            let statistic = question.definition.statistic
            return MeasureRow(
                key: row.key,
                value: isHidden ? nil : sums.value(statistic),
                interval: isHidden ? nil : sums.interval(statistic),
                n: isHidden ? 0 : sums.n,
                isSuppressed: isHidden
            )
        }
    }

    /// Which rows are not shown: those that rest on too few records, those of which the rest of the same row does, and, where
    /// one row alone would be missing, the smallest other one.
    static func suppressed(_ rows: [(n: Int64, others: Int64)], _ definition: MeasureDefinition) -> [Bool] {
        let least = Int64(definition.least)
        let isComplementary = definition.suppression == .complementary
        var hidden = rows.map { row in
            (row.n > 0 && row.n < least) || (isComplementary && row.others > 0 && row.others < least)
        }
        if isComplementary, rows.count > 1, hidden.count(where: \.self) == 1 {
            let smallest = rows.indices.filter { !hidden[$0] && rows[$0].n > 0 }.min { rows[$0].n < rows[$1].n }
            if let smallest { hidden[smallest] = true }
        }
        return hidden
    }

    /// The rows to which a sum belongs; a caller who leads some teams sees no rows of others.
    private static func keys(
        _ rows: MeasureQuestion.Rows,
        _ day: Int64,
        _ agent: String,
        _ teams: String,
        _ place: String,
        _ visibility: MeasureVisibility
    ) -> [String] {
        switch rows {
        case .all: return ["all"]
        case .day, .week, .month: return [rows.period(of: day) ?? ""]
        case .group("agent"): return [agent]
        case .group("team"):
            let names = Place.names(teams)
            guard !names.isEmpty else { return [""] }
            return visibility.seesAll || agent == visibility.owner ? names : names.filter(visibility.teams.contains)
        case .group(let group): return [Place.value(of: group, in: place)]
        }
    }

    /// Hands over the sums of a period, added up in the database over what the question does not ask for.
    private static func forEachSum(
        _ question: MeasureQuestion,
        visibility: MeasureVisibility,
        in transaction: some SQLReading,
        _ body: (_ day: Int64, _ agent: String, _ teams: String, _ place: String, Sums) throws -> Void
    ) throws {
        var wanted: Set<String> = visibility.seesAll ? [] : ["agent", "teams"]
        switch question.rows {
        case .all: break
        case .day, .week, .month: wanted.insert("day")
        case .group(let group): wanted.insert(column(of: group))
        }
        if let filter = question.filter { wanted.insert(column(of: filter.group)) }
        if question.rows == .group("team") { wanted.insert("agent") }
        let columns = [("day", "0"), ("agent", "''"), ("teams", "''"), ("place", "''")]
        let selected = columns.map { wanted.contains($0.0) ? $0.0 : "\($0.1) AS \($0.0)" }.joined(separator: ", ")
        let grouping = columns.map(\.0).filter(wanted.contains).joined(separator: ", ")
        try transaction.forEach(
            """
            SELECT \(selected), coalesce(CAST(sum(n) AS BIGINT), 0) AS n,
                coalesce(CAST(sum(total) AS BIGINT), 0) AS total,
                coalesce(CAST(sum(squares_high) AS BIGINT), 0) AS squares_high,
                coalesce(CAST(sum(squares_low) AS BIGINT), 0) AS squares_low,
                coalesce(CAST(sum(weight) AS BIGINT), 0) AS weight
            FROM measure_sums WHERE measure = $1 AND day >= $2 AND day < $3
            \(grouping.isEmpty ? "" : "GROUP BY " + grouping)
            """,
            [.text(question.definition.name), .integer(question.from), .integer(question.to)]
        ) { row in
            let (day, agent) = (try row.integer("day"), try row.text("agent"))
            let (teams, place) = (try row.text("teams"), try row.text("place"))
            try body(day, agent, teams, place, CountTables.sums(row))
        }
    }

    private static func column(of group: String) -> String {
        switch group {
        case "agent": "agent"
        case "team": "teams"
        default: "place"
        }
    }
}
