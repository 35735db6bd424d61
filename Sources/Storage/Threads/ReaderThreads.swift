import Dispatch
import Foundation
import Synchronization

/// The threads that read a database, each with its own connection; tasks may run on them as their executor.
///
/// Swift has one cooperative thread per processor. A thread that blocks on a disk, a lock or a connection is missing for every
/// task of the program, and if all of them wait for something that only another task can release, the program hangs. Therefore
/// no cooperative thread reads: a task passes its read to one of these threads and is resumed with the result. A waiting task
/// occupies no thread.
///
/// - A read goes to the thread that became idle last, because its connection has statements and pages cached.
/// - A thread is started if a read arrives while all others are busy, up to the limit.
/// - If all threads are busy, reads wait in order of arrival. Beyond ``maximumWaiting``, a read is refused as `busy` at once,
///   since its answer would come too late to be of use.
/// - A read whose task is cancelled is not started, or is interrupted.
/// - A task with these threads as its executor reads on its own thread, without a thread switch. It releases the thread
///   whenever it waits for anything but a read.
/// - Only as many tasks run at once as there are processors: more would only take turns with each other and with the thread
///   that commits, for which all of them wait. A task that has run for longer than ``longRun`` no longer counts, so that a few
///   long reads do not hold up all requests while there are threads left.
package final class ReaderThreads: Sendable {
    /// The maximum number of waiting reads.
    package static let maximumWaiting = 10_000
    /// The time after which a running task no longer counts, in nanoseconds.
    static let longRun: UInt64 = 50_000_000
    /// The number of tasks that run at once.
    static let maximumTasks = max(2, ProcessInfo.processInfo.activeProcessorCount)

    /// A read: it is called with a connection, or with the reason why there is none.
    private typealias Job = @Sendable (Result<any ReadConnection, any Error>) -> Void

    private struct Worker {
        /// Signalled when there is a read for the thread, and when the pool closes.
        let signal = DispatchSemaphore(value: 0)
        /// The job handed to the thread, which it has not begun.
        var job: Job?
        /// When the thread began the part of a task that it runs, in nanoseconds; nil if it runs none.
        var taskBegan: UInt64?
    }

    private struct State {
        var workers: [Worker] = []
        /// The idle workers; the last one became idle last.
        var idle: [Int] = []
        /// The reads that wait because all threads are busy.
        var waiting = FIFO<Job>()
        /// The parts of tasks that wait for a thread, or because enough tasks run.
        var tasks = FIFO<Job>()
        var isClosed = false
        /// Whether ``ReaderThreads/relieve()`` is going to be called.
        var isReliefDue = false
        var isReadNext = false

        /// The number of running tasks that count, those that have not run for long.
        private var countingTasks: Int {
            let now = DispatchTime.now().uptimeNanoseconds
            return workers.count { worker in worker.taskBegan.map { now < $0 + ReaderThreads.longRun } ?? false }
        }

        /// Takes the next part of a task, if one waits and another may run.
        mutating func popTask(limit: Int) -> Job? {
            guard tasks.count > 0, countingTasks < limit else { return nil }
            return tasks.popFirst()
        }

        /// Takes the next job for a thread that is free: reads and tasks in turn, so that neither waits for all of the other.
        mutating func popJob(for index: Int, limit: Int) -> Job? {
            isReadNext.toggle()
            if isReadNext, let read = waiting.popFirst() { return read }
            if let task = popTask(limit: limit) {
                workers[index].taskBegan = DispatchTime.now().uptimeNanoseconds
                return task
            }
            return waiting.popFirst()
        }
    }

    /// The state that the threads share; it does not keep the pool alive.
    private final class Shared: Sendable {
        let open: @Sendable () throws -> any ReadConnection
        let limit: Int
        let state = Mutex(State())
        let running = DispatchGroup()

        init(limit: Int, open: @escaping @Sendable () throws -> any ReadConnection) {
            (self.limit, self.open) = (limit, open)
        }
    }

    private let shared: Shared

    /// Creates a pool of at most `limit` threads, each with a connection that it opens; they are started on demand.
    package init(limit: Int, open: @escaping @Sendable () throws -> any ReadConnection) {
        shared = Shared(limit: limit, open: open)
    }

    deinit { end() }

    /// Runs `body` on one of the threads: on the calling thread if it is one of them, otherwise on the next free one.
    ///
    /// - Throws: ``StorageError`` `busy` if too many reads wait, `cannotOpen`; `CancellationError`; what `body` throws.
    package func run<T: Sendable>(_ body: @Sendable @escaping (ReadTransaction) throws -> T) async throws -> T {
        try Task.checkCancellation()
        let stop = ReadStop()
        return try await withTaskCancellationHandler {
            if let own = ReadingThread.current, own.pool === shared {
                return try own.connection.get().read(stop, body)
            }
            return try await withCheckedThrowingContinuation { continuation in
                hand { connection in
                    continuation.resume(with: Result { try connection.get().read(stop, body) })
                }
            }
        } onCancel: {
            stop.cancel()
        }
    }

    /// Ends the threads after the reads already accepted, and closes their connections.
    package func close() {
        end()
        shared.running.wait()
    }

    private func end() {
        let idle = shared.state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle.map { state.workers[$0].signal }
        }
        for signal in idle { signal.signal() }
    }

    private enum Handover {
        case given(DispatchSemaphore)
        case started(Int)
        case queued
        case refused(StorageError)
    }

    /// Passes a read to a thread.
    private func hand(_ job: @escaping Job) {
        let outcome = shared.state.withLock { [shared] state -> Handover in
            if state.isClosed { return .refused(Store.closed) }
            if let handover = Self.give(job, isTask: false, shared, &state) { return handover }
            guard state.waiting.count < Self.maximumWaiting else {
                return .refused(StorageError(code: .busy, message: "\(Self.maximumWaiting) reads are waiting already"))
            }
            state.waiting.append(job)
            return .queued
        }
        carryOut(outcome, job)
    }

    /// Passes a part of a task to a thread; it is never refused while the pool is open.
    private func handTask(_ job: @escaping Job) {
        let (outcome, isReliefNew) = shared.state.withLock { [shared] state -> (Handover, Bool) in
            if state.isClosed { return (.refused(Store.closed), false) }
            state.tasks.append(job)
            if let handover = Self.giveTask(shared, &state) { return (handover, false) }
            defer { state.isReliefDue = true }
            return (.queued, !state.isReliefDue)
        }
        carryOut(outcome, job)
        if isReliefNew { scheduleRelief() }
    }

    /// Gives a waiting task to a free thread, if another may run.
    private static func giveTask(_ shared: Shared, _ state: inout State) -> Handover? {
        guard !state.idle.isEmpty || state.workers.count < shared.limit,
            let task = state.popTask(limit: maximumTasks)
        else { return nil }
        return give(task, isTask: true, shared, &state)
    }

    /// Gives a job to an idle or a new thread; nil if there is none.
    private static func give(_ job: @escaping Job, isTask: Bool, _ shared: Shared, _ state: inout State) -> Handover? {
        let began = isTask ? DispatchTime.now().uptimeNanoseconds : nil
        if let index = state.idle.popLast() {
            (state.workers[index].job, state.workers[index].taskBegan) = (job, began)
            return .given(state.workers[index].signal)
        }
        guard state.workers.count < shared.limit else { return nil }
        state.workers.append(Worker(job: job, taskBegan: began))
        // Entered here, so that `close` waits for the new thread.
        shared.running.enter()
        return .started(state.workers.count - 1)
    }

    private func carryOut(_ outcome: Handover, _ job: Job) {
        switch outcome {
        case .given(let signal): signal.signal()
        case .started(let index): start(index)
        case .queued: break
        case .refused(let error): job(.failure(error))
        }
    }

    private func scheduleRelief() {
        DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(Int(Self.longRun))) { [weak self] in
            self?.relieve()
        }
    }

    /// Lets a waiting task run on a free thread beside tasks that have run for long.
    private func relieve() {
        let (outcome, isDue) = shared.state.withLock { [shared] state -> (Handover, Bool) in
            let handover = state.isClosed ? nil : Self.giveTask(shared, &state)
            state.isReliefDue = !state.isClosed && state.tasks.count > 0
            return (handover ?? .queued, state.isReliefDue)
        }
        carryOut(outcome) { _ in }
        if isDue { scheduleRelief() }
    }

    private func start(_ index: Int) {
        let shared = shared
        let thread = Thread {
            Self.work(shared, index)
            shared.running.leave()
        }
        thread.name = "store-read-\(index)"
        thread.start()
    }

    /// The main loop of a thread.
    private static func work(_ shared: Shared, _ index: Int) {
        let connection = Result { try shared.open() }
        let own = ReadingThread(pool: shared, connection: connection)
        own.enter()
        defer { withExtendedLifetime(own) {} }
        let signal = shared.state.withLock { $0.workers[index].signal }
        while true {
            let (job, isEnd) = shared.state.withLock { state -> (Job?, Bool) in
                if let job = state.workers[index].job {
                    state.workers[index].job = nil
                    return (job, false)
                }
                state.workers[index].taskBegan = nil
                if let job = state.popJob(for: index, limit: maximumTasks) { return (job, false) }
                if !state.isClosed { state.idle.append(index) }
                return (nil, state.isClosed)
            }
            if let job {
                job(connection)
            } else if isEnd {
                break
            } else {
                signal.wait()
            }
        }
        if case .success(let connection) = connection { connection.close() }
    }
}

extension ReaderThreads: TaskExecutor {
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // After the pool has closed, the job runs on the calling thread: by then tasks only finish.
        handTask { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// The pool and the connection of a reading thread.
private final class ReadingThread {
    let pool: AnyObject
    let connection: Result<any ReadConnection, any Error>

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        precondition(pthread_key_create(&key, nil) == 0, "the process has no thread-specific key left")
        return key
    }()

    init(pool: AnyObject, connection: Result<any ReadConnection, any Error>) {
        (self.pool, self.connection) = (pool, connection)
    }

    /// The state of the calling thread; nil if it is not a reading thread.
    static var current: ReadingThread? {
        pthread_getspecific(key).map { Unmanaged<ReadingThread>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Attaches this state to the calling thread, which has to keep it alive.
    func enter() { pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque()) }
}
