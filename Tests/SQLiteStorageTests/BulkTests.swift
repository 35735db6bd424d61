import Foundation
import SQLiteStorage
import Storage
import Testing

@Suite final class BulkTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func open() throws -> Store {
        try Store(
            folder: folder,
            migrations: [Migration("things-1", ["CREATE TABLE things (id BIGINT NOT NULL PRIMARY KEY, name TEXT)"])]
        )
    }

    private func count(in store: Store) async throws -> Int64? {
        try await store.read { try $0.first("SELECT count(*) AS n FROM things") { try $0.integer("n") } }
    }

    @Test func `what was written in bulk is in the database file, and commits go on after it`() async throws {
        let store = try open()
        let files = try #require(store.files)
        try files.beginBulk()
        for number in 0..<2_500 {
            try await store.write(durability: number % 2 == 0 ? .full : .process) { transaction in
                try transaction.execute("INSERT INTO things (id, name) VALUES ($1, 'bulk')", [.integer(Int64(number))])
            }
        }
        try await files.endBulk()
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
        let files = try #require(store.files)
        try files.beginBulk()
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
        try await files.endBulk()
        #expect(try await count(in: other) == 9)
        #expect(try await other.revisions()[topic] == 10)
        try await other.write { try Store.touch(topic, in: $0) }
        #expect(try await store.revisions()[topic] == 11)
    }
}
