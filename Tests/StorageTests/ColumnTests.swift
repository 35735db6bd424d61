import Foundation
import Storage
import Testing

/// Columns by their names.
@Suite struct ColumnTests {
    private let store: Store

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("columns-\(UUID().uuidString)")
        store = try Store(
            folder: folder,
            migrations: [
                Migration(
                    "things-1",
                    ["CREATE TABLE things (id BIGINT, name TEXT, size DOUBLE PRECISION, on_sale BIGINT)"]
                )
            ]
        )
        try store.writeNow { transaction in
            try transaction.execute(
                "INSERT INTO things VALUES (1, 'one', 1.5, 1), (2, NULL, NULL, 0), (3, 'three', 3, 7)"
            )
        }
    }

    @Test func `columns are found whatever their order, in every row and however often`() async throws {
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

    @Test(arguments: [[], [0], Array(UInt8.min...UInt8.max)] as [[UInt8]])
    func `bytes come back as they were written`(bytes: [UInt8]) async throws {
        try await store.write { transaction in
            try transaction.execute("CREATE TABLE blobs (number BIGINT, content BYTEA)")
            try transaction.execute("INSERT INTO blobs VALUES ($1, $2)", [.integer(1), .bytes(bytes)])
        }
        let stored = try await store.read { transaction in
            try transaction.first("SELECT content FROM blobs WHERE number = 1") { try $0.bytes("content") }
        }
        #expect(stored == bytes)
    }

    @Test(arguments: [
        ("missing", "there is no column size"), ("null", "column name is null"),
        ("text", "column name is not an integer"),
        ("number", "column id is not text"), ("flag", "column on_sale is not 0 or 1"),
    ]) func `what cannot be read as asked is an error that names the column`(
        _ fault: String,
        _ message: String
    ) async throws {
        await #expect {
            try await store.read { transaction in
                switch fault {
                case "missing": _ = try transaction.first("SELECT id FROM things") { try $0.optionalReal("size") }
                case "null": _ = try transaction.first("SELECT name FROM things WHERE id = 2") { try $0.text("name") }
                case "text": _ = try transaction.first("SELECT name FROM things") { try $0.optionalInteger("name") }
                case "number": _ = try transaction.first("SELECT id FROM things") { try $0.optionalText("id") }
                default: _ = try transaction.first("SELECT on_sale FROM things WHERE id = 3") { try $0.flag("on_sale") }
                }
            }
        } throws: { error in
            (error as? StorageError)?.code == .statement && (error as? StorageError)?.message == message
        }
    }
}
