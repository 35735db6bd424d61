internal import GRDB
import Synchronization

/// One body that waits to be run and committed.
struct CommitJob: Sendable {
    /// Keeps what a body gave until the commit that holds it is done.
    private final class Box<T: Sendable>: Sendable {
        let result = Mutex<Result<T, any Error>?>(nil)
    }

    let durability: Store.Durability
    private let perform: @Sendable (WriteTransaction) throws -> Void
    private let fail: @Sendable (any Error) -> Void
    private let resume: @Sendable ((any Error)?) -> Void

    init<T: Sendable>(
        durability: Store.Durability,
        body: @Sendable @escaping (WriteTransaction) throws -> T,
        resume: @Sendable @escaping (Result<T, any Error>) -> Void
    ) {
        let box = Box<T>()
        self.durability = durability
        perform = { transaction in
            let value = try body(transaction)
            box.result.withLock { $0 = .success(value) }
        }
        fail = { error in box.result.withLock { $0 = .failure(error) } }
        self.resume = { failure in
            let lost = StorageError(code: .statement, message: "a transaction ended without a result")
            resume(failure.map { .failure($0) } ?? box.result.withLock { $0 } ?? .failure(lost))
        }
    }

    /// Answers whoever waits: with the failure of the commit, else with what the body gave.
    func finish(_ failure: (any Error)?) { resume(failure) }

    /// Runs the bodies in their order; one that throws among several is undone alone.
    static func run(_ jobs: [CommitJob], in transaction: WriteTransaction, _ database: Database) throws {
        guard jobs.count > 1 else {
            for job in jobs { try job.perform(transaction) }
            return
        }
        for job in jobs {
            do {
                try database.inSavepoint {
                    try job.perform(transaction)
                    return .commit
                }
            } catch {
                job.fail(error)
                // A full disk undoes the whole transaction, and so everybody's part of it.
                if !database.isInsideTransaction { throw error }
            }
        }
    }
}

/// The bodies that wait for the writer, in the order in which they came.
struct CommitQueue {
    private static let maximumBatch = 64

    private var jobs: [CommitJob] = []
    private var isDraining = false

    /// Queues a body; true when somebody has to begin to drain.
    mutating func add(_ job: CommitJob) -> Bool {
        jobs.append(job)
        defer { isDraining = true }
        return !isDraining
    }

    /// Takes the next bodies that may be committed together; none ends the draining.
    mutating func takeBatch() -> [CommitJob] {
        guard let first = jobs.first else {
            isDraining = false
            return []
        }
        let batch = Array(jobs.prefix(Self.maximumBatch).prefix { $0.durability == first.durability })
        jobs.removeFirst(batch.count)
        return batch
    }
}

/// The logs that the bodies of one transaction have added to.
final class CommitNews {
    var logs: Set<String> = []
}

/// Who wants to know of commits, each of those to one log.
struct CommitListeners {
    private var listeners: [Int: (log: String, continuation: AsyncStream<Void>.Continuation)] = [:]
    private var count = 0

    mutating func add(_ continuation: AsyncStream<Void>.Continuation, _ log: String) -> Int {
        count += 1
        listeners[count] = (log, continuation)
        return count
    }

    mutating func remove(_ id: Int) { listeners[id] = nil }

    func tell(_ news: CommitNews) {
        guard !news.logs.isEmpty else { return }
        for (log, continuation) in listeners.values where news.logs.contains(log) { continuation.yield() }
    }
}
