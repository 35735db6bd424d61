internal import Storage

/// Which database a connection leads to, and which of its histories.
enum PostgresPlace {
    /// A text that is another one after the store was restored into another database, another server has taken over, or a
    /// server has gone back to an earlier time.
    ///
    /// It has the number that a server gets when it is made, those of the database and of a table of the store, and the
    /// timeline, which counts promotions and returns. A server that does not tell one of them has a question mark there.
    static func text(on connection: PostgresConnection) throws -> String {
        let parts = try [
            "SELECT CAST(system_identifier AS TEXT) AS part FROM pg_control_system()",
            "SELECT CAST(oid AS TEXT) AS part FROM pg_database WHERE datname = current_database()",
            "SELECT CAST(CAST(to_regclass('store_head') AS oid) AS TEXT) AS part",
        ].map { try told($0, on: connection) ?? "?" }
        return (parts + [try timeline(on: connection) ?? "?"]).joined(separator: "/")
    }

    /// The timeline of the server, from the name of the file it writes its log to; nil where that is not told.
    static func timeline(on connection: PostgresConnection) throws -> String? {
        try told("SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) AS part", on: connection)
    }

    private static func told(_ question: String, on connection: PostgresConnection) throws -> String? {
        do {
            return try ReadTransaction(connection).first(question) { try $0.optionalText("part") } ?? nil
        } catch let error as StorageError where !connection.isLost && error.code != .unavailable {
            return nil
        }
    }
}
