package import Foundation
internal import GRDB
internal import GRDBSQLite
package import Storage

/// A new SQLite database that takes the rows of another store.
///
/// It is made in a folder of its own beside the place of the store and gets the store's name at the end, so nothing has to be
/// undone: there is no journal, and nothing waits for the device before that. Indexes are made when all rows are there, which costs
/// a sort in place of a search for each row.
///
/// Unchecked: it is used by one thread, as ``CopyTarget`` says.
package final class SQLiteCopyTarget: CopyTarget, @unchecked Sendable {
    private static let prefix = "copying-"
    /// Memory for pages, in KiB.
    private static let cacheSize = 262_144
    private static let maximumText = 1_000_000_000

    private let holding: URL
    private let path: String
    private let finalPath: String
    private let queue: DatabaseQueue
    /// The statements that make the indexes.
    private var indexes: [String] = []
    private var isOver = false

    /// Makes the database with the tables of the program.
    ///
    /// What an earlier copy into the folder has left when it was broken off is removed.
    ///
    /// - Throws: ``StorageError``: `cannotOpen` where there is a store already.
    package init(folder: URL, migrations: [Migration]) throws {
        finalPath = folder.appendingPathComponent(StoreFile.name).path
        guard !FileManager.default.fileExists(atPath: finalPath) else {
            throw StorageError(
                code: .cannotOpen,
                message: "\(finalPath) exists already; a store is copied into a folder without one"
            )
        }
        try PrivateFile.makeFolder(folder)
        Self.removeLeftovers(in: folder)
        holding = folder.appendingPathComponent(Self.prefix + UUID().uuidString)
        try PrivateFile.makeFolder(holding)
        path = holding.appendingPathComponent(StoreFile.name).path
        do {
            try PrivateFile.create(path)
            var configuration = Configuration()
            // The transaction is open from one call to the next.
            configuration.allowsUnsafeTransactions = true
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try SQLiteDriver.migrate(queue, Store.ownMigrations + migrations)
            try begin()
        } catch {
            try? FileManager.default.removeItem(at: holding)
            throw SQLiteError.translated(error, opening: path)
        }
    }

    deinit { discard() }

    private static func removeLeftovers(in folder: URL) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        where name.hasPrefix(prefix) {
            // One that stays takes room only.
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
    }

    private func begin() throws {
        try queue.inDatabase { database in
            try StoreFile.stamp(database)
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = OFF")
            try database.execute(sql: "PRAGMA synchronous = OFF")
            try database.execute(sql: "PRAGMA cache_size = -\(Self.cacheSize)")
            try database.execute(sql: "PRAGMA temp_store = FILE")
            let made = try Row.fetchAll(
                database,
                sql: "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
            )
            indexes = made.map { $0["sql"] }
            for index in made { try database.execute(sql: "DROP INDEX \(TableShape.quoted(index["name"]))") }
            try database.beginTransaction(.immediate)
        }
    }

    package func shape(of table: String) throws -> TableShape {
        try use { database in
            let columns = try Row.fetchAll(
                database,
                sql: "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid",
                arguments: [table]
            )
            return try TableShape(
                table,
                columns.map { column in
                    let (name, type): (String, String) = (column["name"], column["type"])
                    guard let kind = TableShape.Kind(type: type) else {
                        throw StorageError(code: .corrupt, message: "the column \(table).\(name) has the type \(type)")
                    }
                    return TableShape.Column(name, kind, isKey: column["pk"] != 0)
                }
            )
        }
    }

    package func fault(in cell: SQLCell) -> String? {
        switch cell {
        case .real(let number): number.isNaN ? "is not a number, which SQLite cannot keep" : nil
        case .text(let bytes), .bytes(let bytes):
            bytes.count <= Self.maximumText ? nil : "is longer than what SQLite can keep"
        case .null, .integer: nil
        }
    }

    package func load(
        _ table: TableShape,
        _ rows: (_ add: (UnsafeBufferPointer<SQLCell>) throws -> Void) throws -> Void
    ) throws {
        let places = (1...table.columns.count).map { "?\($0)" }.joined(separator: ", ")
        let sql = "INSERT INTO \(table.quotedName) (\(table.columnList)) VALUES (\(places))"
        try use { database in
            // A migration may have made rows, which come with the others.
            try database.execute(sql: "DELETE FROM \(table.quotedName)")
            let statement = try database.cachedStatement(sql: sql).sqliteStatement
            try rows { row in
                for index in row.indices { SQLiteBinding.bind(row[index], to: statement, at: CInt(index + 1)) }
                let code = sqlite3_step(statement)
                guard code == SQLITE_DONE else {
                    let message = String(cString: sqlite3_errmsg(database.sqliteConnection))
                    throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: sql)
                }
                sqlite3_reset(statement)
            }
        }
    }

    package func complete() throws {
        try use { database in
            for index in indexes { try database.execute(sql: index) }
        }
        indexes = []
    }

    package func read<T>(_ body: (ReadTransaction) throws -> T) throws -> T {
        try use { try body(ReadTransaction(SQLiteRunner($0, nil))) }
    }

    package func write<T>(_ body: (WriteTransaction) throws -> T) throws -> T {
        try use { try body(WriteTransaction(SQLiteRunner($0, nil), news: CommitNews())) }
    }

    package func publish() throws {
        try use { database in
            try database.commit()
            let damage = try StoreFile.damage(database)
            guard damage.isEmpty else {
                throw StorageError(code: .corrupt, message: "the copy is damaged: " + damage.joined(separator: "; "))
            }
        }
        do {
            try queue.close()
            try PrivateFile.publish(path, as: finalPath)
        } catch { throw SQLiteError.translated(error, opening: finalPath) }
        discard()
    }

    package func discard() {
        guard !isOver else { return }
        isOver = true
        // Closed already after it was published.
        try? queue.close()
        try? FileManager.default.removeItem(at: holding)
    }

    /// Also inside another use of the same thread.
    private func use<T>(_ body: (Database) throws -> T) throws -> T {
        do { return try queue.unsafeReentrantWrite(body) } catch { throw SQLiteError.translated(error, opening: path) }
    }
}

/// Binds what another database has handed over, without a copy: it is valid until the statement has run.
private enum SQLiteBinding {
    static func bind(_ cell: SQLCell, to statement: OpaquePointer?, at place: CInt) {
        switch cell {
        case .null: sqlite3_bind_null(statement, place)
        case .integer(let integer): sqlite3_bind_int64(statement, place, integer)
        case .real(let number): sqlite3_bind_double(statement, place, number)
        case .text(let text):
            guard let start = text.baseAddress, !text.isEmpty else {
                sqlite3_bind_text(statement, place, "", 0, nil)
                return
            }
            start.withMemoryRebound(to: CChar.self, capacity: text.count) { characters in
                _ = sqlite3_bind_text(statement, place, characters, CInt(text.count), nil)
            }
        case .bytes(let bytes):
            guard !bytes.isEmpty else {
                sqlite3_bind_zeroblob(statement, place, 0)
                return
            }
            sqlite3_bind_blob(statement, place, bytes.baseAddress, CInt(bytes.count), nil)
        }
    }
}
