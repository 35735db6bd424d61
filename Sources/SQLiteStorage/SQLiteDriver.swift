package import Foundation
internal import GRDB
package import Storage

extension Store {
    /// Opens the store in `folder`, one SQLite database in write-ahead mode; creates it when absent, and applies the
    /// migrations that are missing.
    ///
    /// - Parameters:
    ///   - folder: where `frontline.sqlite` is kept; it and everything in it that is the store's is for its owner only.
    ///   - migrations: every migration of the program, in order; names are unique.
    ///   - busyTimeout: how long a writer waits for another process, in seconds.
    ///   - observer: told every statement's text before it runs, for tests that check the dialect.
    /// - Throws: ``StorageError``: `cannotOpen`, `foreign`, `newerSchema`, `corrupt`.
    package convenience init(
        folder: URL,
        migrations: [Migration],
        busyTimeout: TimeInterval = 10,
        observer: (@Sendable (String) -> Void)? = nil
    ) throws {
        self.init(
            try SQLiteDriver(folder: folder, migrations: migrations, busyTimeout: busyTimeout, observer: observer)
        )
    }
}

/// One SQLite database in write-ahead mode with one writer and pooled readers.
///
/// Other processes may open the same folder at the same time.
final class SQLiteDriver: StoreDriver {
    /// Memory for the pages of each connection, in KiB.
    static let cacheSize = 16_000

    let listeners = CommitListeners()
    let damage = DamageRecord()
    private let pool: DatabasePool
    private let observer: (@Sendable (String) -> Void)?
    private let readers: ReaderThreads
    private let committer: Committer
    private let writer: BatchWriter
    private let ownFiles: SQLiteFiles

    init(
        folder: URL,
        migrations: [Migration],
        busyTimeout: TimeInterval,
        observer: (@Sendable (String) -> Void)?
    ) throws {
        self.observer = observer
        let path = try StoreFile.prepare(in: folder)
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration(busyTimeout: busyTimeout))
            try Self.migrate(pool, Store.ownMigrations + migrations)
            try pool.writeWithoutTransaction(StoreFile.stamp)
            let committer = try Committer(pool: pool, listeners: listeners, observer: observer)
            self.committer = committer
            writer = BatchWriter(isSorted: true) { try committer.commit($0.jobs) }
            readers = ReaderThreads(limit: Store.maximumReaders) { try SQLiteReader(path: path, observer: observer) }
            ownFiles = try SQLiteFiles(
                folder: folder,
                path: path,
                committer: committer,
                readers: readers,
                damage: damage
            )
        } catch {
            throw SQLiteError.translated(error, opening: path)
        }
    }

    private static func configuration(busyTimeout: TimeInterval) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.persistentReadOnlyConnections = true
        // A transaction of ``StoreFiles/beginBulk()`` outlives the call that begins it.
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

    /// Applies the migrations that are missing.
    static func migrate(_ database: some DatabaseWriter, _ migrations: [Migration]) throws {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { database in
                for statement in migration.statements { try database.execute(sql: statement) }
            }
        }
        if try database.read(migrator.hasBeenSuperseded) {
            throw StorageError(
                code: .newerSchema,
                message:
                    "the data folder was written by a newer version of frontline; use that version or restore a backup"
            )
        }
        try migrator.migrate(database)
    }

    var engine: StoreEngine { .sqlite }
    var files: (any StoreFiles)? { ownFiles }
    var executor: any TaskExecutor { readers }
    var outage: StorageError? { nil }
    var time: StoreTime? { nil }
    var mark: CommitMark? { committer.index.mark }
    var knownRevisions: TopicRevisions? { committer.known.current(at: committer.index.mark) }

    func read<T: Sendable>(_ body: @Sendable @escaping (ReadTransaction) throws -> T) async throws -> T {
        do {
            if committer.bulk.isOn {
                try Task.checkCancellation()
                return try committer.readInBulk(body)
            }
            return try await readers.run(body)
        } catch { throw SQLiteError.translated(error) }
    }

    func readNow<T>(_ body: (ReadTransaction) throws -> T) throws -> T {
        do {
            if committer.bulk.isOn { return try committer.readInBulk(body) }
            return try pool.unsafeReentrantRead { try SQLiteReader.read($0, observer, nil, body) }
        } catch { throw SQLiteError.translated(error) }
    }

    func write<T: Sendable>(
        durability: Store.Durability,
        _ body: @Sendable @escaping (WriteTransaction) throws -> T
    ) async throws -> T {
        do {
            if committer.bulk.isOn {
                try Task.checkCancellation()
                return try committer.writeInBulk(body)
            }
            return try await writer.write(durability: durability, body)
        } catch { throw SQLiteError.translated(error) }
    }

    func writeNow<T>(durability: Store.Durability, _ body: (WriteTransaction) throws -> T) throws -> T {
        do {
            if committer.bulk.isOn { return try committer.writeInBulk(body) }
            return try committer.commitNow(durability: durability, body)
        } catch { throw SQLiteError.translated(error) }
    }

    func revisions(in transaction: ReadTransaction) throws -> TopicRevisions {
        // The mark first: what is committed after it is in what is read or changes the mark.
        let mark = committer.index.mark
        let revisions = try Store.revisions(in: transaction)
        committer.known.note(revisions, at: mark)
        return revisions
    }

    func close() throws {
        do {
            readers.close()
            writer.close()
            committer.index.close()
            try ownFiles.close()
            try pool.close()
        } catch { throw SQLiteError.translated(error) }
    }
}
