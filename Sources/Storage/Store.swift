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
    private let eraser: FileEraser
    private let firstDamage = Mutex<String?>(nil)
    private let durabilityInForce = Mutex<Durability>(.full)
    private let queue = Mutex(CommitQueue())
    private let known = Mutex(KnownRevisions())
    private let listeners = Mutex(CommitListeners())

    /// Opens the store in `folder`, creating it when absent, and applies the migrations that are missing.
    ///
    /// - Parameters:
    ///   - folder: where `frontline.sqlite` is kept; it and everything in it that is the store's is for its owner only.
    ///   - migrations: every migration of the program, in order; names are unique.
    ///   - busyTimeout: how long a writer waits for another process, in seconds.
    ///   - observer: told every statement's text before it runs, for tests that check the dialect.
    /// - Throws: ``StorageError``: `cannotOpen`, `foreign`, `newerSchema`, `corrupt`.
    package init(
        folder: URL,
        migrations: [Migration],
        busyTimeout: TimeInterval = 10,
        observer: (@Sendable (String) -> Void)? = nil
    ) throws {
        self.folder = folder
        self.observer = observer
        let path = try StoreFile.prepare(in: folder)
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration(busyTimeout: busyTimeout))
            try Self.migrate(pool, Self.ownMigrations + migrations)
            try pool.writeWithoutTransaction(StoreFile.stamp)
            var watching = Configuration()
            watching.readonly = true
            watching.busyMode = .timeout(busyTimeout)
            versionConnection = try DatabaseQueue(path: path, configuration: watching)
            eraser = try FileEraser(path: path, pool: pool)
        } catch {
            throw Self.translated(error, opening: path)
        }
    }

    /// Connections for reading.
    private static let readers = 8
    /// Asynchronous reads may have half of them.
    private let gate = ReadGate(limit: readers / 2)

    /// The file of the database.
    private var path: String { folder.appendingPathComponent(StoreFile.name).path }

    private static func configuration(busyTimeout: TimeInterval) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.maximumReaderCount = readers
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
            return try await gate.run {
                try await pool.read { [observer] database in
                    try body(ReadTransaction(connection: SQLConnection(database: database, observer: observer)))
                }
            }
        } catch { throw noted(Self.translated(error)) }
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
        } catch { throw noted(Self.translated(error)) }
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
        do { return try result.get() } catch { throw noted(Self.translated(error)) }
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
        } catch { throw noted(Self.translated(error)) }
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
        let news = CommitNews()
        var result: Result<T, any Error>?
        try database.inTransaction(.immediate) {
            let connection = SQLConnection(database: database, observer: observer)
            let transaction = WriteTransaction(connection: connection, news: news)
            result = .success(try body(transaction))
            return .commit
        }
        listeners.withLock { $0.tell(news) }
        guard let result else { throw StorageError(code: .statement, message: "a transaction ended without a result") }
        return try result.get()
    }

    /// A signal after each commit of this process that added to a log, as its writer announced
    /// (``WriteTransaction/announce(_:)``); signals that nobody has taken yet become one.
    package func commits(to log: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = listeners.withLock { $0.add(continuation, log) }
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
        } catch { throw noted(Self.translated(error)) }
    }

    /// How often the rows of each topic have changed, as of now, whichever process changed them.
    ///
    /// Costs a few microseconds, and one statement more after a commit of anybody.
    package func revisions() throws -> TopicRevisions {
        do {
            return try versionConnection.unsafeRead { [observer] database in
                try known.withLock { try $0.current(database, observer) }
            }
        } catch { throw noted(Self.translated(error)) }
    }

    /// Bytes left on the device of the data folder; the largest number where that is not known.
    package var freeBytes: Int64 {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)
        return (attributes?[.systemFreeSize] as? NSNumber)?.int64Value ?? .max
    }

    /// Writes a complete, checked copy of the store to `path` while readers and the writer go on.
    ///
    /// The copy is one file for its owner only, with nothing in it that was deleted.
    ///
    /// - Throws: ``StorageError``: `cannotOpen` when there is anything at the path; `corrupt` when the store is damaged.
    package func backup(to path: String) throws {
        try PrivateFile.create(path)
        do {
            let copy = try DatabaseQueue(path: path)
            try pool.backup(to: copy)
            // So that whoever opens it needs no further file beside it.
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
            try PageScrubber.scrub(closedFile: path)
        } catch { throw noted(Self.translated(error, opening: path)) }
        let found = try StoreFile.damage(path)
        guard found.isEmpty else {
            throw noted(
                StorageError(code: .corrupt, message: "the store is damaged: " + found.joined(separator: "; "))
            )
        }
    }

    /// Moves the write-ahead log into the database file, where no reader of any process needs it; for the end of a long
    /// import.
    package func checkpoint() async throws {
        do { _ = try await eraser.emptyLog() } catch { throw noted(Self.translated(error)) }
    }

    // MARK: Erasing

    /// Notes in a transaction that what it deletes has to leave the files of the store as well: the write-ahead log, and the
    /// places in pages where the database does not overwrite it.
    ///
    /// Whoever calls this sees to it that ``eraseFromFiles(within:)`` is called after the commit.
    package static func requestErasureFromFiles(in transaction: WriteTransaction) throws {
        try FileEraser.request(in: transaction)
    }

    /// Goes on with taking what was deleted out of the files; nobody is waited for.
    ///
    /// - Parameter time: how long at most.
    /// - Returns: whether nothing is left; else a reader holds the log, or the time was not enough.
    /// - Throws: ``StorageError``.
    @discardableResult
    package func eraseFromFiles(within time: Duration) async throws -> Bool {
        do {
            return try await eraser.run(until: .now + time)
        } catch { throw noted(Self.translated(error)) }
    }

    /// Whether something that was deleted may still stand in a file.
    package func isErasurePending() throws -> Bool { try readNow { try FileEraser.isPending(in: $0) } }

    // MARK: Damage

    /// What was found to contradict itself in the file, by a check or by any statement since the store was opened; nil
    /// while nothing was.
    package var damage: String? { firstDamage.withLock { $0 } }

    /// How many bytes the file has.
    package var fileBytes: Int64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.int64Value ?? 0
    }

    /// Reads the whole file once and looks for contradictions, which ``damage`` then tells.
    package func checkIntegrity() async throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        do {
            let connection = try DatabaseQueue(path: path, configuration: configuration)
            let found = try await connection.read(StoreFile.damage)
            try connection.close()
            if !found.isEmpty { _ = noted(StorageError(code: .corrupt, message: found.joined(separator: "; "))) }
        } catch { throw noted(Self.translated(error)) }
    }

    /// The error, once it is known that the store is damaged where it says so.
    private func noted(_ error: any Error) -> any Error {
        if let error = error as? StorageError, error.code == .corrupt {
            firstDamage.withLock { $0 = $0 ?? error.message }
        }
        return error
    }

    /// Takes the moving of the write-ahead log off the commits, where it holds up every thousandth page's writer, and
    /// hands it to the caller.
    ///
    /// - Throws: ``StorageError`` when no further connection can be opened.
    package func takeOverCheckpoints() throws -> Checkpointer {
        do {
            var configuration = Configuration()
            configuration.busyMode = .immediateError
            let connection = try DatabaseQueue(path: path, configuration: configuration)
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
            return Checkpointer(connection: connection, pool: pool)
        } catch { throw noted(Self.translated(error)) }
    }

    /// Closes every connection.
    ///
    /// Calls after it fail.
    package func close() throws {
        do {
            try versionConnection.close()
            try eraser.close()
            try pool.close()
        } catch { throw noted(Self.translated(error)) }
    }
}
