import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Storage

/// A connection of a thread that reads.
final class SQLiteReader: ReadConnection {
    /// The number of SQLite's operations after which a read looks whether it was cancelled: some 20 µs.
    private static let operations: Int32 = 1_000

    private let queue: DatabaseQueue
    private let observer: (@Sendable (String) -> Void)?
    /// Touched by the thread that owns the connection and by no other; ``interrupt()`` does not need it.
    nonisolated(unsafe) private let prepared = PreparedStatements()

    init(path: String, observer: (@Sendable (String) -> Void)?) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = -\(SQLiteDriver.cacheSize)")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        self.observer = observer
    }

    func read<T>(_ stop: ReadStop, _ body: (ReadTransaction) throws -> T) throws -> T {
        try queue.unsafeRead { database in
            try stop.watching(self) {
                // An interrupt has no effect between two statements, so each statement looks for itself too.
                let handle = database.sqliteConnection
                sqlite3_progress_handler(
                    handle,
                    Self.operations,
                    { stop in
                        guard let stop else { return 0 }
                        return Unmanaged<ReadStop>.fromOpaque(stop).takeUnretainedValue().isCancelled ? 1 : 0
                    },
                    Unmanaged.passUnretained(stop).toOpaque()
                )
                defer { sqlite3_progress_handler(handle, 0, nil, nil) }
                do {
                    return try Self.read(database, observer, prepared, body)
                } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
                    throw CancellationError()
                }
            }
        }
    }

    func interrupt() { queue.interrupt() }

    func close() {
        prepared.removeAll()
        try? queue.close()
    }

    /// Runs a body in a transaction: its own, or that of the read around it on the same connection.
    ///
    /// `prepared` has the statements of the connection, if the calling thread owns it.
    static func read<T>(
        _ database: Database,
        _ observer: (@Sendable (String) -> Void)?,
        _ prepared: PreparedStatements?,
        _ body: (ReadTransaction) throws -> T
    ) throws -> T {
        let transaction = ReadTransaction(SQLiteRunner(database, observer, prepared))
        if database.isInsideTransaction { return try body(transaction) }
        // As cached statements: the library's own form of a transaction compiles both anew every time.
        try database.cachedStatement(sql: "BEGIN DEFERRED TRANSACTION").execute()
        do {
            let result = try body(transaction)
            try database.cachedStatement(sql: "COMMIT TRANSACTION").execute()
            return result
        } catch {
            // An error of the database may have ended the transaction already.
            if database.isInsideTransaction {
                try? database.cachedStatement(sql: "ROLLBACK TRANSACTION").execute()
            }
            throw error
        }
    }
}
