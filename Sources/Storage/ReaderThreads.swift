import Dispatch
import Foundation
internal import GRDB
import Synchronization

/// The threads that read, each with a connection of its own, and on which tasks that read may run altogether.
///
/// Swift's cooperative threads are as many as there are processors. One that waits for a disk, for a lock or for a connection
/// is missing from every task of the program, and when all of them wait for what only another task can give back, the program
/// stands still. So no cooperative thread reads: a task hands its read over and is resumed with the result. Who waits for a
/// thread holds none.
///
/// - A read goes to the idle thread that worked last: its connection has the statements and pages at hand.
/// - A thread is started when a read comes while all others are busy, up to the limit.
/// - When all are busy, reads wait in the order in which they came. What is more than ``maximumWaiting`` is refused as
///   `busy` at once: it would be answered long after anybody wants to know.
/// - A read whose task is cancelled is not begun, or interrupted.
/// - A task that prefers these threads as its executor reads where it is: nobody has to be woken for it, and its result does
///   not wait behind the work of others. Such a task gives its thread back wherever it waits for anything but a read.
final class ReaderThreads: Sendable {
    /// How many reads may wait.
    static let maximumWaiting = 10_000

    /// A read that waits for a thread or has one: runs on a connection, or fails with why there is none.
    private typealias Job = @Sendable (Result<DatabaseQueue, any Error>) -> Void

    private struct Worker {
        /// Given when there is a read for it, and at the end.
        let signal = DispatchSemaphore(value: 0)
        var job: Job?
    }

    private struct State {
        var workers: [Worker] = []
        /// The workers that wait for a read, the one that worked last at the end.
        var idle: [Int] = []
        var waiting = FIFO<Job>()
        var isClosed = false
    }

    /// What the threads share; they do not keep the owner alive.
    private final class Shared: Sendable {
        let path: String
        let limit: Int
        let state = Mutex(State())
        let running = DispatchGroup()

        init(path: String, limit: Int) { (self.path, self.limit) = (path, limit) }
    }

    private let shared: Shared

    /// Makes a pool of at most `limit` threads for the database at `path`, none of which is started yet.
    init(path: String, limit: Int) { shared = Shared(path: path, limit: limit) }

    deinit { end() }

    /// Runs `body` on one of the threads: the calling one, where it is one of them, else the next that is free.
    ///
    /// - Throws: ``StorageError`` `busy` when too many wait, `cannotOpen`; `CancellationError`; what `body` throws.
    func run<T: Sendable>(_ body: @Sendable @escaping (Database) throws -> T) async throws -> T {
        try Task.checkCancellation()
        let stop = ReadStop()
        return try await withTaskCancellationHandler {
            if let own = ReadingThread.current, own.pool === shared {
                return try Self.read(own.connection, stop, body)
            }
            return try await withCheckedThrowingContinuation { continuation in
                hand { connection in
                    continuation.resume(with: Result { try Self.read(connection, stop, body) })
                }
            }
        } onCancel: {
            stop.cancel()
        }
    }

    /// Reads on the calling thread, whose connection it is.
    private static func read<T>(
        _ connection: Result<DatabaseQueue, any Error>,
        _ stop: ReadStop,
        _ body: (Database) throws -> T
    ) throws -> T {
        let connection = try connection.get()
        return try connection.unsafeRead { try stop.watching($0, of: connection, body) }
    }

    /// Ends the threads once they have done what was handed to them, and closes their connections.
    func close() {
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

    /// Gives a job to a thread; a part of a task (`isTask`) can neither be refused nor fail.
    private func hand(isTask: Bool = false, _ job: @escaping Job) {
        let outcome = shared.state.withLock { state -> Handover in
            if state.isClosed { return .refused(Store.closed) }
            if let index = state.idle.popLast() {
                state.workers[index].job = job
                return .given(state.workers[index].signal)
            }
            if state.workers.count < shared.limit {
                state.workers.append(Worker(job: job))
                // Here, so that whoever closes the pool waits for it.
                shared.running.enter()
                return .started(state.workers.count - 1)
            }
            guard isTask || state.waiting.count < Self.maximumWaiting else {
                return .refused(StorageError(code: .busy, message: "\(Self.maximumWaiting) reads are waiting already"))
            }
            state.waiting.append(job)
            return .queued
        }
        switch outcome {
        case .given(let signal): signal.signal()
        case .started(let index): start(index)
        case .queued: break
        case .refused(let error): job(.failure(error))
        }
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

    /// What a thread does from its start to its end.
    private static func work(_ shared: Shared, _ index: Int) {
        let connection = Result { try Self.open(shared.path) }
        let own = ReadingThread(pool: shared, connection: connection)
        own.enter()
        defer { withExtendedLifetime(own) {} }
        let signal = shared.state.withLock { $0.workers[index].signal }
        while true {
            let (job, isEnd) = shared.state.withLock { state -> (Job?, Bool) in
                if let job = state.workers[index].job ?? state.waiting.popFirst() {
                    state.workers[index].job = nil
                    return (job, false)
                }
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
        try? connection.get().close()
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = -16000")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}

extension ReaderThreads: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // After the end it is run where it came from: what is left then only finishes.
        hand(isTask: true) { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// What a thread of a pool knows of itself.
private final class ReadingThread {
    let pool: AnyObject
    let connection: Result<DatabaseQueue, any Error>

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        precondition(pthread_key_create(&key, nil) == 0, "a process has room for one more key")
        return key
    }()

    init(pool: AnyObject, connection: Result<DatabaseQueue, any Error>) {
        (self.pool, self.connection) = (pool, connection)
    }

    /// The one of the calling thread; nil on any other thread.
    static var current: ReadingThread? {
        pthread_getspecific(key).map { Unmanaged<ReadingThread>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Makes it the calling thread's, which has to keep it.
    func enter() { pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque()) }
}

/// Carries the cancellation of a task to the read that it waits for, and to no other on the same connection.
private final class ReadStop: Sendable {
    private struct State {
        var isCancelled = false
        var connection: DatabaseQueue?
    }

    private let state = Mutex(State())

    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            // Under the lock, so that the read has not ended and another begun.
            state.connection?.interrupt()
        }
    }

    /// Runs a body that a cancellation interrupts.
    func watching<T>(
        _ database: Database,
        of connection: DatabaseQueue,
        _ body: (Database) throws -> T
    ) throws -> T {
        try state.withLock { state in
            if state.isCancelled { throw CancellationError() }
            state.connection = connection
        }
        defer { state.withLock { $0.connection = nil } }
        do {
            return try body(database)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
            throw CancellationError()
        }
    }
}
