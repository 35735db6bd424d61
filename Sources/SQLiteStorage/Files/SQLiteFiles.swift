import Foundation
internal import GRDB
internal import Storage

/// The files of a store and what is done with them.
final class SQLiteFiles: StoreFiles {
    /// The log is begun anew from this length on, in pages of 4 KiB.
    private static let longLog = 4_096

    let folder: URL
    private let path: String
    private let pool: DatabasePool
    private let committer: Committer
    private let readers: ReaderThreads
    private let damage: DamageRecord
    private let eraser: FileEraser

    init(folder: URL, path: String, committer: Committer, readers: ReaderThreads, damage: DamageRecord) throws {
        (self.folder, self.path, self.readers, self.damage) = (folder, path, readers, damage)
        (self.committer, pool) = (committer, committer.pool)
        eraser = try FileEraser(path: path, pool: pool)
    }

    var freeBytes: Int64 {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)
        return (attributes?[.systemFreeSize] as? NSNumber)?.int64Value ?? .max
    }

    var fileBytes: Int64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.int64Value ?? 0
    }

    func backup(to target: String) throws {
        try PrivateFile.create(target)
        do {
            let copy = try DatabaseQueue(path: target)
            try pool.backup(to: copy)
            // So that whoever opens it needs no further file beside it.
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
            try PageScrubber.scrub(closedFile: target)
        } catch { throw noted(error, opening: target) }
        let found = try StoreFile.damage(target)
        guard found.isEmpty else {
            throw noted(
                StorageError(code: .corrupt, message: "the store is damaged: " + found.joined(separator: "; "))
            )
        }
    }

    func checkpoint() async throws {
        do { _ = try await eraser.emptyLog() } catch { throw noted(error) }
    }

    func beginBulk() throws {
        do { try committer.beginBulk() } catch { throw noted(error) }
    }

    func endBulk() async throws {
        do { try committer.endBulk() } catch { throw noted(error) }
        try await checkpoint()
        for place in [path, folder.path] where !PrivateFile.sync(place) {
            throw StorageError(code: .cannotOpen, message: "\(place) cannot be written to the device")
        }
    }

    func takeOverCheckpoints() throws -> Checkpointer {
        do {
            var configuration = Configuration()
            configuration.busyMode = .immediateError
            let connection = try DatabaseQueue(path: path, configuration: configuration)
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
            return Checkpointer { [pool] in try await Self.moveLog(connection, pool) }
        } catch { throw noted(error) }
    }

    /// Of a long log the writer moves what came meanwhile, so that its next transaction begins the log anew.
    private static func moveLog(_ connection: DatabaseQueue, _ pool: DatabasePool) async throws {
        do {
            let moved = try await connection.writeWithoutTransaction { try $0.checkpoint(.passive) }
            guard moved.walFrameCount > longLog else { return }
            _ = try await pool.writeWithoutTransaction { try $0.checkpoint(.passive) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            return
        } catch {
            throw SQLiteError.translated(error)
        }
    }

    func eraseFromFiles(within time: Duration) async throws -> Bool {
        do { return try await eraser.run(until: .now + time) } catch { throw noted(error) }
    }

    func isErasurePending() async throws -> Bool {
        do { return try await readers.run { try FileEraser.isPending(in: $0) } } catch { throw noted(error) }
    }

    func findDamage() async throws -> [String] {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        do {
            let connection = try DatabaseQueue(path: path, configuration: configuration)
            let found = try await connection.read(StoreFile.damage)
            try connection.close()
            return found
        } catch { throw SQLiteError.translated(error) }
    }

    func close() throws { try eraser.close() }

    private func noted(_ error: any Error, opening path: String? = nil) -> any Error {
        damage.noted(SQLiteError.translated(error, opening: path))
    }
}
