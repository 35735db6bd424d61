internal import Storage

/// Which steps of the schema a program knows, and whether it can live with those that it does not.
///
/// Servers of two versions work on one database while an upgrade is under way. The rules that hold over them:
/// - Who makes a step holds a lock exclusively, and refuses while a session of a server is open that does not live with it
///   (``Migration/livesWith``). Every session of a server tells its generation by its name (`application_name`), for as long as
///   it is open, also while the server is frozen.
/// - Who opens a session takes the same lock shared, and then looks for steps that it does not live with. So no older session
///   comes between the look of the other side and its commit.
/// - A step that says nothing of older servers lives with none.
struct PostgresSchema: Sendable {
    /// A step that was made in a database.
    struct Step {
        let name: String
        /// See ``Migration/livesWith``.
        let livesWith: Int?
    }

    /// Of the lock: `Frln`.
    static let lock = 0x46_72_6C_6E
    private static let prefix = "frontline schema "

    let names: Set<String>
    let generation: Int

    init(_ migrations: [Migration]) {
        names = Set(migrations.map(\.name))
        generation = migrations.map(\.generation).max() ?? 1
    }

    /// The name of a server's sessions.
    var sessionName: String { "\(Self.prefix)\(generation)" }

    /// The steps of a database, in no order.
    static func steps(in transaction: some SQLReading) throws -> [Step] {
        try transaction.rows("SELECT name, lives_with FROM frontline_migrations") { row in
            Step(name: try row.text("name"), livesWith: try row.optionalInteger("lives_with").map { Int($0) })
        }
    }

    /// - Throws: ``StorageError`` `newerSchema` where there is a step with which the program cannot live.
    func check(_ steps: [Step]) throws {
        let isFit = steps.allSatisfy { step in
            names.contains(step.name) || step.livesWith.map { $0 <= generation } ?? false
        }
        guard isFit else { throw StorageError(code: .newerSchema, message: PostgresMigrations.newerSchema) }
    }

    /// Sees to it that no server works on a database that could not live with steps that are about to be made.
    ///
    /// - Throws: ``StorageError`` `cannotOpen`, which says how many sessions there are.
    static func checkSessions(before pending: [Migration], on transaction: some SQLReading) throws {
        let oldest = pending.map { $0.livesWith ?? .max }.max() ?? 0
        var (count, places): (Int64, [String]) = (0, [])
        try transaction.forEach(
            """
            SELECT application_name AS name, COALESCE(host(client_addr), 'this machine') AS place, count(*) AS sessions
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE '\(prefix)%'
            GROUP BY 1, 2 ORDER BY 2
            """
        ) { row in
            let generation = Int(try row.text("name").dropFirst(prefix.count)) ?? 0
            guard generation < oldest else { return }
            count += try row.integer("sessions")
            let place = try row.text("place")
            if !places.contains(place) { places.append(place) }
        }
        guard count > 0 else { return }
        throw StorageError(
            code: .cannotOpen,
            message:
                "servers or commands of an older version use the database (\(count) sessions, from "
                + "\(places.joined(separator: ", "))), and cannot live with the tables of this one: stop all of them, then start this one"
        )
    }
}

extension PostgresConnection {
    /// Looks whether the program can live with the tables, and waits for somebody who is changing them.
    func check(_ schema: PostgresSchema) throws {
        begin("BEGIN ISOLATION LEVEL READ COMMITTED")
        let transaction = ReadTransaction(self)
        _ = try transaction.first("SELECT pg_advisory_xact_lock_shared(\(PostgresSchema.lock)) IS NULL AS locked") {
            try $0.flag("locked")
        }
        try schema.check(try PostgresSchema.steps(in: transaction))
        try perform(["COMMIT"])
    }
}
