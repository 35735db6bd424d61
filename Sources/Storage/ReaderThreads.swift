import Dispatch
import Foundation
internal import GRDB
import Synchronization

/// The threads that read the database, each with its own connection; tasks may run on them as their executor.
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
final class ReaderThreads: Sendable {
    /// The maximum number of waiting reads.
    static let maximumWaiting = 10_000

    /// A read: it is called with a connection, or with the reason why there is none.
    private typealias Job = @Sendable (Result<DatabaseQueue, any Error>) -> Void

    private struct Worker {
        /// Signalled when there is a read for the thread, and when the pool closes.
        let signal = DispatchSemaphore(value: 0)
        var job: Job?
    }

    private struct State {
        var workers: [Worker] = []
        /// The idle workers; the last one became idle last.
        var idle: [Int] = []
        var waiting = FIFO<Job>()
        var isClosed = false
    }

    /// The state that the threads share; it does not keep the pool alive.
    private final class Shared: Sendable {
        let path: String
        let limit: Int
        let state = Mutex(State())
        let running = DispatchGroup()

        init(path: String, limit: Int) { (self.path, self.limit) = (path, limit) }
    }

    private let shared: Shared

    /// Creates a pool of at most `limit` threads for the database at `path`; they are started on demand.
    init(path: String, limit: Int) { shared = Shared(path: path, limit: limit) }

    deinit { end() }

    /// Runs `body` on one of the threads: on the calling thread if it is one of them, otherwise on the next free one.
    ///
    /// - Throws: ``StorageError`` `busy` if too many reads wait, `cannotOpen`; `CancellationError`; what `body` throws.
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

    /// Reads on the calling thread, which owns the connection.
    private static func read<T>(
        _ connection: Result<DatabaseQueue, any Error>,
        _ stop: ReadStop,
        _ body: (Database) throws -> T
    ) throws -> T {
        let connection = try connection.get()
        return try connection.unsafeRead { try stop.watching($0, of: connection, body) }
    }

    /// Ends the threads after the reads already accepted, and closes their connections.
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

    /// Passes a job to a thread; part of a task (`isTask`) is never refused.
    private func hand(isTask: Bool = false, _ job: @escaping Job) {
        let outcome = shared.state.withLock { state -> Handover in
            if state.isClosed { return .refused(Store.closed) }
            if let index = state.idle.popLast() {
                state.workers[index].job = job
                return .given(state.workers[index].signal)
            }
            if state.workers.count < shared.limit {
                state.workers.append(Worker(job: job))
                // Entered here, so that `close` waits for the new thread.
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

    /// The main loop of a thread.
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
        // After the pool has closed, the job runs on the calling thread: by then tasks only finish.
        hand(isTask: true) { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// The pool and the connection of a reading thread.
private final class ReadingThread {
    let pool: AnyObject
    let connection: Result<DatabaseQueue, any Error>

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        precondition(pthread_key_create(&key, nil) == 0, "the process has no thread-specific key left")
        return key
    }()

    init(pool: AnyObject, connection: Result<DatabaseQueue, any Error>) {
        (self.pool, self.connection) = (pool, connection)
    }

    /// The state of the calling thread; nil if it is not a reading thread.
    static var current: ReadingThread? {
        pthread_getspecific(key).map { Unmanaged<ReadingThread>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Attaches this state to the calling thread, which has to keep it alive.
    func enter() { pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque()) }
}

/// Passes the cancellation of a task on to its read, and to no other read on the same connection.
private final class ReadStop: Sendable {
    private struct State {
        var isCancelled = false
        var connection: DatabaseQueue?
    }

    private let state = Mutex(State())

    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            // Under the lock, so that it cannot hit the next read on the connection.
            state.connection?.interrupt()
        }
    }

    /// Runs a body that cancellation interrupts.
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
