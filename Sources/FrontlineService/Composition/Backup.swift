package import Foundation
import Storage

/// Copies of the store for safe keeping.
///
/// The search index is not part of them, for it is built anew from the store.
package enum Backup {
    /// Writes a complete, checked copy while readers and the writer go on; a copy that fails leaves no file.
    package static func write(_ folder: DataFolder, to path: String) throws {
        let partial = path + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        do {
            try folder.store.backup(to: partial)
            try FileManager.default.moveItem(atPath: partial, toPath: path)
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
    }

    /// Makes a data folder from a copy.
    ///
    /// - Throws: `StorageError` when the folder holds a store already, or the copy is not one of this program.
    package static func restore(_ path: String, to folder: URL) throws {
        let files = FileManager.default
        let target = folder.appendingPathComponent("frontline.sqlite")
        guard files.fileExists(atPath: path) else {
            throw StorageError(code: .cannotOpen, message: "there is no file \(path)")
        }
        guard !files.fileExists(atPath: target.path) else {
            throw StorageError(code: .cannotOpen, message: "\(target.path) exists already; restore into another folder")
        }
        let holding = folder.appendingPathComponent("restoring-\(UUID().uuidString)")
        defer { try? files.removeItem(at: holding) }
        try files.createDirectory(at: holding, withIntermediateDirectories: true)
        try files.copyItem(atPath: path, toPath: holding.appendingPathComponent("frontline.sqlite").path)
        let copy = try DataFolder(holding)
        try copy.store.checkpoint()
        try copy.store.close()
        try? files.removeItem(atPath: folder.appendingPathComponent("search.index").path)
        try files.moveItem(at: holding.appendingPathComponent("frontline.sqlite"), to: target)
    }
}
