import Foundation
import SQLiteStorage
import Storage
import Testing

/// Files for their owner only, a mark of their own, and damage that is told.
@Suite struct StoreFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)")
    private var path: String { folder.appendingPathComponent("frontline.sqlite").path }

    private func open() throws -> Store {
        try Store(
            folder: folder,
            migrations: [Migration("things-1", ["CREATE TABLE things (id BIGINT NOT NULL PRIMARY KEY, name TEXT)"])]
        )
    }

    private func mode(_ path: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? -1
    }

    private func fails(_ code: StorageError.Code) -> @Sendable (any Error) -> Bool {
        { ($0 as? StorageError)?.code == code }
    }

    /// What another program does with the file.
    private func sql(_ statement: String, _ path: String? = nil) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let program =
            "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit(); c.close()"
        process.arguments = ["python3", "-c", program, path ?? self.path, statement]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test func `a folder and its files are for their owner only, existing ones as well`() throws {
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
        try open().close()
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let store = try open()
        try store.writeNow { try $0.execute("INSERT INTO things (id) VALUES (1)") }
        #expect(try mode(folder.path) == 0o700)
        for file in ["", "-wal", "-shm"] { #expect(try mode(path + file) == 0o600, "\(file)") }
        let copy = folder.appendingPathComponent("copy").path
        try files(store).backup(to: copy)
        #expect(try mode(copy) == 0o600)
        #expect { try files(store).backup(to: copy) } throws: { fails(.cannotOpen)($0) }
    }

    @Test func `an empty file is no store`() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: path))
        #expect { _ = try open() } throws: { fails(.foreign)($0) }
        #expect(FileManager.default.contents(atPath: path)?.isEmpty == true)
    }

    @Test func `a database of another program is refused and left as it is`() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try sql("CREATE TABLE cookies (name TEXT)")
        let before = FileManager.default.contents(atPath: path)
        #expect { _ = try open() } throws: { fails(.foreign)($0) }
        #expect(FileManager.default.contents(atPath: path) == before)
        try sql("PRAGMA application_id = 77")
        #expect { _ = try open() } throws: { fails(.foreign)($0) }
    }

    @Test func `a store of the first release, which had no mark, is opened and gets it`() throws {
        try open().close()
        try sql("PRAGMA application_id = 0; PRAGMA user_version = 0")
        try open().close()
        try StoreFile.check(path)
        // The mark alone tells, once it is there.
        try sql("DELETE FROM grdb_migrations; DROP TABLE things; DROP TABLE counters; DROP TABLE changes")
        try StoreFile.check(path)
    }

    @Test func `a layout of a newer program is refused`() throws {
        try open().close()
        try sql("PRAGMA user_version = 2")
        #expect { _ = try open() } throws: { fails(.newerSchema)($0) }
    }

    /// Overwrites the middle of pages from the third on.
    private func damage(_ path: String) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let size = try file.seekToEnd()
        var offset: UInt64 = 8_192
        while offset + 4_096 <= size {
            try file.seek(toOffset: offset)
            try file.write(contentsOf: Data(repeating: 0x5A, count: 2_000))
            offset += 3 * 4_096
        }
        try file.close()
    }

    @Test func `damage is found, and is not copied`() async throws {
        var store = try open()
        try store.writeNow { transaction throws in
            for number in 0..<500 {
                let name = String(repeating: "name \(number) ", count: 50)
                try transaction.execute(
                    "INSERT INTO things (id, name) VALUES ($1, $2)",
                    [.integer(Int64(number)), .text(name)]
                )
            }
        }
        try await files(store).checkpoint()
        try store.close()
        #expect(try StoreFile.damage(path).isEmpty)
        try damage(path)
        #expect(try !StoreFile.damage(path).isEmpty)
        store = try open()
        try await store.checkIntegrity()
        #expect(store.damage != nil)
        let copy = folder.appendingPathComponent("copy").path
        #expect { try files(store).backup(to: copy) } throws: { fails(.corrupt)($0) }
    }

    @Test func `a statement that meets damage tells of it too`() async throws {
        var store = try open()
        try store.writeNow { transaction throws in
            for number in 0..<500 {
                try transaction.execute(
                    "INSERT INTO things (id, name) VALUES ($1, $2)",
                    [.integer(Int64(number)), .text(String(repeating: "x", count: 500))]
                )
            }
        }
        try await files(store).checkpoint()
        try store.close()
        try damage(path)
        store = try open()
        #expect(store.damage == nil)
        #expect {
            _ = try store.readNow { try $0.rows("SELECT id, name FROM things") { try $0.integer("id") } }
        } throws: {
            fails(.corrupt)($0)
        }
        #expect(store.damage != nil)
    }

    @Test func `a file is written anew as a whole`() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("list").path
        try PrivateFile.write(Array("one".utf8), to: file)
        try PrivateFile.write(Array("two".utf8), to: file)
        try PrivateFile.append(Array("three".utf8), to: file)
        #expect(FileManager.default.contents(atPath: file) == Data("twothree".utf8))
        #expect(try mode(file) == 0o600)
        // A link at the place of the file under way leads nowhere.
        let victim = folder.appendingPathComponent("victim").path
        try PrivateFile.write(Array("kept".utf8), to: victim)
        try FileManager.default.createSymbolicLink(atPath: file + ".partial", withDestinationPath: victim)
        try PrivateFile.write(Array("four".utf8), to: file)
        #expect(FileManager.default.contents(atPath: victim) == Data("kept".utf8))
        #expect { try PrivateFile.create(victim) } throws: { fails(.cannotOpen)($0) }
    }
}
