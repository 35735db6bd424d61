import Storage
import TestStores
import Testing

@Suite struct StoreTests {
    private static let migrations = [
        Migration("things-1", ["CREATE TABLE things (id BIGINT NOT NULL PRIMARY KEY, name TEXT)"])
    ]

    private func open(_ engine: TestEngine) throws -> Store { try engine.place().open(Self.migrations) }

    @Test(arguments: TestEngine.all) func `arguments are bound by their number, whatever their order in the text`(
        engine: TestEngine
    ) async throws {
        let store = try open(engine)
        try await store.write { transaction in
            try transaction.execute("INSERT INTO things (name, id) VALUES ($2, $1)", [.integer(7), .text("seven")])
        }
        let name = try await store.read {
            try $0.first("SELECT name FROM things WHERE id = $1", [.integer(7)]) { try $0.text("name") }
        }
        #expect(name == "seven")
    }

    @Test(.timeLimit(.minutes(2)), arguments: TestEngine.all)
    func `reads that block their thread go on beside many that do not`(engine: TestEngine) async throws {
        let store = try open(engine)
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

    @Test(arguments: TestEngine.all) func `a dollar in quotes is no parameter`(engine: TestEngine) throws {
        let store = try open(engine)
        let text = try store.readNow {
            try $0.first("SELECT 'it costs $1' AS said WHERE $1 = 5", [.integer(5)]) { try $0.text("said") }
        }
        #expect(text == "it costs $1")
    }

    @Test(arguments: TestEngine.all) func `a write that throws leaves nothing behind`(engine: TestEngine) async throws {
        struct Refused: Error {}
        let store = try open(engine)
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

    @Test(arguments: TestEngine.all) func `changes are followed in commit order and only the latest of a key is kept`(
        engine: TestEngine
    ) throws {
        let store = try open(engine)
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

    @Test(arguments: TestEngine.all) func `the commit mark changes when somebody has committed, and only then`(
        engine: TestEngine
    ) throws {
        let store = try open(engine)
        let before = store.commitMark
        #expect(store.commitMark == before)
        try store.writeNow(durability: .process) {
            try $0.execute("INSERT INTO things (id) VALUES ($1)", [.integer(1)])
        }
        #expect(store.commitMark != before)
    }

    @Test(arguments: TestEngine.all) func `what one store commits another on the same folder sees`(
        engine: TestEngine
    ) throws {
        let place = try engine.place()
        let (first, second) = (try place.open(Self.migrations), try place.open(Self.migrations))
        try first.writeNow { try $0.execute("INSERT INTO things (id) VALUES ($1)", [.integer(5)]) }
        #expect(try second.readNow { try $0.first("SELECT id FROM things") { try $0.integer("id") } } == 5)
    }

    @Test(arguments: TestEngine.all) func `a store written by a newer version is refused`(engine: TestEngine) throws {
        let place = try engine.place()
        _ = try place.open(Self.migrations + [Migration("things-2", ["CREATE TABLE more (id BIGINT)"])])
        #expect { _ = try place.open(Self.migrations) } throws: { ($0 as? StorageError)?.code == .newerSchema }
    }

    @Test(arguments: TestEngine.all) func `a violated key is a constraint error`(engine: TestEngine) throws {
        let store = try open(engine)
        try store.writeNow { try $0.execute("INSERT INTO things (id) VALUES ($1)", [.integer(1)]) }
        #expect {
            try store.writeNow { try $0.execute("INSERT INTO things (id) VALUES ($1)", [.integer(1)]) }
        } throws: { ($0 as? StorageError)?.code == .constraint }
    }

    @Test(arguments: TestEngine.all) func `writers at once are committed together and each is undone alone`(
        engine: TestEngine
    ) async throws {
        struct Refused: Error {}
        let store = try open(engine)
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

    @Test(arguments: TestEngine.all) func `a commit is signalled to those who wait for the log that it adds to`(
        engine: TestEngine
    ) async throws {
        let store = try open(engine)
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

    @Test(arguments: TestEngine.all) func `a read within a read has the same view`(engine: TestEngine) throws {
        let store = try open(engine)
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

    @Test(arguments: TestEngine.all)
    func `what is posted is seen by the statements after it and by the commit`(engine: TestEngine) async throws {
        let store = try open(engine)
        let counts = try await store.write { transaction in
            try (0..<200).map { number in
                try transaction.post("INSERT INTO things (id) VALUES ($1)", [.integer(Int64(number))])
                guard number.isMultiple(of: 70) else { return Int64(number) }
                return try transaction.first("SELECT count(*) AS count FROM things") { try $0.integer("count") } ?? -1
            }
        }
        #expect(counts == (0..<200).map { $0.isMultiple(of: 70) ? $0 + 1 : $0 })
        let kept = try store.readNow { try $0.rows("SELECT id FROM things ORDER BY id") { try $0.integer("id") } }
        #expect(kept == Array(0..<200))
    }

    @Test(arguments: TestEngine.all, [1, 100])
    func `a posted statement that fails undoes its own body and no other`(engine: TestEngine, writers: Int) async throws
    {
        let store = try open(engine)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<writers {
                group.addTask {
                    do {
                        try await store.write { transaction in
                            try transaction.execute("INSERT INTO things (id) VALUES ($1)", [.integer(Int64(number))])
                            // The same key again; nothing after it asks for an answer.
                            guard number.isMultiple(of: 3) else { return }
                            try transaction.post("INSERT INTO things (id) VALUES ($1)", [.integer(Int64(number))])
                        }
                        return !number.isMultiple(of: 3)
                    } catch {
                        return number.isMultiple(of: 3) && (error as? StorageError)?.code == .constraint
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes == Array(repeating: true, count: writers))
        let kept = try store.readNow { try $0.rows("SELECT id FROM things ORDER BY id") { try $0.integer("id") } }
        #expect(kept == (0..<writers).filter { !$0.isMultiple(of: 3) }.map(Int64.init))
    }

    @Test(arguments: TestEngine.all)
    func `a body that throws after it has posted leaves nothing`(engine: TestEngine) async throws {
        struct Refused: Error {}
        let store = try open(engine)
        await withTaskGroup { group in
            for number in 0..<50 {
                group.addTask {
                    await #expect(throws: Refused.self) {
                        try await store.write { transaction in
                            if number.isMultiple(of: 2) {
                                try transaction.execute(
                                    "INSERT INTO things (id) VALUES ($1)",
                                    [.integer(Int64(number))]
                                )
                            }
                            try transaction.post("INSERT INTO things (id) VALUES ($1)", [.integer(Int64(-1 - number))])
                            throw Refused()
                        }
                    }
                }
            }
        }
        #expect(try store.readNow { try $0.rows("SELECT id FROM things") { try $0.integer("id") } } == [])
    }
}
