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
    private let observer: (@Sendable (String) -> Void)?
    /// Whether commits wait for no device, whatever durability a body asks for; see ``Store/beginBulk()``.
    let isBulk = Mutex(false)
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
        let synchrony = isBulk.withLock { $0 } ? "OFF" : durability.rawValue
        let changed = synchronyInForce.withLock { current in
            defer { current = synchrony }
            return current != synchrony
        }
        if changed { try database.execute(sql: "PRAGMA synchronous = \(synchrony)") }
        var result: Result<T, any Error>?
        let news = CommitNews()
        var before: WALIndex.Mark?
        var revisions: TopicRevisions?
        try database.inTransaction(.immediate) {
            before = index.mark
            let connection = SQLConnection(database: database, observer: observer)
            let transaction = WriteTransaction(connection: connection, news: news)
            result = .success(try body(transaction))
            if news.hasTouchedTopics { revisions = try Store.revisions(in: transaction) }
            return .commit
        }
        known.noteCommit(revisions, from: before, to: index.mark)
        listeners.withLock { $0.tell(news) }
        guard let result else { throw StorageError(code: .statement, message: "a transaction ended without a result") }
        return try result.get()
    }
}
