import Foundation
import SQLiteStorage
import Storage
import Synchronization
import Testing

/// What was deleted is in no file of the store, whatever the trees of the database did meanwhile.
@Suite struct ErasureFromFilesTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("erasing-\(UUID().uuidString)")

    private func open() throws -> Store {
        try Store(
            folder: folder,
            migrations: [
                Migration(
                    "things-1",
                    [
                        "CREATE TABLE things (person TEXT NOT NULL, id BIGINT NOT NULL, text TEXT, PRIMARY KEY (person, id))",
                        "CREATE INDEX things_by_text ON things (text)",
                        "CREATE TABLE notes (id BIGINT NOT NULL PRIMARY KEY, text TEXT)",
                    ]
                )
            ]
        )
    }

    private func count(_ text: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).reduce(0) {
            sum,
            file in
            let data = try Data(contentsOf: file)
            var (count, start) = (0, data.startIndex)
            while let range = data.range(of: Data(text.utf8), in: start..<data.endIndex) {
                (count, start) = (count + 1, range.upperBound)
            }
            return sum + count
        }
    }

    /// Rows of many people of all sizes, mixed, which makes pages split and rows move.
    private func fill(_ store: Store, seed: UInt64) async throws {
        var generator = SplitMix(state: seed)
        for batch in 0..<20 {
            let rows = (0..<60).map { row -> (Int, Int, Int, Int64) in
                (
                    Int.random(in: 0..<12, using: &generator), batch * 60 + row,
                    [0, 10, 100, 600, 5_000].randomElement(using: &generator) ?? 0,
                    Int64.random(in: 0..<1_000_000_000, using: &generator)
                )
            }
            try await store.write(durability: .process) { transaction in
                for (person, id, length, number) in rows {
                    let text = "PLANTED\(person)X\(id)" + String(repeating: "y", count: length)
                    try transaction.execute(
                        "INSERT INTO things (person, id, text) VALUES ($1, $2, $3)",
                        [.text("person\(person)"), .integer(Int64(id)), .text(text)]
                    )
                    try transaction.execute(
                        "INSERT INTO notes (id, text) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
                        [.integer(number), .text(text)]
                    )
                }
            }
        }
    }

    private func erase(_ person: Int, in store: Store) async throws {
        try await store.write { transaction in
            try transaction.execute("DELETE FROM things WHERE person = $1", [.text("person\(person)")])
            try transaction.execute("UPDATE notes SET text = '' WHERE text LIKE $1", [.text("PLANTED\(person)X%")])
            try Store.requestErasureFromFiles(in: transaction)
        }
    }

    @Test(arguments: [1, 2, 3]) func `no byte of it is left, and the others have lost nothing`(
        seed: UInt64
    ) async throws {
        let store = try open()
        try await fill(store, seed: seed)
        let texts = { (transaction: ReadTransaction) in
            try transaction.rows("SELECT text FROM things WHERE person <> 'person3' ORDER BY person, id") {
                try $0.text("text")
            }
        }
        let others = try store.readNow(texts)
        try await erase(3, in: store)
        #expect(try await files(store).eraseFromFiles(within: .seconds(30)))
        #expect(try count("PLANTED3X") == 0)
        #expect(try store.readNow(texts) == others)
        #expect(try await !files(store).isErasurePending())
        try await store.checkIntegrity()
        #expect(store.damage == nil)
    }

    @Test func `nothing comes back when the others go on writing`() async throws {
        let store = try open()
        try await fill(store, seed: 4)
        for person in 0..<6 {
            try await erase(person, in: store)
            async let writing: Void = fill(store, more: person)
            while try await !files(store).eraseFromFiles(within: .milliseconds(20)) {}
            try await writing
        }
        try await files(store).checkpoint()
        for person in 0..<6 { #expect(try count("PLANTED\(person)X") == 0, "\(person)") }
        try await store.checkIntegrity()
        #expect(store.damage == nil)
    }

    /// Further rows of somebody else.
    private func fill(_ store: Store, more: Int) async throws {
        for number in 0..<200 {
            try await store.write(durability: .process) { transaction in
                try transaction.execute(
                    "INSERT INTO things (person, id, text) VALUES ($1, $2, $3)",
                    [
                        .text("person\(number % 12)z"), .integer(Int64(more * 1_000 + number)),
                        .text(String(repeating: "w", count: number * 7 % 900)),
                    ]
                )
            }
        }
    }

    @Test func `a reader is not waited for, no writer waits, and it is done when the reader is`() async throws {
        let store = try open()
        try await fill(store, seed: 5)
        let other = try open()
        try await other.read { transaction in
            // Another connection reads meanwhile, as another process might; its view begins with the first statement.
            _ = try transaction.first("SELECT count(*) AS count FROM notes") { try $0.integer("count") }
            let outcome = try Self.waiting {
                try await erase(3, in: store)
                let start = ContinuousClock.now
                let isDone = try await files(store).eraseFromFiles(within: .milliseconds(50))
                try await store.write { try $0.execute("INSERT INTO notes (id, text) VALUES (-1, 'written')") }
                return (isDone, ContinuousClock.now - start)
            }
            #expect(!outcome.0 && outcome.1 < .seconds(5))
        }
        #expect(try await files(store).isErasurePending())
        #expect(try count("PLANTED3X") > 0)
        #expect(try await files(store).eraseFromFiles(within: .seconds(30)))
        #expect(try count("PLANTED3X") == 0)
    }

    /// Runs asynchronous work and waits for it, outside of any task.
    private static func waiting<T: Sendable>(_ body: @Sendable @escaping () async throws -> T) throws -> T {
        let (semaphore, box) = (DispatchSemaphore(value: 0), Box<T>())
        Task {
            do { box.put(.success(try await body())) } catch { box.put(.failure(error)) }
            semaphore.signal()
        }
        semaphore.wait()
        return try box.take()
    }

    @Test func `what was not finished is gone on with by the next process`() async throws {
        let first = try open()
        try await fill(first, seed: 6)
        try await erase(3, in: first)
        try first.close()
        let second = try open()
        #expect(try await files(second).isErasurePending())
        #expect(try await files(second).eraseFromFiles(within: .seconds(30)))
        #expect(try count("PLANTED3X") == 0)
    }

    @Test func `a backup has nothing in it that was deleted`() async throws {
        let store = try open()
        try await fill(store, seed: 7)
        try await store.write { _ = try $0.execute("DELETE FROM things WHERE person = 'person3'") }
        try await store.write { _ = try $0.execute("DELETE FROM notes") }
        let copy = folder.appendingPathComponent("copy.sqlite")
        try files(store).backup(to: copy.path)
        #expect(try Data(contentsOf: copy).range(of: Data("PLANTED3X".utf8)) == nil)
    }
}

private final class Box<T: Sendable>: Sendable {
    private let value = Mutex<Result<T, any Error>?>(nil)
    func put(_ result: Result<T, any Error>) { value.withLock { $0 = result } }
    func take() throws -> T {
        guard let result = value.withLock({ $0 }) else { throw CancellationError() }
        return try result.get()
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
