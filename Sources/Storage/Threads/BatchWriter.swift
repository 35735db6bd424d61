import Synchronization

/// Queues write transactions and has them committed in batches, on a thread of its own.
///
/// Bodies that arrive during a commit are committed together by the next one, unless it lets them join (``CommitBatch/join()``).
/// A body is answered only after its commit.
package final class BatchWriter: Sendable {
    /// What the thread needs; it does not keep the owner alive.
    private final class Shared: Sendable {
        let queue: Mutex<CommitQueue>
        let commit: @Sendable (CommitBatch) throws -> Void

        init(isSorted: Bool, _ commit: @escaping @Sendable (CommitBatch) throws -> Void) {
            self.queue = Mutex(CommitQueue(isSorted: isSorted))
            self.commit = commit
        }

        /// Commits queued bodies in batches until the queue is empty.
        func drain() {
            while let jobs = next() {
                let batch = CommitBatch(jobs) { [self] count in queue.withLock { $0.takeMore(count) } }
                do {
                    try commit(batch)
                    for job in batch.jobs { job.finish(nil) }
                } catch {
                    for job in batch.jobs { job.finish(error) }
                }
            }
        }

        /// Fails all queued bodies, if there is no thread left to commit them.
        func fail(with error: StorageError) {
            while let jobs = next() {
                for job in jobs { job.finish(error) }
            }
        }

        /// Fails the bodies that wait; the thread goes on with what it does.
        func refuseWaiting(with error: StorageError) {
            for job in queue.withLock({ $0.takeWaiting() }) { job.finish(error) }
        }

        private func next() -> [CommitJob]? {
            let jobs = queue.withLock { $0.takeBatch() }
            return jobs.isEmpty ? nil : jobs
        }
    }

    private let shared: Shared
    private let thread: WriterThread

    /// Makes a writer.
    ///
    /// - Parameters:
    ///   - isSorted: whether only bodies of the same durability are committed together.
    ///   - commit: runs the bodies in their order in one transaction and commits it; it must not keep this object alive.
    ///     A body that throws among several is undone alone and fails with its error. What `commit` throws is the answer to
    ///     all of them.
    package init(isSorted: Bool, commit: @escaping @Sendable (CommitBatch) throws -> Void) {
        let shared = Shared(isSorted: isSorted, commit)
        self.shared = shared
        thread = WriterThread { shared.drain() }
    }

    /// Queues a body and waits for the commit that holds it; no thread waits meanwhile.
    ///
    /// - Throws: `CancellationError` in a task that is cancelled, before anything is done; ``StorageError`` `busy` when
    ///   too many bodies wait, `cannotOpen` once it is closed; what the body or its commit throws.
    package func write<T: Sendable>(
        durability: Store.Durability,
        _ body: @Sendable @escaping (WriteTransaction) throws -> T
    ) async throws -> T {
        try Task.checkCancellation()
        let result: Result<T, any Error> = await withCheckedContinuation { continuation in
            let job = CommitJob(durability: durability, body: body) { continuation.resume(returning: $0) }
            switch shared.queue.withLock({ $0.add(job) }) {
            case .queued: break
            case .first: if !thread.wake() { shared.fail(with: Store.closed) }
            case .refused: job.finish(StorageError(code: .busy, message: CommitQueue.refusal))
            case .closed: job.finish(Store.closed)
            }
        }
        return try result.get()
    }

    /// Fails the bodies that wait for the one under way, which is not waited for; nothing of them is done.
    package func refuseWaiting(with error: StorageError) { shared.refuseWaiting(with: error) }

    /// Accepts no more bodies, and ends the thread once those in the queue are committed.
    package func close() {
        shared.queue.withLock { $0.close() }
        thread.close()
    }
}
