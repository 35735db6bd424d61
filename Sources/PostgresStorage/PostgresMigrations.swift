internal import Storage

/// Brings the schema of a database up to date.
package enum PostgresMigrations {
    /// Of the lock that one node at a time takes: `Frln`.
    private static let lock = 0x46_72_6C_6E
    private static let table = """
        CREATE TABLE IF NOT EXISTS frontline_migrations (
            name TEXT NOT NULL PRIMARY KEY,
            number BIGINT NOT NULL
        )
        """

    /// Applies the migrations that are missing, in one transaction; other nodes wait meanwhile.
    ///
    /// - Throws: ``StorageError``: `newerSchema` where there are some that this program does not know.
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
        _ = try transaction.first("SELECT pg_advisory_xact_lock(\(lock)) IS NULL AS locked") { try $0.flag("locked") }
        try connection.perform([collated(table)])
        let applied = Set(try transaction.rows("SELECT name FROM frontline_migrations") { try $0.text("name") })
        guard applied.isSubset(of: migrations.map(\.name)) else {
            throw StorageError(
                code: .newerSchema,
                message: newerSchema
            )
        }
        for (number, migration) in migrations.enumerated() where !applied.contains(migration.name) {
            try connection.perform(migration.statements.map(collated))
            try transaction.execute(
                "INSERT INTO frontline_migrations (name, number) VALUES ($1, $2)",
                [.text(migration.name), .integer(Int64(number))]
            )
        }
    }

    static let newerSchema = "the database was written by a newer version of frontline; use that version"

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
