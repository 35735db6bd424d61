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
    let pool: DatabasePool
    private let observer: (@Sendable (String) -> Void)?
    private let readers: ReaderThreads
    let committer: Committer
    private let writer: WriterThread
    private let eraser: FileEraser
    private let firstDamage = Mutex<String?>(nil)

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
            let committer = try Committer(pool: pool, observer: observer)
            self.committer = committer
            writer = WriterThread { committer.drain() }
            readers = ReaderThreads(path: path, limit: Self.maximumReaders)
            eraser = try FileEraser(path: path, pool: pool)
        } catch {
            throw Self.translated(error, opening: path)
        }
    }

    static let closed = StorageError(code: .cannotOpen, message: "the store is closed")
    /// Memory for the pages of each connection, in KiB.
    static let cacheSize = 16_000
    /// How many reads run at once.
    package static let maximumReaders = max(4, 2 * ProcessInfo.processInfo.activeProcessorCount)

    /// Runs tasks on the threads that read: for the handlers of requests, whose reads then need no other thread.
    package var executor: any TaskExecutor { readers }

    /// The file of the database.
    var path: String { folder.appendingPathComponent(StoreFile.name).path }

    private static func configuration(busyTimeout: TimeInterval) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.persistentReadOnlyConnections = true
        // A transaction of ``beginBulk()`` outlives the call that begins it.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA cache_size = -\(cacheSize)")
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

    /// Runs `body` on a consistent view; several run at once, on threads of their own, and never wait for the writer.
    ///
    /// - Throws: `CancellationError` in a task that is cancelled, which ends what runs; ``StorageError`` `busy` when
    ///   thousands of reads are waiting already; and what `body` throws.
    package func read<T: Sendable>(_ body: @Sendable @escaping (ReadTransaction) throws -> T) async throws -> T {
        do {
            if committer.bulk.isOn {
                try Task.checkCancellation()
                return try committer.readInBulk { try Self.read($0, observer, body) }
            }
            return try await readers.run { [observer] database in
                try Self.read(database, observer, body)
            }
        } catch { throw noted(Self.translated(error)) }
    }

    private static func read<T>(
        _ database: Database,
        _ observer: (@Sendable (String) -> Void)?,
        _ body: (ReadTransaction) throws -> T
    ) throws -> T {
        let prepared = ReaderThreads.statements(of: database)
        let connection = SQLConnection(database: database, observer: observer, prepared: prepared)
        let transaction = ReadTransaction(connection: connection)
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

    /// The same as the asynchronous `read`, blocking the calling thread: for commands and for what happens before a server
    /// serves, never for one of Swift's cooperative threads while it does.
    ///
    /// Inside another read of the same thread it goes on with that one's view.
    package func readNow<T>(_ body: (ReadTransaction) throws -> T) throws -> T {
        do {
            if committer.bulk.isOn { return try committer.readInBulk { try Self.read($0, observer, body) } }
            return try pool.unsafeReentrantRead { try Self.read($0, observer, body) }
        } catch { throw noted(Self.translated(error)) }
    }

    /// Runs `body` in the one write transaction, after the writers before it; commits when it returns, undoes all
    /// when it throws.
    ///
    /// Bodies that come while a commit is under way are committed together, each undone alone when it throws: many
    /// writers share one wait for the device. None is answered before the commit that holds it.
    ///
    /// - Throws: `CancellationError` in a task that is cancelled, before anything is done; ``StorageError`` `busy` when
    ///   thousands of bodies are waiting already; and what `body` throws.
    @discardableResult
    package func write<T: Sendable>(
        durability: Durability = .full,
        _ body: @Sendable @escaping (WriteTransaction) throws -> T
    ) async throws -> T {
        try Task.checkCancellation()
        if committer.bulk.isOn { return try writeNow(durability: durability, body) }
        let result: Result<T, any Error> = await withCheckedContinuation { continuation in
            let job = CommitJob(durability: durability, body: body) { continuation.resume(returning: $0) }
            switch committer.queue(job) {
            case .queued: break
            case .first: if !writer.wake() { committer.fail(with: Self.closed) }
            case .refused: job.finish(StorageError(code: .busy, message: CommitQueue.refusal))
            case .closed: job.finish(Self.closed)
            }
        }
        do { return try result.get() } catch { throw noted(Self.translated(error)) }
    }

    /// The same as the asynchronous `write`, blocking the calling thread; see ``readNow(_:)`` for where.
    @discardableResult
    package func writeNow<T>(
        durability: Durability = .full,
        _ body: (WriteTransaction) throws -> T
    ) throws -> T {
        do {
            if committer.bulk.isOn { return try committer.writeInBulk(body) }
            return try committer.commitNow(durability: durability, body)
        } catch { throw noted(Self.translated(error)) }
    }

    /// A signal after each commit of this process that added to a log, as its writer announced
    /// (``WriteTransaction/announce(_:)``); signals that nobody has taken yet become one.
    package func commits(to log: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = committer.listeners.withLock { $0.add(continuation, log) }
        continuation.onTermination = { [weak committer] _ in committer?.listeners.withLock { $0.remove(id) } }
        return stream
    }

    /// A number that changes whenever any connection of any process has committed.
    ///
    /// Costs nanoseconds and waits for nobody; 0 once the store is closed.
    package var commitMark: UInt64 { committer.index.mark?.checksum ?? 0 }

    /// How often the rows of each topic have changed, as of now, whichever process changed them.
    ///
    /// Costs nanoseconds, and a read after another process has committed.
    package func revisions() async throws -> TopicRevisions {
        if let current = knownRevisions { return current }
        return try await read { [committer] in try Self.revisions(in: $0, notedBy: committer) }
    }

    /// The same without reading; nil after a commit of another process.
    var knownRevisions: TopicRevisions? { committer.known.current(at: committer.index.mark) }

    private static func revisions(
        in transaction: ReadTransaction,
        notedBy committer: Committer
    ) throws -> TopicRevisions {
        // The mark first: what is committed after it is in what is read or changes the mark.
        let mark = committer.index.mark
        let revisions = try revisions(in: transaction)
        committer.known.note(revisions, at: mark)
        return revisions
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
    package func isErasurePending() async throws -> Bool { try await read { try FileEraser.isPending(in: $0) } }

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
    func noted(_ error: any Error) -> any Error {
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
            readers.close()
            committer.close()
            writer.close()
            committer.index.close()
            try eraser.close()
            try pool.close()
        } catch { throw noted(Self.translated(error)) }
    }
}
