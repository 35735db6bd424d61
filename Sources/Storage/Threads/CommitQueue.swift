import Synchronization

/// One body that waits to be run and committed.
package struct CommitJob: Sendable {
    /// Keeps what a body gave until the commit that holds it is done.
    private final class Box<T: Sendable>: Sendable {
        let result = Mutex<Result<T, any Error>?>(nil)
    }

    package let durability: Store.Durability
    private let body: @Sendable (WriteTransaction) throws -> Void
    private let fail: @Sendable (any Error) -> Void
    private let resume: @Sendable ((any Error)?) -> Void

    init<T: Sendable>(
        durability: Store.Durability,
        body: @Sendable @escaping (WriteTransaction) throws -> T,
        resume: @Sendable @escaping (Result<T, any Error>) -> Void
    ) {
        let box = Box<T>()
        self.durability = durability
        self.body = { transaction in
            let value = try body(transaction)
            box.result.withLock { $0 = .success(value) }
        }
        fail = { error in box.result.withLock { $0 = .failure(error) } }
        self.resume = { failure in
            let own = box.result.withLock { $0 }
            // A body that has failed by itself was undone, whatever became of the commit of the others.
            if case .failure = own, let own { return resume(own) }
            let lost = StorageError(code: .statement, message: "a transaction ended without a result")
            resume(failure.map { .failure($0) } ?? own ?? .failure(lost))
        }
    }

    /// Answers whoever waits: with the failure of the body or else of the commit, else with what the body gave.
    package func finish(_ failure: (any Error)?) { resume(failure) }

    /// Runs the body and keeps its result, in place of that of an earlier run.
    package func perform(in transaction: WriteTransaction) throws { try body(transaction) }

    /// Has the body fail alone, while others of its batch are committed.
    package func fail(with error: any Error) { fail(error) }
}

/// The bodies that are committed together, in order of arrival.
package final class CommitBatch {
    package private(set) var jobs: [CommitJob]
    private let take: (Int) -> [CommitJob]

    init(_ jobs: [CommitJob], more take: @escaping (Int) -> [CommitJob]) { (self.jobs, self.take) = (jobs, take) }

    /// Has bodies join that have come meanwhile, as far as the batch has room; for a commit that had to wait for its turn.
    package func join() { jobs += take(CommitQueue.maximumBatch - jobs.count) }
}

/// The bodies that wait for the writer, in order of arrival.
///
/// Beyond ``maximumWaiting``, bodies are refused as `busy`.
struct CommitQueue {
    static let maximumBatch = 64
    private static let maximumWaiting = 10_000
    static let refusal = "\(maximumWaiting) transactions are waiting already"

    /// Whether only bodies of the same durability are committed together.
    let isSorted: Bool
    private var jobs = FIFO<CommitJob>()
    /// Whether the writer is running or has been woken.
    private var isDraining = false
    private var isClosed = false

    /// The result of adding a body.
    enum Admission {
        /// The running writer will commit it.
        case queued
        /// The writer is idle and has to be woken.
        case first
        /// Too many bodies wait.
        case refused
        /// The store is closed.
        case closed
    }

    init(isSorted: Bool) { self.isSorted = isSorted }

    /// Accepts no more bodies.
    mutating func close() { isClosed = true }

    mutating func add(_ job: CommitJob) -> Admission {
        if isClosed { return .closed }
        guard jobs.count < Self.maximumWaiting else { return .refused }
        jobs.append(job)
        defer { isDraining = true }
        return isDraining ? .queued : .first
    }

    /// Takes all bodies; the writer finds none when it comes back.
    mutating func takeWaiting() -> [CommitJob] {
        defer { jobs = FIFO() }
        var waiting: [CommitJob] = []
        while let next = jobs.popFirst() { waiting.append(next) }
        return waiting
    }

    /// Takes up to so many bodies for the batch under way; none where bodies are sorted.
    mutating func takeMore(_ count: Int) -> [CommitJob] {
        guard !isSorted else { return [] }
        var more: [CommitJob] = []
        while more.count < count, let next = jobs.popFirst() { more.append(next) }
        return more
    }

    /// Takes the next bodies that can be committed together; an empty batch means that the writer becomes idle.
    mutating func takeBatch() -> [CommitJob] {
        var batch: [CommitJob] = []
        while batch.count < Self.maximumBatch, let next = jobs.first,
            !isSorted || batch.first.map({ $0.durability == next.durability }) ?? true
        {
            batch.append(next)
            _ = jobs.popFirst()
        }
        isDraining = !batch.isEmpty
        return batch
    }
}

/// Elements that are taken in the order in which they were added; adding and taking cost the same however many wait.
struct FIFO<Element> {
    private var elements: [Element?] = []
    /// Those before it are taken.
    private var start = 0

    var count: Int { elements.count - start }
    var first: Element? { start < elements.count ? elements[start] : nil }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard start < elements.count else { return nil }
        defer {
            elements[start] = nil
            start += 1
            // What is taken leaves the array before it is half of it.
            if start >= 64, start * 2 >= elements.count {
                elements.removeFirst(start)
                start = 0
            }
        }
        return elements[start]
    }
}
