import Foundation
import SQLiteStorage
import Storage
import Testing

/// What a store in a folder has beside what every store has.
@Suite struct FolderTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("folder-\(UUID().uuidString)")
    private let migrations = [
        Migration("things-1", ["CREATE TABLE things (id BIGINT NOT NULL PRIMARY KEY, name TEXT)"])
    ]

    private func open() throws -> Store { try Store(folder: folder, migrations: migrations) }

    @Test func `a file that is no database is refused`() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(repeating: 0x41, count: 8_192).write(to: folder.appendingPathComponent("frontline.sqlite"))
        #expect { _ = try open() } throws: { ($0 as? StorageError)?.code == .corrupt }
    }

    @Test func `a backup is a complete store`() throws {
        let store = try open()
        try store.writeNow {
            try $0.execute("INSERT INTO things (id, name) VALUES ($1, $2)", [.integer(1), .text("one")])
        }
        let copy = folder.appendingPathComponent("copy")
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        try files(store).backup(to: copy.appendingPathComponent("frontline.sqlite").path)
        let restored = try Store(folder: copy, migrations: migrations)
        #expect(try restored.readNow { try $0.first("SELECT name FROM things") { try $0.text("name") } } == "one")
    }

    @Test func `the log is kept short beside the writer, which loses nothing`() async throws {
        let store = try open()
        let checkpointer = try files(store).takeOverCheckpoints()
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
