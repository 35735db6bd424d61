internal import CLibPQ
package import Storage

/// A database of PostgreSQL that takes the rows of another store in one transaction, by `COPY`.
///
/// The transaction holds the row that every writer of every node locks first, and the tables themselves. Its end without a
/// commit, for whatever reason, leaves the database as it was. Tables are emptied in it first, so that rows are written as ones that
/// everybody sees (`FREEZE`) and need not be written again by a later `VACUUM`.
///
/// Unchecked: it is used by one thread, as ``CopyTarget`` says.
package final class PostgresCopyTarget: CopyTarget, @unchecked Sendable {
    private static let lockLimit = "10s"
    /// How long the transaction may wait for the source between two statements.
    private static let pauseLimit = "1h"
    /// The database counts the bytes of a value in 30 bits.
    private static let maximumText = (1 << 30) - 1

    private let connection: PostgresConnection
    /// The names of all tables, with commas between them.
    private let tableList: String

    /// Makes the tables of the program where they are missing, and takes hold of the store.
    ///
    /// - Parameters:
    ///   - settings: where the database is.
    ///   - migrations: every migration of the program.
    ///   - idle: tables whose rows do not say that the store is in use, such as the name of its history.
    /// - Throws: ``StorageError``: `cannotOpen` where it cannot be reached, is not fit or holds a store that has been used;
    ///   `newerSchema`; `busy` where a server uses it.
    package init(_ settings: PostgresSettings, migrations: [Migration], idle: Set<String>) throws {
        let all = PostgresDriver.migrations(with: migrations)
        let tables = Migration.tables(madeBy: all).filter { $0 != PostgresHead.table }
        tableList = tables.map(TableShape.quoted).joined(separator: ", ")
        if try PostgresProbe.schema(settings, migrations: migrations) == .newer {
            throw StorageError(code: .newerSchema, message: PostgresMigrations.newerSchema)
        }
        try PostgresDriver.prepare(settings, all, StoreTime(), nil)
        connection = try PostgresConnection(settings, for: .setUp)
        do {
            connection.begin("BEGIN ISOLATION LEVEL READ COMMITTED")
            try connection.perform([
                "SET LOCAL lock_timeout = '\(Self.lockLimit)'",
                "SET LOCAL idle_in_transaction_session_timeout = '\(Self.pauseLimit)'",
            ])
            _ = try PostgresHead.locked(on: connection)
            let filled = idle.union(Migration.tables(filledBy: all))
            for table in tables where !filled.contains(table) { try checkEmpty(table) }
            try connection.perform(["TRUNCATE \(tableList)"])
        } catch {
            connection.close()
            throw error
        }
    }

    deinit { discard() }

    private func checkEmpty(_ table: String) throws {
        let row = try ReadTransaction(connection).first("SELECT 1 AS used FROM \(TableShape.quoted(table)) LIMIT 1") {
            _ in true
        }
        guard row == nil else {
            throw StorageError(
                code: .cannotOpen,
                message: "the database holds a store that has been used (\(table) has rows); copy into another one"
            )
        }
    }

    package func shape(of table: String) throws -> TableShape {
        let columns = try ReadTransaction(connection).rows(
            """
            SELECT CAST(a.attname AS TEXT) AS name, CAST(t.typname AS TEXT) AS type, EXISTS (
                    SELECT 1 FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)
                ) AS is_key
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """,
            [.text(TableShape.quoted(table))]
        ) { row in
            let (name, type) = (try row.text("name"), try row.text("type"))
            guard let kind = TableShape.Kind(type: type) else {
                throw StorageError(code: .corrupt, message: "the column \(table).\(name) has the type \(type)")
            }
            return TableShape.Column(name, kind, isKey: try row.flag("is_key"))
        }
        return try TableShape(table, columns)
    }

    package func fault(in cell: SQLCell) -> String? {
        switch cell {
        case .text(let text):
            if text.count > Self.maximumText { return "is longer than what PostgreSQL can keep" }
            if text.contains(0) { return "has a NUL (U+0000), which PostgreSQL cannot keep" }
            return Self.isUTF8(text) ? nil : "is not UTF-8, which PostgreSQL does not keep"
        case .bytes(let bytes): return bytes.count > Self.maximumText ? "is longer than what PostgreSQL can keep" : nil
        case .null, .integer, .real: return nil
        }
    }

    private static func isUTF8(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.allSatisfy { $0 < 0x80 } || String(validating: text, as: UTF8.self) != nil
    }

    package func load(
        _ table: TableShape,
        _ rows: (_ add: (UnsafeBufferPointer<SQLCell>) throws -> Void) throws -> Void
    ) throws {
        let command = "COPY \(table.quotedName) (\(table.columnList)) FROM STDIN (FORMAT binary, FREEZE)"
        do {
            let stream = try PostgresCopyStream(connection, command)
            try rows { try stream.add($0) }
            try stream.finish()
        } catch {
            // The database may still wait for rows.
            connection.close()
            throw error
        }
    }

    /// Has the database look at its new tables, so that the first servers get sound plans.
    package func complete() throws { try connection.perform(["ANALYZE \(tableList)"]) }

    package func read<T>(_ body: (ReadTransaction) throws -> T) throws -> T { try body(ReadTransaction(connection)) }

    package func write<T>(_ body: (WriteTransaction) throws -> T) throws -> T {
        try body(WriteTransaction(connection, news: CommitNews()))
    }

    package func publish() throws {
        guard try connection.perform([PostgresHead.step, "COMMIT"]) == "COMMIT" else {
            throw StorageError(code: .statement, message: "the database has undone the copy")
        }
        connection.close()
    }

    package func discard() { connection.close() }
}
