import Storage
import Vocabulary

/// The rows of counted records and of sums.
enum CountTables {
    // MARK: Records

    private static let columns = "id, day, at_microseconds, conversation_id, agent, teams, points"

    static func record(_ id: String, of kind: RecordKind, in transaction: some SQLReading) throws -> CountedRecord? {
        try transaction.first(
            "SELECT \(columns) FROM measure_records WHERE kind = $1 AND id = $2",
            [.text(kind.rawValue), .text(id)],
            record
        )
    }

    /// The records of a kind that count from one day to before another, up to a limit, oldest first.
    static func records(
        of kind: RecordKind,
        from: Int64,
        to: Int64,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> [CountedRecord] {
        try transaction.rows(
            """
            SELECT \(columns) FROM measure_records WHERE kind = $1 AND day >= $2 AND day < $3
            ORDER BY day, at_microseconds, id LIMIT $4
            """,
            [.text(kind.rawValue), .integer(from), .integer(to), .integer(Int64(limit))],
            record
        )
    }

    private static func record(_ row: SQLRow) throws -> CountedRecord {
        CountedRecord(
            id: try row.text("id"),
            day: try row.integer("day"),
            at: try row.integer("at_microseconds"),
            conversation: try row.optionalText("conversation_id"),
            agent: try row.text("agent"),
            teams: try row.text("teams"),
            points: try points(row.text("points"))
        )
    }

    static func put(_ record: CountedRecord, of kind: RecordKind, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO measure_records (kind, id, day, at_microseconds, conversation_id, agent, teams, points)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (kind, id) DO UPDATE SET day = excluded.day, at_microseconds = excluded.at_microseconds,
                conversation_id = excluded.conversation_id, agent = excluded.agent, teams = excluded.teams,
                points = excluded.points
            """,
            [
                .text(kind.rawValue), .text(record.id), .integer(record.day), .integer(record.at),
                .optional(record.conversation), .text(record.agent), .text(record.teams), .text(text(record.points)),
            ]
        )
    }

    /// Points as text: a list of measure, version, total, weight and place for each.
    private static func text(_ points: [Point]) -> String {
        JSON.array(
            points.map { point in
                .array([
                    .string(point.measure), .number(JSONNumber(point.version)),
                    .number(JSONNumber(point.contribution.total)), .number(JSONNumber(point.contribution.weight)),
                    .string(point.place),
                ])
            }
        ).description
    }

    private static func points(_ text: String) throws -> [Point] {
        let list = try JSON(parsing: Array(text.utf8)).array
        let points = list?.compactMap { item -> Point? in
            guard let item = item.array, item.count == 5, let measure = item[0].string,
                let version = item[1].int, let total = item[2].int, let weight = item[3].int,
                let place = item[4].string
            else { return nil }
            return Point(
                measure: measure,
                version: Int64(version),
                place: place,
                contribution: Contribution(total: Int64(total), weight: Int64(weight))
            )
        }
        guard let points, points.count == list?.count else {
            throw StorageError(code: .corrupt, message: "what a record was counted as cannot be read")
        }
        return points
    }

    // MARK: Sums

    /// Adds a point to its sums, or takes it away with a sign of −1; sums of nothing are deleted.
    static func add(
        _ point: Point,
        of record: CountedRecord,
        sign: Int64,
        in transaction: WriteTransaction
    ) throws {
        let squares = SquareParts(squaring: point.contribution.total)
        let key = values(SumKey(record, point))
        try transaction.execute(
            """
            INSERT INTO measure_sums (measure, day, agent, teams, place, version, n, total, squares_high, squares_low,
                weight)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (measure, day, agent, teams, place, version) DO UPDATE SET n = measure_sums.n + excluded.n,
                total = measure_sums.total + excluded.total,
                squares_high = measure_sums.squares_high + excluded.squares_high,
                squares_low = measure_sums.squares_low + excluded.squares_low,
                weight = measure_sums.weight + excluded.weight
            """,
            key + [
                .integer(sign), .integer(sign * point.contribution.total), .integer(sign * squares.high),
                .integer(sign * squares.low), .integer(sign * point.contribution.weight),
            ]
        )
        guard sign < 0 else { return }
        try transaction.execute(
            """
            DELETE FROM measure_sums WHERE measure = $1 AND day = $2 AND agent = $3 AND teams = $4 AND place = $5
                AND version = $6 AND n = 0
            """,
            key
        )
    }

    private static func values(_ key: SumKey) -> [SQLValue] {
        [
            .text(key.measure), .integer(key.day), .text(key.agent), .text(key.teams), .text(key.place),
            .integer(key.version),
        ]
    }

    /// The sums of a day for some measures.
    static func sums(of measures: [String], on day: Int64, in transaction: some SQLReading) throws -> [SumKey: Sums] {
        var result: [SumKey: Sums] = [:]
        for measure in measures {
            try transaction.forEach(
                """
                SELECT agent, teams, place, version, n, total, squares_high, squares_low, weight FROM measure_sums
                WHERE measure = $1 AND day = $2
                """,
                [.text(measure), .integer(day)]
            ) { row in
                let (agent, teams, place) = (try row.text("agent"), try row.text("teams"), try row.text("place"))
                let key = SumKey(
                    measure: measure,
                    version: try row.integer("version"),
                    day: day,
                    agent: agent,
                    teams: teams,
                    place: place
                )
                result[key] = try sums(row)
            }
        }
        return result
    }

    /// The sums of a row with the columns of that name.
    static func sums(_ row: SQLRow) throws -> Sums {
        Sums(
            n: try row.integer("n"),
            total: try row.integer("total"),
            squares: SquareParts(high: try row.integer("squares_high"), low: try row.integer("squares_low")),
            weight: try row.integer("weight")
        )
    }

    /// Deletes the sums of a day.
    static func deleteSums(of measures: [String], on day: Int64, in transaction: WriteTransaction) throws {
        for measure in measures {
            try transaction.execute(
                "DELETE FROM measure_sums WHERE measure = $1 AND day = $2",
                [.text(measure), .integer(day)]
            )
        }
    }
}
