import Storage
import TestStores
import Testing

/// Columns by their names.
@Suite struct ColumnTests {
    private func store(_ engine: TestEngine) throws -> Store {
        let store = try engine.place().open([
            Migration(
                "things-1",
                ["CREATE TABLE things (id BIGINT, name TEXT, size DOUBLE PRECISION, on_sale BIGINT)"]
            )
        ])
        try store.writeNow { transaction in
            try transaction.execute(
                "INSERT INTO things VALUES (1, 'one', 1.5, 1), (2, NULL, NULL, 0), (3, 'three', 3, 7)"
            )
        }
        return store
    }

    @Test(arguments: TestEngine.all)
    func `columns are found whatever their order, in every row and however often`(engine: TestEngine) async throws {
        let store = try store(engine)
        let rows = try await store.read { transaction in
            try transaction.rows("SELECT size, id, name FROM things ORDER BY id") { row in
                // In another order, and one of them only sometimes: each has to be found all the same.
                let name = try row.optionalText("name")
                let size = name == nil ? nil : try row.optionalReal("size")
                return "\(try row.integer("id")) \(name ?? "-") \(size ?? 0) \(try row.integer("id"))"
            }
        }
        #expect(rows == ["1 one 1.5 1", "2 - 0.0 2", "3 three 3.0 3"])
    }

    @Test(arguments: TestEngine.all)
    func `columns are found in letters of any case, and beside others of the same beginning`(
        engine: TestEngine
    ) async throws {
        let store = try store(engine)
        let found = try await store.read { transaction in
            try transaction.first("SELECT id AS Number, name AS number_name FROM things WHERE id = 1") {
                "\(try $0.text("NUMBER_NAME")) \(try $0.integer("number"))"
            }
        }
        #expect(found == "one 1")
    }

    @Test(arguments: TestEngine.all)
    func `a statement is that of its text, however often and wherever the text stands`(engine: TestEngine) async throws
    {
        let store = try store(engine)
        let answers = try await store.read { transaction in
            try (0..<1_500).map { number in
                // Texts made anew, of which some take the memory of those before, beside one that stays where it is.
                let made = "SELECT \(number % 700) + $1 AS value FROM things WHERE id = 1"
                let first = try transaction.first(made, [.integer(1)]) { try $0.integer("value") }
                let second = try transaction.first("SELECT 2 * $1 AS value", [.integer(Int64(number))]) {
                    try $0.integer("value")
                }
                return first == Int64(number % 700 + 1) && second == Int64(2 * number)
            }
        }
        #expect(answers.allSatisfy { $0 })
    }

    @Test(arguments: TestEngine.all, [[], [1, 2]] as [[SQLValue]])
    func `a statement with a wrong number of arguments is refused`(
        engine: TestEngine,
        arguments: [SQLValue]
    ) async throws {
        let store = try store(engine)
        await #expect(throws: StorageError.self) {
            try await store.read { try $0.first("SELECT id FROM things WHERE id = $1", arguments) { _ in true } }
        }
        let found = try await store.read { transaction in
            try transaction.first("SELECT id FROM things WHERE id = $1", [3]) { try $0.integer("id") }
        }
        #expect(found == 3)
    }

    @Test(arguments: TestEngine.all)
    func `a read that fails leaves its thread ready for the next one`(engine: TestEngine) async throws {
        let store = try store(engine)
        struct Stopped: Error {}
        for _ in 0..<20 {
            await #expect(throws: Stopped.self) {
                try await store.read { try $0.forEach("SELECT id FROM things") { _ in throw Stopped() } }
            }
            let count = try await store.read { try $0.rows("SELECT id FROM things") { _ in true }.count }
            #expect(count == 3)
        }
    }

    @Test(arguments: TestEngine.all, [[], [0], Array(UInt8.min...UInt8.max)] as [[UInt8]])
    func `bytes come back as they were written`(engine: TestEngine, bytes: [UInt8]) async throws {
        let store = try store(engine)
        try await store.write { transaction in
            try transaction.execute("CREATE TABLE blobs (number BIGINT, content BYTEA)")
            try transaction.execute("INSERT INTO blobs VALUES ($1, $2)", [.integer(1), .bytes(bytes)])
        }
        let stored = try await store.read { transaction in
            try transaction.first("SELECT content FROM blobs WHERE number = 1") { try $0.bytes("content") }
        }
        #expect(stored == bytes)
    }

    @Test(
        arguments: TestEngine.all,
        [
            ("missing", "there is no column size"), ("null", "column name is null"),
            ("text", "column name is not an integer"),
            ("number", "column id is not text"), ("flag", "column on_sale is not 0 or 1"),
        ]
    ) func `what cannot be read as asked is an error that names the column`(
        engine: TestEngine,
        _ fault: (kind: String, message: String)
    ) async throws {
        let store = try store(engine)
        await #expect {
            try await store.read { transaction in
                switch fault.kind {
                case "missing": _ = try transaction.first("SELECT id FROM things") { try $0.optionalReal("size") }
                case "null": _ = try transaction.first("SELECT name FROM things WHERE id = 2") { try $0.text("name") }
                case "text": _ = try transaction.first("SELECT name FROM things") { try $0.optionalInteger("name") }
                case "number": _ = try transaction.first("SELECT id FROM things") { try $0.optionalText("id") }
                default: _ = try transaction.first("SELECT on_sale FROM things WHERE id = 3") { try $0.flag("on_sale") }
                }
            }
        } throws: { error in
            (error as? StorageError)?.code == .statement && (error as? StorageError)?.message == fault.message
        }
    }
}

/// Patterns find what contains a part, whatever characters it has.
@Suite struct LikePatternTests {
    @Test(arguments: TestEngine.all) func `a part is found as it is written`(engine: TestEngine) throws {
        let store = try engine.place().open()
        for part in ["plain", "a\\b", "100%", "a_b", "\\", "%"] {
            let found = try store.readNow { transaction in
                try [part, "x\(part)y", "axb", "100 per cent", ""].map { text in
                    try transaction.first(
                        "SELECT 1 WHERE CAST($1 AS TEXT) LIKE $2 ESCAPE '\\'",
                        [.text(text), .text(LikePattern.containing(part))]
                    ) { _ in true } ?? false
                }
            }
            #expect(found == [true, true, false, false, false], "\(part)")
        }
    }
}
