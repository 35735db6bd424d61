import Dispatch
import Foundation
import Storage
import Synchronization
import TestStores
import Testing

/// The threads on which a store reads and writes, and what waits for them.
@Suite(.timeLimit(.minutes(2))) struct ThreadTests {
    private static let migrations = [
        Migration("things-1", ["CREATE TABLE things (id BIGINT NOT NULL PRIMARY KEY)"])
    ]

    private func open(_ engine: TestEngine) throws -> Store { try engine.place().open(Self.migrations) }

    /// How many reads a store runs at once, and how many may wait beside them.
    private static let (readers, waiting) = (Store.maximumReaders, 10_000)

    @Test(arguments: TestEngine.all)
    func `many more handlers than readers, which read and write in turn, all come to an end`(
        engine: TestEngine
    ) async throws {
        let store = try open(engine)
        try await withThrowingTaskGroup { group in
            for number in Int64(0)..<2_000 {
                group.addTask {
                    for _ in 0..<3 { _ = try await store.read { try Store.current("other", in: $0) } }
                    try await store.write(durability: .process) { transaction in
                        try transaction.execute("INSERT INTO things (id) VALUES ($1)", [.integer(number)])
                    }
                    return try await store.read { transaction in
                        try transaction.first("SELECT id FROM things WHERE id = $1", [.integer(number)]) { _ in true }
                    }
                }
            }
            for try await isThere in group { #expect(isThere == true) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `no task of Swift's waits while all readers are busy`(engine: TestEngine) async throws {
        let store = try open(engine)
        let (isHeld, hold) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        try await withThrowingTaskGroup { group in
            for _ in 0..<Self.readers {
                group.addTask {
                    try await store.read { _ in
                        isHeld.signal()
                        hold.wait()
                    }
                }
            }
            // More than Swift has threads; each would keep one if reading did.
            for _ in 0..<200 { group.addTask { _ = try await store.read { try Store.current("other", in: $0) } } }
            await Self.wait(for: isHeld, count: Self.readers)
            // Writers go on, and so does everything else.
            try await store.write(durability: .process) { try $0.execute("INSERT INTO things (id) VALUES (1)") }
            for _ in 0..<Self.readers { hold.signal() }
            try await group.waitForAll()
        }
    }

    @Test(arguments: TestEngine.all)
    func `a read is refused as busy where too many wait, and only then`(engine: TestEngine) async throws {
        let store = try open(engine)
        let (isHeld, hold) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let (done, refused) = (Tally(), Tally())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.readers {
                group.addTask {
                    try? await store.read { _ in
                        isHeld.signal()
                        hold.wait()
                    }
                }
            }
            await Self.wait(for: isHeld, count: Self.readers)
            for _ in 0..<Self.waiting + 5 {
                group.addTask {
                    do {
                        try await store.read { _ in _ = done.next() }
                    } catch let error as StorageError where error.code == .busy {
                        // All that may wait do: the others may go on.
                        if refused.next() == 5 {
                            for _ in 0..<Self.readers { hold.signal() }
                        }
                    } catch {
                        Issue.record(error)
                    }
                }
            }
            await group.waitForAll()
        }
        #expect(done.count == Self.waiting)
        #expect(refused.count == 5)
    }

    @Test(arguments: TestEngine.all)
    func `a task that runs on the store's threads reads and writes beside many others`(engine: TestEngine) async throws
    {
        let store = try open(engine)
        try await withThrowingTaskGroup { group in
            for number in Int64(0)..<1_000 {
                group.addTask(executorPreference: store.executor) {
                    let before = try await store.read { try Store.current("other", in: $0) }
                    try await store.write(durability: .process) { transaction in
                        _ = try Store.next("other", in: transaction)
                        try transaction.execute("INSERT INTO things (id) VALUES ($1)", [.integer(number)])
                    }
                    await Task.yield()
                    return try await store.read { try Store.current("other", in: $0) } > before
                }
            }
            for try await hasGrown in group { #expect(hasGrown) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `tasks that block for long do not hold up the others while there are threads left`(
        engine: TestEngine
    ) async throws {
        let store = try open(engine)
        let (isHeld, hold) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        @Sendable func block() {
            isHeld.signal()
            hold.wait()
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.readers - 1 { group.addTask(executorPreference: store.executor) { block() } }
            await Self.wait(for: isHeld, count: Self.readers - 1)
            // It can only be done by a task that runs beside them.
            group.addTask(executorPreference: store.executor) {
                for _ in 0..<Self.readers - 1 { hold.signal() }
            }
            await group.waitForAll()
        }
    }

    @Test(arguments: TestEngine.all)
    func `a task on a thread of one store reads another one all the same`(engine: TestEngine) async throws {
        let store = try open(engine)
        let other = try engine.place().open()
        try await other.write { _ = try Store.next("other", count: 7, in: $0) }
        let counts = try await withTaskExecutorPreference(store.executor) {
            [
                try await other.read { try Store.current("other", in: $0) },
                try await store.read { try Store.current("other", in: $0) },
            ]
        }
        #expect(counts == [7, 0])
    }

    @Test(arguments: TestEngine.all)
    func `a read whose task is cancelled ends at once, and the next one on the connection is not hit`(
        engine: TestEngine
    )
        async throws
    {
        let store = try open(engine)
        let isRunning = DispatchSemaphore(value: 0)
        let endless = Task {
            try await store.read { transaction in
                isRunning.signal()
                try transaction.forEach(
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS i FROM n"
                ) { _ in }
            }
        }
        await Self.wait(for: isRunning, count: 1)
        endless.cancel()
        await #expect(throws: CancellationError.self) { try await endless.value }
        #expect(try await store.read { try Store.current("other", in: $0) } == 0)
    }

    @Test(arguments: TestEngine.all)
    func `a read is ended by a cancellation that comes between two of its statements`(engine: TestEngine) async throws {
        let store = try open(engine)
        let (isRunning, isCancelled) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let endless = Task {
            try await store.read { transaction in
                isRunning.signal()
                isCancelled.wait()
                try transaction.forEach(
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS i FROM n"
                ) { _ in }
            }
        }
        await Self.wait(for: isRunning, count: 1)
        endless.cancel()
        isCancelled.signal()
        await #expect(throws: CancellationError.self) { try await endless.value }
        #expect(try await store.read { try Store.current("other", in: $0) } == 0)
    }

    @Test(arguments: TestEngine.all)
    func `what was handed over before a store is closed is done, what comes after is refused`(
        engine: TestEngine
    ) async throws {
        let place = try engine.place()
        let store = try place.open(Self.migrations)
        try await store.write { try $0.execute("INSERT INTO things (id) VALUES (1)") }
        _ = try await store.read { try Store.current("other", in: $0) }
        try store.close()
        await #expect { _ = try await store.read { try Store.current("other", in: $0) } } throws: {
            ($0 as? StorageError)?.code == .cannotOpen
        }
        await #expect { try await store.write { _ = try Store.next("other", in: $0) } } throws: {
            ($0 as? StorageError)?.code == .cannotOpen
        }
        #expect(
            try await place.open(Self.migrations).read { try $0.rows("SELECT id FROM things") { try $0.integer("id") } }
                == [1]
        )
    }

    /// Waits on a thread of its own, so that no task's is held.
    private static func wait(for semaphore: DispatchSemaphore, count: Int) async {
        await withCheckedContinuation { continuation in
            Thread {
                for _ in 0..<count { semaphore.wait() }
                continuation.resume()
            }.start()
        }
    }
}

/// Counts from several tasks.
private final class Tally: Sendable {
    private let number = Atomic(0)

    var count: Int { number.load(ordering: .relaxed) }

    /// Counts one more; returns how many there are with it.
    func next() -> Int { number.add(1, ordering: .relaxed).newValue }
}
