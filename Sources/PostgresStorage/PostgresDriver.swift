import Foundation
package import Storage

extension Store {
    /// Opens the store in a database of PostgreSQL, and applies the migrations that are missing; any number of nodes may
    /// do so at the same time.
    ///
    /// - Parameters:
    ///   - settings: where it is and how long anything may take.
    ///   - migrations: every migration of the program, in order; names are unique.
    ///   - observer: told every statement's text before it is sent, for tests.
    /// - Throws: ``StorageError``: `cannotOpen` where it cannot be reached or is not fit, with the reason; `newerSchema`.
    package convenience init(
        postgres settings: PostgresSettings,
        migrations: [Migration],
        observer: (@Sendable (String) -> Void)? = nil
    ) throws {
        self.init(try PostgresDriver(settings, migrations, observer))
    }
}

/// A database of PostgreSQL with one writing connection, pooled reading ones, and one that listens.
final class PostgresDriver: StoreDriver {
    let listeners = CommitListeners()
    let damage = DamageRecord()
    private let settings: PostgresSettings
    private let position = PostgresPosition()
    private let gate: PostgresGate
    private let storeTime = StoreTime()
    private let readers: ReaderThreads
    private let blockingReaders: PostgresBlockingReaders
    private let committer: PostgresWriter
    private let writer: BatchWriter
    private let watch: PostgresWatch

    init(
        _ settings: PostgresSettings,
        _ migrations: [Migration],
        _ observer: (@Sendable (String) -> Void)?
    ) throws {
        self.settings = settings
        let all = Self.migrations(with: migrations)
        try Self.prepare(settings, all, storeTime, observer)
        var served = settings
        served.schema = PostgresSchema(all)
        let gate = PostgresGate(served, observer: observer)
        self.gate = gate
        watch = try PostgresWatch(gate, position, listeners, storeTime)
        let committer = PostgresWriter(gate, position, listeners, committed: watch.committed())
        self.committer = committer
        let writer = BatchWriter(isSorted: false) { try committer.commit($0) }
        self.writer = writer
        readers = ReaderThreads(limit: settings.readers) { try PostgresReader(gate) }
        blockingReaders = PostgresBlockingReaders(gate)
        // So that the mark is that of the database from the first moment on.
        _ = try readNow { try revisions(in: $0) }
        // The one under way ends by itself; nobody waits in line for a database that does not answer.
        gate.whenOut { [weak writer] in writer?.refuseWaiting(with: $0) }
        watch.start()
    }

    /// The given migrations after those of the store itself.
    static func migrations(with others: [Migration]) -> [Migration] {
        Store.ownMigrations + [PostgresHead.migration] + others
    }

    /// To be called before the first connection.
    static func prepareLibraries() {
        // libpq would start OpenSSL with a handler at exit that frees what other threads still use; ours starts it without.
        _ = ContentHash.sha256("")
    }

    /// Checks a database and makes the tables that are missing.
    static func prepare(
        _ settings: PostgresSettings,
        _ migrations: [Migration],
        _ time: StoreTime,
        _ observer: (@Sendable (String) -> Void)?
    ) throws {
        prepareLibraries()
        do {
            let connection = try PostgresConnection(settings, for: .setUp, observer: observer)
            defer { connection.close() }
            try PostgresProbe.check(connection)
            try PostgresMigrations.apply(migrations, on: connection)
            _ = try PostgresHead.look(on: connection, time)
        } catch let error as StorageError where error.code == .unavailable {
            throw StorageError(code: .cannotOpen, message: error.message, cause: error)
        }
    }

    var engine: StoreEngine { .postgresql }
    var files: (any StoreFiles)? { nil }
    var executor: any TaskExecutor { readers }
    var outage: StorageError? { gate.outage }
    var time: StoreTime? { storeTime }
    var mark: CommitMark? { position.mark }

    /// Other nodes' commits are heard of within ``PostgresSettings/freshness``, or nothing is known here.
    var knownRevisions: TopicRevisions? {
        position.isChecked(within: settings.freshness) ? committer.known.current(at: position.mark) : nil
    }

    func read<T: Sendable>(_ body: @Sendable @escaping (ReadTransaction) throws -> T) async throws -> T {
        if let outage = gate.outage { throw outage }
        return try await readers.run(body)
    }

    func readNow<T>(_ body: (ReadTransaction) throws -> T) throws -> T { try blockingReaders.read(body) }

    func write<T: Sendable>(
        durability: Store.Durability,
        _ body: @Sendable @escaping (WriteTransaction) throws -> T
    ) async throws -> T {
        if let outage = gate.outage { throw outage }
        return try await writer.write(durability: durability, body)
    }

    func writeNow<T>(durability: Store.Durability, _ body: (WriteTransaction) throws -> T) throws -> T {
        try committer.commitNow(body)
    }

    func revisions(in transaction: ReadTransaction) throws -> TopicRevisions {
        // One statement, so that both are of the same moment wherever it runs.
        var (byTopic, commits): ([String: Int64], Int64) = ([:], 0)
        try transaction.forEach(
            "SELECT topic, revision FROM topics UNION ALL SELECT NULL, commits FROM store_head WHERE id = 1"
        ) { row in
            let number = try row.integer("revision")
            if let topic = try row.optionalText("topic") { byTopic[topic] = number } else { commits = number }
        }
        let revisions = TopicRevisions(byTopic)
        position.saw(commits)
        committer.known.note(revisions, at: PostgresPosition.mark(commits))
        return revisions
    }

    func close() throws {
        readers.close()
        blockingReaders.close()
        writer.close()
        committer.close()
        watch.close()
        position.close()
    }
}
