internal import GRDB
import Synchronization

/// Commits: the one place where transactions that write begin and end.
///
/// Bodies that come while a commit is under way are committed together by the next one, as long as they ask for the same
/// durability; each is undone alone when it throws, and none is answered before the commit that holds it.
final class Committer: Sendable {
    let pool: DatabasePool
    let index: WALIndex
    let known = KnownRevisions()
    let listeners = Mutex(CommitListeners())
    private let observer: (@Sendable (String) -> Void)?
    private let durabilityInForce = Mutex<Store.Durability>(.full)
    private let queue = Mutex(CommitQueue())

    init(pool: DatabasePool, observer: (@Sendable (String) -> Void)?) throws {
        (self.pool, self.observer) = (pool, observer)
        index = try pool.writeWithoutTransaction { try WALIndex($0) }
    }

    /// Queues a body; see ``CommitQueue``.
    func queue(_ job: CommitJob) -> CommitQueue.Admission { queue.withLock { $0.add(job) } }

    /// Admits no more bodies; those that are queued are still committed.
    func close() { queue.withLock { $0.close() } }

    /// Fails what is queued, where nobody commits it any more.
    func fail(with error: StorageError) {
        while true {
            let jobs = queue.withLock { $0.takeBatch() }
            if jobs.isEmpty { return }
            for job in jobs { job.finish(error) }
        }
    }

    /// Commits what is queued, a batch at a time, until nothing is.
    func drain() {
        while true {
            let jobs = queue.withLock { $0.takeBatch() }
            guard let first = jobs.first else { return }
            do {
                // Between batches others who write have their turn, such as whoever erases from files.
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
        let changed = durabilityInForce.withLock { current in
            defer { current = durability }
            return current != durability
        }
        if changed { try database.execute(sql: "PRAGMA synchronous = \(durability.rawValue)") }
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
