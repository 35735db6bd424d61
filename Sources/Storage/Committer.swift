internal import GRDB
import Synchronization

/// The only place where write transactions begin and end.
///
/// Bodies that arrive during a commit are committed together by the next one if they ask for the same durability. A body that
/// throws is rolled back alone. A body is answered only after its commit.
final class Committer: Sendable {
    let pool: DatabasePool
    let index: WALIndex
    let known = KnownRevisions()
    let listeners = Mutex(CommitListeners())
    let bulk = Bulk()
    private let observer: (@Sendable (String) -> Void)?
    /// What the connection was last told, in the words of SQLite.
    private let synchronyInForce = Mutex(Store.Durability.full.rawValue)
    private let queue = Mutex(CommitQueue())

    init(pool: DatabasePool, observer: (@Sendable (String) -> Void)?) throws {
        (self.pool, self.observer) = (pool, observer)
        index = try pool.writeWithoutTransaction { try WALIndex($0) }
    }

    /// Queues a body; see ``CommitQueue``.
    func queue(_ job: CommitJob) -> CommitQueue.Admission { queue.withLock { $0.add(job) } }

    /// Accepts no more bodies; those in the queue are still committed.
    func close() { queue.withLock { $0.close() } }

    /// Fails all queued bodies, if there is no thread left to commit them.
    func fail(with error: StorageError) {
        while true {
            let jobs = queue.withLock { $0.takeBatch() }
            if jobs.isEmpty { return }
            for job in jobs { job.finish(error) }
        }
    }

    /// Commits queued bodies in batches until the queue is empty.
    func drain() {
        while true {
            let jobs = queue.withLock { $0.takeBatch() }
            guard let first = jobs.first else { return }
            do {
                // Other writers, such as the erasure from files, run between batches.
                try pool.writeWithoutTransaction { database in
                    try commit(
                        { transaction in try CommitJob.run(jobs, in: transaction, database) },
                        durability: first.durability,
                        in: database
                    )
                }
                for job in jobs { job.finish(nil) }
            } catch {
                for job in jobs { job.finish(error) }
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
        try set(synchrony: durability.rawValue, in: database)
        var result: Result<T, any Error>?
        let news = CommitNews()
        var before: WALIndex.Mark?
        var revisions: TopicRevisions?
        try database.inTransaction(.immediate) {
            before = index.mark
            let transaction = makeTransaction(in: database, news)
            result = .success(try body(transaction))
            if news.hasTouchedTopics { revisions = try Store.revisions(in: transaction) }
            return .commit
        }
        known.noteCommit(revisions, from: before, to: index.mark)
        listeners.withLock { $0.tell(news) }
        guard let result else { throw StorageError(code: .statement, message: "a transaction ended without a result") }
        return try result.get()
    }

    func makeTransaction(in database: Database, _ news: CommitNews) -> WriteTransaction {
        WriteTransaction(connection: SQLConnection(database: database, observer: observer, prepared: nil), news: news)
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
