import Foundation
internal import GRDB
package import Storage

/// The file of a store: made complete or not at all, for its owner only, and told from other databases by a mark.
package enum StoreFile {
    /// The name of the store in its data folder.
    package static let name = "frontline.sqlite"
    /// `Frln`, in the place where SQLite keeps whose a database is.
    static let mark: Int32 = 0x46_72_6C_6E
    /// The version of the file's layout; a higher one is for newer programs.
    static let layout: Int32 = 1
    /// The migration that every store has, by which one is known that was made before the mark.
    private static let firstMigration = "storage-1"
    /// Where the database library notes which migrations were applied.
    private static let ledger = "grdb_migrations"

    /// Sees to it that there is a store in a folder that this program may open.
    ///
    /// - Returns: its path.
    /// - Throws: ``StorageError``: `cannotOpen`; `foreign` for a database of another program and for an empty file; `corrupt`;
    ///   `newerSchema`.
    static func prepare(in folder: URL) throws -> String {
        try PrivateFile.makeFolder(folder)
        let path = folder.appendingPathComponent(name).path
        if !FileManager.default.fileExists(atPath: path) { try make(path) }
        try check(path)
        for file in [path, path + "-wal", path + "-shm"] { PrivateFile.tighten(file) }
        return path
    }

    /// Makes an empty store under another name first, so that the end of the process leaves none that is half made.
    private static func make(_ path: String) throws {
        let partial = "\(path).new-\(UUID().uuidString)"
        try PrivateFile.create(partial)
        defer { try? FileManager.default.removeItem(atPath: partial) }
        do {
            let database = try DatabaseQueue(path: partial)
            try database.writeWithoutTransaction(stamp)
            try database.close()
        } catch { throw SQLiteError.translated(error, opening: partial) }
        do { try PrivateFile.publish(partial, as: path) } catch {
            // Another process was quicker: its store is as good.
            guard FileManager.default.fileExists(atPath: path) else { throw error }
        }
    }

    /// Marks a database as a store of this program.
    static func stamp(_ database: Database) throws {
        if try Int32.fetchOne(database, sql: "PRAGMA application_id") != mark {
            try database.execute(sql: "PRAGMA application_id = \(mark)")
        }
        if try Int32.fetchOne(database, sql: "PRAGMA user_version") != layout {
            try database.execute(sql: "PRAGMA user_version = \(layout)")
        }
    }

    /// Whether a file is a store that this program may open; nothing in it is changed.
    ///
    /// - Throws: ``StorageError``: `cannotOpen`, `foreign`, `corrupt`, `newerSchema`.
    package static func check(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw StorageError(code: .cannotOpen, message: "\(path) is no file")
        }
        guard status.st_size > 0 else {
            throw StorageError(
                code: .foreign,
                message: "\(path) is empty: restore a backup, or remove the file to begin with nothing"
            )
        }
        try read(path) { database in
            let mark = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            guard try mark == Self.mark || mark == 0 && isOfFirstRelease(database) else {
                throw StorageError(code: .foreign, message: "\(path) is a database of another program, not a store")
            }
            guard try Int32.fetchOne(database, sql: "PRAGMA user_version") ?? 0 <= layout else {
                throw StorageError(code: .newerSchema, message: "\(path) was written by a newer version of frontline")
            }
        }
    }

    /// How the tables of a store relate to those of this program; nothing in it is changed.
    ///
    /// - Throws: ``StorageError`` as ``check(_:)``.
    package static func schema(_ path: String, migrations: [Migration]) throws -> SchemaState {
        guard FileManager.default.fileExists(atPath: path) else { return .absent }
        try check(path)
        return try read(path) { database in
            let isMigrated = try database.tableExists(ledger)
            let applied = isMigrated ? try String.fetchSet(database, sql: "SELECT identifier FROM \(ledger)") : []
            return SchemaState(applied: applied, migrations: Store.ownMigrations + migrations)
        }
    }

    private static func isOfFirstRelease(_ database: Database) throws -> Bool {
        guard try database.tableExists(ledger) else { return false }
        let sql = "SELECT 1 FROM \(ledger) WHERE identifier = ?"
        return try Bool.fetchOne(database, sql: sql, arguments: [firstMigration]) ?? false
    }

    /// What contradicts itself in the file of a store; empty for a sound one.
    ///
    /// Reads all of it once.
    ///
    /// - Throws: ``StorageError`` when it cannot be read at all for another reason than damage.
    package static func damage(_ path: String) throws -> [String] {
        do {
            return try read(path, damage)
        } catch let error as StorageError where error.code == .corrupt {
            return [error.message]
        }
    }

    /// How many contradictions are told.
    private static let maximumFindings = 5

    static func damage(_ database: Database) throws -> [String] {
        do {
            let found = try String.fetchAll(database, sql: "PRAGMA integrity_check(\(maximumFindings))")
            return found.filter { $0 != "ok" }
        } catch let error as DatabaseError where error.resultCode.primaryResultCode == .SQLITE_CORRUPT {
            return [error.message ?? "its pages contradict each other"]
        }
    }

    private static func read<T>(_ path: String, _ body: (Database) throws -> T) throws -> T {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        do {
            let database = try DatabaseQueue(path: path, configuration: configuration)
            // Reading, not in a transaction: a check of a large file must not keep the log of the store from being begun anew.
            let result = try database.unsafeRead(body)
            try database.close()
            return result
        } catch { throw SQLiteError.translated(error, opening: path) }
    }
}
