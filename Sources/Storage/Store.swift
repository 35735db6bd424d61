package import Foundation
internal import GRDB
import Synchronization

/// The durable store: one SQLite database in write-ahead mode with one writer and pooled readers.
///
/// Other processes may open the same folder at the same time; they see each other's commits at once, and
/// ``changes(after:topic:limit:in:)`` tells what changed. What a ``write(durability:_:)`` has returned from survives the end of the
/// process, and with ``Durability/full`` also the loss of power.
///
/// ## Topics
/// - ``read(_:)``
/// - ``write(durability:_:)``
/// - ``recordChanges(topic:keys:in:)``
package final class Store: Sendable {
    /// How much a commit waits for.
    package enum Durability: String, Sendable {
        /// The commit is on the device before the call returns.
        case full = "FULL"
        /// The commit survives the end of the process; a loss of power may undo the last ones.
        case process = "NORMAL"
    }

    /// The folder that holds the database.
    package let folder: URL
    private let pool: DatabasePool
    private let observer: (@Sendable (String) -> Void)?
    private let versionConnection: DatabaseQueue
    private let durabilityInForce = Mutex<Durability>(.full)
    private let queue = Mutex(CommitQueue())
    private let listeners = Mutex(CommitListeners())

    /// Opens the store in `folder`, creating it when absent, and applies the migrations that are missing.
    ///
    /// - Parameters:
    ///   - folder: where `frontline.sqlite` is kept; created with access for its owner only.
    ///   - migrations: every migration of the program, in order; names are unique.
    ///   - busyTimeout: how long a writer waits for another process, in seconds.
    ///   - observer: told every statement's text before it runs, for tests that check the dialect.
    /// - Throws: ``StorageError``: `cannotOpen`, `newerSchema`, `corrupt`.
    package init(
        folder: URL,
        migrations: [Migration],
        busyTimeout: TimeInterval = 10,
        observer: (@Sendable (String) -> Void)? = nil
    ) throws {
        self.folder = folder
        self.observer = observer
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw StorageError(code: .cannotOpen, message: "cannot create the data folder \(folder.path)", cause: error)
        }
        let path = folder.appendingPathComponent("frontline.sqlite").path
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration(busyTimeout: busyTimeout))
            try Self.migrate(pool, Self.ownMigrations + migrations)
            var watching = Configuration()
            watching.readonly = true
            watching.busyMode = .timeout(busyTimeout)
            versionConnection = try DatabaseQueue(path: path, configuration: watching)
        } catch {
            throw Self.translated(error, opening: path)
        }
    }

    private static func configuration(busyTimeout: TimeInterval) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.maximumReaderCount = 8
        configuration.persistentReadOnlyConnections = true
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA cache_size = -16000")
            // What is deleted is overwritten, so that an erasure reaches the file.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    private static func migrate(_ pool: DatabasePool, _ migrations: [Migration]) throws {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { database in
                for statement in migration.statements { try database.execute(sql: statement) }
            }
        }
        if try pool.read(migrator.hasBeenSuperseded) {
            throw StorageError(
                code: .newerSchema,
                message:
                    "the data folder was written by a newer version of frontline; use that version or restore a backup"
            )
        }
        try migrator.migrate(pool)
    }

    /// Runs `body` on a consistent view; any number run at once, and never wait for the writer.
    ///
    /// - Throws: `CancellationError` in a task that is cancelled, and what `body` throws.
    package func read<T: Sendable>(_ body: @Sendable @escaping (ReadTransaction) throws -> T) async throws -> T {
        try Task.checkCancellation()
        do {
            return try await pool.read { [observer] database in
                try body(ReadTransaction(connection: SQLConnection(database: database, observer: observer)))
            }
        } catch { throw Self.translated(error) }
    }

    /// The same as the asynchronous `read`, blocking the calling thread: for small indexed look-ups and for programs
    /// without a run loop.
    ///
    /// Inside another read of the same thread it goes on with that one's view.
    package func readNow<T>(_ body: (ReadTransaction) throws -> T) throws -> T {
        do {
            return try pool.unsafeReentrantRead { [observer] database in
                let transaction = ReadTransaction(connection: SQLConnection(database: database, observer: observer))
                if database.isInsideTransaction { return try body(transaction) }
                var result: Result<T, any Error>?
                try database.inTransaction(.deferred) {
                    result = .success(try body(transaction))
                    return .commit
                }
                guard let result else {
                    throw StorageError(code: .statement, message: "a transaction ended without a result")
                }
                return try result.get()
            }
        } catch { throw Self.translated(error) }
    }

    /// Runs `body` in the one write transaction, after the writers before it; commits when it returns, undoes all
    /// when it throws.
    ///
    /// Bodies that come while a commit is under way are committed together, each undone alone when it throws: many
    /// writers share one wait for the device. None is answered before the commit that holds it.
    ///
    /// - Throws: `CancellationError` in a task that is cancelled, before anything is done, and what `body` throws.
    @discardableResult
    package func write<T: Sendable>(
        durability: Durability = .full,
        _ body: @Sendable @escaping (WriteTransaction) throws -> T
    ) async throws -> T {
        try Task.checkCancellation()
        let result: Result<T, any Error> = await withCheckedContinuation { continuation in
            let job = CommitJob(durability: durability, body: body) { continuation.resume(returning: $0) }
            if queue.withLock({ $0.add(job) }) { pool.asyncWriteWithoutTransaction { self.drain($0) } }
        }
        do { return try result.get() } catch { throw Self.translated(error) }
    }

    /// Commits what is queued, a batch at a time; between batches others who write have their turn.
    private func drain(_ database: Database) {
        let jobs = queue.withLock { $0.takeBatch() }
        guard let first = jobs.first else { return }
        do {
            try commit(
                { transaction in try CommitJob.run(jobs, in: transaction, database) },
                durability: first.durability,
                in: database
            )
            for job in jobs { job.finish(nil) }
        } catch {
            for job in jobs { job.finish(error) }
        }
        pool.asyncWriteWithoutTransaction { self.drain($0) }
    }

    /// The same as the asynchronous `write`, blocking the calling thread.
    @discardableResult
    package func writeNow<T>(
        durability: Durability = .full,
        _ body: (WriteTransaction) throws -> T
    ) throws -> T {
        do {
            return try pool.writeWithoutTransaction { database in
                try commit(body, durability: durability, in: database)
            }
        } catch { throw Self.translated(error) }
    }

    private func commit<T>(
        _ body: (WriteTransaction) throws -> T,
        durability: Durability,
        in database: Database
    ) throws -> T {
        let changed = durabilityInForce.withLock { current in
            defer { current = durability }
            return current != durability
        }
        if changed { try database.execute(sql: "PRAGMA synchronous = \(durability.rawValue)") }
        var result: Result<T, any Error>?
        try database.inTransaction(.immediate) {
            let transaction = WriteTransaction(connection: SQLConnection(database: database, observer: observer))
            result = .success(try body(transaction))
            return .commit
        }
        listeners.withLock { $0.tell() }
        guard let result else { throw StorageError(code: .statement, message: "a transaction ended without a result") }
        return try result.get()
    }

    /// A signal after each commit of this process; signals that nobody has taken yet become one.
    package func commits() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = listeners.withLock { $0.add(continuation) }
        continuation.onTermination = { [weak self] _ in self?.listeners.withLock { $0.remove(id) } }
        return stream
    }

    /// A number that changes whenever any connection of any process has committed.
    ///
    /// Costs a few microseconds.
    package func commitMark() throws -> Int64 {
        do {
            return try versionConnection.unsafeRead { database in
                try Int64.fetchOne(database.cachedStatement(sql: "PRAGMA data_version")) ?? 0
            }
        } catch { throw Self.translated(error) }
    }

    /// Bytes left on the device of the data folder; the largest number where that is not known.
    package var freeBytes: Int64 {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)
        return (attributes?[.systemFreeSize] as? NSNumber)?.int64Value ?? .max
    }

    /// Writes a complete copy of the store to `path` while readers and the writer go on.
    package func backup(to path: String) throws {
        do {
            let copy = try DatabaseQueue(path: path)
            try pool.backup(to: copy)
            try copy.close()
        } catch { throw Self.translated(error, opening: path) }
    }

    /// Moves the write-ahead log into the database file; for the end of a long import.
    package func checkpoint() throws {
        do {
            _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        } catch { throw Self.translated(error) }
    }

    /// Takes the moving of the write-ahead log off the commits, where it holds up every thousandth page's writer, and
    /// hands it to the caller.
    ///
    /// - Throws: ``StorageError`` when no further connection can be opened.
    package func takeOverCheckpoints() throws -> Checkpointer {
        do {
            var configuration = Configuration()
            configuration.busyMode = .immediateError
            let path = folder.appendingPathComponent("frontline.sqlite").path
            let connection = try DatabaseQueue(path: path, configuration: configuration)
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
            return Checkpointer(connection: connection, pool: pool)
        } catch { throw Self.translated(error) }
    }

    /// Closes every connection.
    ///
    /// Calls after it fail.
    package func close() throws {
        do {
            try versionConnection.close()
            try pool.close()
        } catch { throw Self.translated(error) }
    }
}
