import Foundation
import Storage
import Testing

@Suite struct StoreTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("storage-\(UUID().uuidString)")
    private let migrations = [
        Migration("things-1", ["CREATE TABLE things (id BIGINT NOT NULL PRIMARY KEY, name TEXT)"])
    ]

    private func open() throws -> Store { try Store(folder: folder, migrations: migrations) }

    @Test func `arguments are bound by their number, whatever their order in the text`() async throws {
        let store = try open()
        try await store.write { transaction in
            try transaction.execute("INSERT INTO things (name, id) VALUES ($2, $1)", [.integer(7), .text("seven")])
        }
        let name = try await store.read {
            try $0.first("SELECT name FROM things WHERE id = $1", [.integer(7)]) { try $0.text("name") }
        }
        #expect(name == "seven")
    }

    @Test func `what was written in bulk is in the database file, and commits go on after it`() async throws {
        let store = try open()
        try store.beginBulk()
        for number in 0..<2_500 {
            try await store.write(durability: number % 2 == 0 ? .full : .process) { transaction in
                try transaction.execute("INSERT INTO things (id, name) VALUES ($1, 'bulk')", [.integer(Int64(number))])
            }
        }
        try await store.endBulk()
        let log = folder.appendingPathComponent(StoreFile.name + "-wal").path
        let bytes = try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int
        #expect(bytes == 0)
        try await store.write { try $0.execute("INSERT INTO things (id, name) VALUES (2500, 'after')") }
        try store.close()
        let count = try open().readNow { try $0.first("SELECT count(*) AS n FROM things") { try $0.integer("n") } }
        #expect(count == 2501)
    }

    @Test func `in bulk, reads see what others do not see yet, and a body that throws is undone alone`() async throws {
        let store = try open()
        let other = try open()
        try store.beginBulk()
        let topic = "things"
        for number in 0..<10 {
            try await store.write { transaction in
                try transaction.execute("INSERT INTO things (id, name) VALUES ($1, 'bulk')", [.integer(Int64(number))])
                try Store.touch(topic, in: transaction)
            }
        }
        await #expect(throws: CancellationError.self) {
            try await store.write { transaction in
                try transaction.execute("DELETE FROM things")
                try Store.touch(topic, in: transaction)
                throw CancellationError()
            }
        }
        #expect(try await count(in: store) == 10)
        #expect(try await store.revisions()[topic] == 10)
        #expect(try await count(in: other) == 0)
        #expect(try await other.revisions()[topic] == 0)
        // A body that reads with the blocking call sees what it has written itself.
        let seen = try store.writeNow { transaction in
            try transaction.execute("DELETE FROM things WHERE id = 3")
            return try store.readNow { try $0.first("SELECT count(*) AS n FROM things") { try $0.integer("n") } }
        }
        #expect(seen == 9)
        try await store.endBulk()
        #expect(try await count(in: other) == 9)
        #expect(try await other.revisions()[topic] == 10)
        try await other.write { try Store.touch(topic, in: $0) }
        #expect(try await store.revisions()[topic] == 11)
    }

    private func count(in store: Store) async throws -> Int64? {
        try await store.read { try $0.first("SELECT count(*) AS n FROM things") { try $0.integer("n") } }
    }

    @Test(.timeLimit(.minutes(2))) func `reads that block their thread go on beside many that do not`() async throws {
        let store = try open()
        try await withThrowingTaskGroup { group in
            for _ in 0..<200 {
                group.addTask {
                    let waited = try await store.read { try $0.first("SELECT 1 AS one") { try $0.integer("one") } }
                    let blocked = try store.readNow { try $0.first("SELECT 1 AS one") { try $0.integer("one") } }
                    return waited == 1 && blocked == 1
                }
            }
            for try await isRead in group { #expect(isRead) }
        }
    }

    @Test func `a dollar in quotes is no parameter`() throws {
        let store = try open()
        let text = try store.readNow {
            try $0.first("SELECT 'it costs $1' AS said WHERE $1 = 5", [.integer(5)]) { try $0.text("said") }
        }
        #expect(text == "it costs $1")
    }

    @Test func `a write that throws leaves nothing behind`() async throws {
        struct Refused: Error {}
        let store = try open()
        await #expect(throws: Refused.self) {
            try await store.write { transaction in
                try transaction.execute("INSERT INTO things (id) VALUES ($1)", [.integer(1)])
                throw Refused()
            }
        }
        let count = try await store.read {
            try $0.first("SELECT count(*) AS count FROM things") { try $0.integer("count") }
        }
        #expect(count == 0)
    }

    @Test func `changes are followed in commit order and only the latest of a key is kept`() throws {
        let store = try open()
        try store.writeNow { transaction throws in
            try Store.recordChanges(topic: "articles", keys: ["a", "b", "a"], in: transaction)
            try Store.recordChanges(topic: "other", keys: ["a"], in: transaction)
        }
        let changes = try store.readNow { try Store.changes(after: 0, topic: "articles", limit: 10, in: $0) }
        #expect(changes.map(\.key) == ["b", "a"])
        #expect(changes.map(\.sequence) == [2, 3])
        let later = try store.readNow { try Store.changes(after: 2, topic: "articles", limit: 10, in: $0) }
        #expect(later.map(\.key) == ["a"])
    }

    @Test func `the commit mark changes when somebody has committed, and only then`() throws {
        let store = try open()
        let before = store.commitMark
        #expect(store.commitMark == before)
        try store.writeNow(durability: .process) {
            try $0.execute("INSERT INTO things (id) VALUES ($1)", [.integer(1)])
        }
        #expect(store.commitMark != before)
    }

    @Test func `what one store commits another on the same folder sees`() throws {
        let (first, second) = (try open(), try open())
        try first.writeNow { try $0.execute("INSERT INTO things (id) VALUES ($1)", [.integer(5)]) }
        #expect(try second.readNow { try $0.first("SELECT id FROM things") { try $0.integer("id") } } == 5)
    }

    @Test func `a folder written by a newer version is refused`() throws {
        _ = try Store(
            folder: folder,
            migrations: migrations + [Migration("things-2", ["CREATE TABLE more (id BIGINT)"])]
        )
        #expect { _ = try open() } throws: { ($0 as? StorageError)?.code == .newerSchema }
    }

    @Test func `a file that is no database is refused`() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(repeating: 0x41, count: 8_192).write(to: folder.appendingPathComponent("frontline.sqlite"))
        #expect { _ = try open() } throws: { ($0 as? StorageError)?.code == .corrupt }
    }

    @Test func `a violated key is a constraint error`() throws {
        let store = try open()
        try store.writeNow { try $0.execute("INSERT INTO things (id) VALUES ($1)", [.integer(1)]) }
        #expect {
            try store.writeNow { try $0.execute("INSERT INTO things (id) VALUES ($1)", [.integer(1)]) }
        } throws: { ($0 as? StorageError)?.code == .constraint }
    }

    @Test func `a backup is a complete store`() throws {
        let store = try open()
        try store.writeNow {
            try $0.execute("INSERT INTO things (id, name) VALUES ($1, $2)", [.integer(1), .text("one")])
        }
        let copy = folder.appendingPathComponent("copy")
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        try store.backup(to: copy.appendingPathComponent("frontline.sqlite").path)
        let restored = try Store(folder: copy, migrations: migrations)
        #expect(try restored.readNow { try $0.first("SELECT name FROM things") { try $0.text("name") } } == "one")
    }

    @Test func `writers at once are committed together and each is undone alone`() async throws {
        struct Refused: Error {}
        let store = try open()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do {
                        let written = try await store.write { transaction in
                            try transaction.execute("INSERT INTO things (id) VALUES ($1)", [.integer(Int64(number))])
                            if number.isMultiple(of: 3) { throw Refused() }
                            return number
                        }
                        return written == number
                    } catch {
                        return number.isMultiple(of: 3) && error is Refused
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes == Array(repeating: true, count: 200))
        let kept = try store.readNow { try $0.rows("SELECT id FROM things ORDER BY id") { try $0.integer("id") } }
        #expect(kept == (0..<200).filter { !$0.isMultiple(of: 3) }.map(Int64.init))
    }

    @Test func `a commit is signalled to those who wait for the log that it adds to`() async throws {
        let store = try open()
        let (news, others) = (store.commits(to: "things"), store.commits(to: "people"))
        let count = Task { await news.reduce(0) { sum, _ in sum + 1 } }
        var other = others.makeAsyncIterator()
        try await store.write { try $0.execute("INSERT INTO things (id) VALUES (1)") }
        try await store.write { transaction in
            try transaction.execute("INSERT INTO things (id) VALUES (2)")
            transaction.announce("people")
        }
        // Signals come in the order of the commits: had the log of things any, it would have been before this one.
        #expect(await other.next() != nil)
        count.cancel()
        #expect(await count.value == 0)
    }

    @Test func `a read within a read has the same view`() throws {
        let store = try open()
        let count = { (transaction: ReadTransaction) in
            try transaction.first("SELECT count(*) AS count FROM things") { try $0.integer("count") }
        }
        let counts = try store.readNow { outer throws in
            let before = try count(outer)
            try store.writeNow { try $0.execute("INSERT INTO things (id) VALUES (1)") }
            return [before, try store.readNow(count), try count(outer)]
        }
        #expect(counts == [0, 0, 0])
        #expect(try store.readNow(count) == 1)
    }

    @Test func `the log is kept short beside the writer, which loses nothing`() async throws {
        let store = try open()
        let checkpointer = try store.takeOverCheckpoints()
        let name = String(repeating: "x", count: 100_000)
        for number in 1...400 {
            try await store.write(durability: .process) { transaction in
                try transaction.execute(
                    "INSERT INTO things (id, name) VALUES ($1, $2)",
                    [.integer(Int64(number)), .text(name)]
                )
            }
            if number.isMultiple(of: 10) { try await checkpointer.run() }
        }
        let log = folder.appendingPathComponent("frontline.sqlite-wal").path
        let size = try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int ?? .max
        #expect(size < 24 << 20, "of 40 MB written, the log never holds much more than 16")
        try store.close()
        let count = try open().readNow {
            try $0.first("SELECT count(*) AS count FROM things") { try $0.integer("count") }
        }
        #expect(count == 400)
    }
}
