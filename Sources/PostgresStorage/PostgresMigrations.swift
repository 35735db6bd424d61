internal import Storage

/// Brings the schema of a database up to date.
package enum PostgresMigrations {
    private static let table = """
        CREATE TABLE IF NOT EXISTS frontline_migrations (
            name TEXT NOT NULL PRIMARY KEY,
            number BIGINT NOT NULL,
            lives_with BIGINT
        )
        """

    /// Applies the migrations that are missing, in one transaction; other nodes wait meanwhile.
    ///
    /// - Throws: ``StorageError``: `newerSchema` where there are some with which this program cannot live; `cannotOpen` where
    ///   servers are at work that cannot live with those that are missing.
    static func apply(_ migrations: [Migration], on connection: PostgresConnection) throws {
        connection.begin("BEGIN ISOLATION LEVEL READ COMMITTED")
        do {
            try applyInside(migrations, connection)
            try connection.perform(["COMMIT"])
        } catch {
            connection.rollBack()
            throw error
        }
        try PostgresProbe.checkCollations(of: Migration.tables(madeBy: migrations), on: connection)
    }

    private static func applyInside(_ migrations: [Migration], _ connection: PostgresConnection) throws {
        let transaction = WriteTransaction(connection, news: CommitNews())
        // An advisory lock, as there is no table yet that could be locked.
        _ = try transaction.first("SELECT pg_advisory_xact_lock(\(PostgresSchema.lock)) IS NULL AS locked") {
            try $0.flag("locked")
        }
        try connection.perform([collated(table)])
        let steps = try PostgresSchema.steps(in: transaction)
        try PostgresSchema(migrations).check(steps)
        let applied = Set(steps.map(\.name))
        let pending = migrations.enumerated().filter { !applied.contains($0.element.name) }
        guard !pending.isEmpty else { return }
        if !applied.isEmpty { try PostgresSchema.checkSessions(before: pending.map(\.element), on: transaction) }
        for (number, migration) in pending {
            try connection.perform(migration.statements.map(collated))
            try transaction.execute(
                "INSERT INTO frontline_migrations (name, number, lives_with) VALUES ($1, $2, $3)",
                [.text(migration.name), .integer(Int64(number)), .optional(migration.livesWith.map { Int64($0) })]
            )
        }
    }

    static let newerSchema =
        "the database was changed by a newer version of frontline, with which this one cannot live; use that version"

    /// The statement with `COLLATE "C"` for each column of text that it makes, so that texts are ordered and compared as in
    /// SQLite, whatever collation the database has.
    package static func collated(_ statement: String) -> String {
        let start = statement.drop(while: \.isWhitespace).prefix(12).uppercased()
        guard start.hasPrefix("CREATE TABLE") || start.hasPrefix("ALTER TABLE") else { return statement }
        var (result, word, last, isQuoted) = ("", "", "", false)
        /// Ends the word that was read, which is a type unless it follows `AS`, as in a `CAST`.
        func endWord() {
            if word == "TEXT", last != "AS" { result += " COLLATE \"C\"" }
            if !word.isEmpty { (last, word) = (word, "") }
        }
        for character in statement {
            if character == "'" { isQuoted.toggle() }
            if !isQuoted, character.isLetter || character.isNumber || character == "_" {
                word.append(character)
            } else {
                endWord()
            }
            result.append(character)
        }
        endWord()
        return result
    }
}
