package import AuditTrail
package import Foundation
import SQLiteStorage
import Storage

/// Creates and restores backups of the store.
///
/// The search index is not included, because it can be rebuilt from the store.
package enum Backup {
    /// The result of a restoration.
    package struct Restored: Sendable {
        /// The path of the list of erasures that was applied; nil if there was none.
        package var list: String?
        /// The result of applying the list.
        package var erasures = ErasureReplayReport()
        /// The time of the backup, in microseconds since 1970; nil if it is not recorded.
        package var madeAt: Int64?
    }

    /// Writes a complete, verified copy while readers and the writer continue, and the list of erasures beside it; if
    /// that fails, no file is left.
    ///
    /// - Returns: the path of the list of erasures; nil if there were no erasures.
    /// - Throws: `StorageError`: `cannotOpen` if the file exists, `corrupt` if the store is damaged.
    @discardableResult
    package static func write(_ folder: DataFolder, to path: String, by actor: AuditActor) async throws -> String? {
        guard let files = folder.store.files else {
            throw StorageError(
                code: .cannotOpen,
                message:
                    "the store is in PostgreSQL, which makes consistent copies by its own tools (pg_dump, pg_basebackup); "
                    + "keep \(folder.erasuresPath) with them"
            )
        }
        // The copy contains the key, so that later erasures can be compared with it.
        let listPath = try await ErasureList.path(besideBackup: path, of: folder.store)
        let now = folder.now()
        let name = URL(fileURLWithPath: path).lastPathComponent
        try await folder.store.write { transaction in
            let event = AuditEvent(actor: actor, action: "store.backup", target: "store", text: name)
            try AuditLog.append([event], at: now, in: transaction)
        }
        let partial = path + ".partial"
        // It exists only after an interrupted backup; if it cannot be removed, the copy below fails.
        try? FileManager.default.removeItem(atPath: partial)
        do {
            try files.backup(to: partial)
            try PrivateFile.publish(partial, as: path)
        } catch {
            // The first error is the one to report.
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
        try await ErasureList(path: listPath, store: folder.store).update()
        return FileManager.default.fileExists(atPath: listPath) ? listPath : nil
    }

    /// Creates a data folder from a copy, and repeats the erasures in the list.
    ///
    /// - Parameters:
    ///   - path: the copy.
    ///   - folder: the data folder, which must not contain a store.
    ///   - erasures: the path of the list; nil for the one beside the copy.
    ///   - actor: who restores the backup.
    /// - Returns: the result.
    /// - Throws: `StorageError` if the folder already contains a store, if the copy is damaged or not from this
    ///   program, or if the list cannot be applied. Nothing is then left in the folder.
    package static func restore(
        _ path: String,
        to folder: URL,
        erasures: String? = nil,
        by actor: AuditActor
    ) async throws -> Restored {
        let files = FileManager.default
        let target = folder.appendingPathComponent(StoreFile.name)
        guard files.fileExists(atPath: path) else {
            throw StorageError(code: .cannotOpen, message: "there is no file \(path)")
        }
        guard !files.fileExists(atPath: target.path) else {
            throw StorageError(code: .cannotOpen, message: "\(target.path) exists already; restore into another folder")
        }
        try PrivateFile.makeFolder(folder)
        removeLeftovers(in: folder)
        let holding = folder.appendingPathComponent(holdingPrefix + UUID().uuidString)
        // A folder that cannot be removed is left to the next restoration.
        defer { try? files.removeItem(at: holding) }
        try PrivateFile.makeFolder(holding)
        let copy = holding.appendingPathComponent(StoreFile.name)
        try PrivateFile.copy(path, to: copy.path)
        let damage: [String]
        do {
            try StoreFile.check(copy.path)
            damage = try StoreFile.damage(copy.path)
        } catch let error as StorageError {
            // Errors must name the backup, which the caller knows, not its temporary copy.
            let message = error.message.replacing(copy.path, with: path)
            let isDamaged = error.code == .corrupt
            throw StorageError(code: error.code, message: isDamaged ? "the backup is damaged: \(message)" : message)
        }
        guard damage.isEmpty else {
            throw StorageError(
                code: .corrupt,
                message: "the backup \(path) is damaged and was not restored: " + damage.joined(separator: "; ")
            )
        }
        let restored = try await finish(holding, backup: path, erasures: erasures, by: actor)
        // It may not exist. One that stays is ahead of the restored store, and is rebuilt.
        for file in DataFolder.indexFiles { try? files.removeItem(atPath: folder.appendingPathComponent(file).path) }
        try PrivateFile.publish(copy.path, as: target.path)
        return restored
    }

    private static let holdingPrefix = "restoring-"

    /// Removes files left by interrupted restorations; one that cannot be removed now is left to the next restoration.
    private static func removeLeftovers(in folder: URL) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        where name.hasPrefix(holdingPrefix) {
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
    }

    /// Migrates the schema, applies the erasures, and leaves one complete file.
    private static func finish(
        _ holding: URL,
        backup path: String,
        erasures: String?,
        by actor: AuditActor
    ) async throws -> Restored {
        let copy = try DataFolder(holding)
        var restored = Restored(
            madeAt: try await copy.store.read { transaction in
                try AuditLog.last("store.backup", in: transaction)?.at
            }
        )
        if let (list, contents) = try await list(erasures, beside: path, of: copy.store) {
            restored.list = list
            restored.erasures = try await ErasureReplay(records: copy.customerRecords())
                .run(contents, by: actor, now: copy.now())
        }
        let (details, now) = ("\(restored.erasures.applied) erasures applied", copy.now())
        try await copy.store.write { transaction in
            try Store.beginEpoch(isNew: true, now: now, in: transaction)
            let event = AuditEvent(actor: actor, action: "store.restore", target: "store", details: details)
            try AuditLog.append([event], at: now, in: transaction)
        }
        if let files = copy.store.files {
            while try await !files.eraseFromFiles(within: .seconds(60)) {}
            try await files.checkpoint()
        }
        try copy.store.close()
        return restored
    }

    /// The list to apply: the given one, or else the list of this store beside the backup.
    private static func list(
        _ named: String?,
        beside path: String,
        of store: Store
    ) async throws -> (path: String, contents: ErasureList.Contents)? {
        let list = if let named { named } else { try await ErasureList.path(besideBackup: path, of: store) }
        if let contents = try ErasureList.read(list) { return (list, contents) }
        guard named == nil else { throw StorageError(code: .cannotOpen, message: "there is no file \(list)") }
        return nil
    }
}
