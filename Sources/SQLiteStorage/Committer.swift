internal import GRDB
internal import Storage
import Synchronization

/// The only place where write transactions begin and end.
///
/// Each batch asks for one durability.
final class Committer: Sendable {
    let pool: DatabasePool
    let index: WALIndex
    let known = KnownRevisions()
    let listeners: CommitListeners
    let bulk = Bulk()
    let observer: (@Sendable (String) -> Void)?
    /// What the connection was last told, in the words of SQLite.
    private let synchronyInForce = Mutex("FULL")

    init(pool: DatabasePool, listeners: CommitListeners, observer: (@Sendable (String) -> Void)?) throws {
        (self.pool, self.listeners, self.observer) = (pool, listeners, observer)
        index = try pool.writeWithoutTransaction { try WALIndex($0) }
    }

    /// Runs the bodies in their order and commits them together; one that throws among several is undone alone.
    func commit(_ jobs: [CommitJob]) throws {
        guard let first = jobs.first else { return }
        // Other writers, such as the erasure from files, run between batches.
        try pool.writeWithoutTransaction { database in
            try commit(
                { transaction in try Self.run(jobs, in: transaction, database) },
                durability: first.durability,
                in: database
            )
        }
    }

    private static func run(_ jobs: [CommitJob], in transaction: WriteTransaction, _ database: Database) throws {
        guard jobs.count > 1 else {
            for job in jobs { try job.perform(in: transaction) }
            return
        }
        for job in jobs {
            do {
                try database.inSavepoint {
                    try job.perform(in: transaction)
                    return .commit
                }
            } catch {
                job.fail(with: error)
                // A full disk undoes the whole transaction, and so everybody's part of it.
                if !database.isInsideTransaction { throw error }
            }
        }
    }

    /// Runs a body and commits it, on the calling thread.
    func commitNow<T>(durability: Store.Durability, _ body: (WriteTransaction) throws -> T) throws -> T {
        try pool.writeWithoutTransaction { database in
            try commit(body, durability: durability, in: database)
        }
    }

    private func commit<T>(
        _ body: (WriteTransaction) throws -> T,
        durability: Store.Durability,
        in database: Database
    ) throws -> T {
        try set(synchrony: durability == .full ? "FULL" : "NORMAL", in: database)
        var result: Result<T, any Error>?
        let news = CommitNews()
        var before: CommitMark?
        var revisions: TopicRevisions?
        try database.inTransaction(.immediate) {
            before = index.mark
            let transaction = makeTransaction(in: database, news)
            result = .success(try body(transaction))
            if news.hasTouchedTopics { revisions = try Store.revisions(in: transaction) }
            return .commit
        }
        known.noteCommit(revisions, from: before, to: index.mark)
        listeners.tell(news)
        guard let result else { throw StorageError(code: .statement, message: "a transaction ended without a result") }
        return try result.get()
    }

    func makeTransaction(in database: Database, _ news: CommitNews) -> WriteTransaction {
        WriteTransaction(SQLiteRunner(database, observer), news: news)
    }

    /// Has the next commits wait for the device as SQLite's word says.
    func set(synchrony: String, in database: Database) throws {
        let changed = synchronyInForce.withLock { current in
            defer { current = synchrony }
            return current != synchrony
        }
        if changed { try database.execute(sql: "PRAGMA synchronous = \(synchrony)") }
    }
}
