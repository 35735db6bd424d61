import AuditTrail
package import Foundation
import SQLiteStorage
import Storage

/// Sees to it that an invented history is written into a folder of its own.
package enum DemonstrationFolder {
    /// Opens a folder for a new history, which has no other data.
    ///
    /// - Parameters:
    ///   - url: the folder; it is made if it does not exist.
    ///   - replacing: whether an invented history that is there is deleted first. Other data never is.
    ///   - mark: what the history will be.
    ///   - now: the clock of the history.
    /// - Returns: the folder with the mark, incomplete.
    /// - Throws: ``DemonstrationError`` if the folder has other data, or a history that may not be replaced; the store's error.
    package static func open(
        _ url: URL,
        replacing: Bool,
        for mark: Demonstration,
        now: @escaping @Sendable () -> Int64
    ) async throws -> DataFolder {
        if let folder = try existing(url, now: now) {
            let known = folder.demonstration
            // Whatever has been done is in the log.
            let isUsed = try await folder.store.read { try AuditLog.count(in: $0) > 0 }
            try folder.store.close()
            if let known {
                guard replacing else { throw refusal(known, url) }
                try remove(url)
            } else if isUsed {
                throw DemonstrationError(
                    "\(url.path) has other data; an invented history is written into a folder of its own"
                )
            }
        }
        let folder = try DataFolder(url, now: now)
        try await folder.store.write { try mark.note(in: $0) }
        return folder
    }

    /// Opens the store of a folder; nil if it has none.
    private static func existing(_ url: URL, now: @escaping @Sendable () -> Int64) throws -> DataFolder? {
        let path = url.appendingPathComponent(StoreFile.name).path
        return FileManager.default.fileExists(atPath: path) ? try DataFolder(url, now: now) : nil
    }

    private static func refusal(_ known: Demonstration, _ url: URL) -> DemonstrationError {
        let state =
            known.isComplete
            ? "holds the invented history of \(known.company) from \(known.first) to \(known.last)"
            : "holds an invented history that was broken off"
        return DemonstrationError("\(url.path) \(state); --replace deletes it and writes another")
    }

    /// Deletes the files of a store; what else is in the folder stays.
    private static func remove(_ url: URL) throws {
        let store = ["", "-wal", "-shm"].map { StoreFile.name + $0 }
        for name in store + DataFolder.indexFiles + [DataFolder.erasuresFile] {
            let path = url.appendingPathComponent(name).path
            guard FileManager.default.fileExists(atPath: path) else { continue }
            try FileManager.default.removeItem(atPath: path)
        }
    }
}
