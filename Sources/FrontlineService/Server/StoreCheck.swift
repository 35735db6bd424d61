package import Foundation
import PostgresStorage
import SQLiteStorage
package import Storage

/// Looks at a store and the database that holds it, without opening it for use.
package enum StoreCheck {
    /// - Parameters:
    ///   - address: where the store is.
    ///   - dataFolder: the data folder.
    /// - Returns: what was looked at, in the order in which an operator would.
    /// - Throws: `StorageError` where there is nothing to look at.
    package static func run(_ address: StoreAddress, dataFolder: URL) throws -> [StoreFinding] {
        switch address {
        case .folder(let path):
            let folder = path.map { URL(fileURLWithPath: $0) } ?? dataFolder
            return try file(folder.appendingPathComponent(StoreFile.name).path)
        case .database(let address, _):
            return try PostgresProbe.report(
                PostgresSettings(address: address.text),
                migrations: DataFolder.migrations
            )
        }
    }

    private static func file(_ path: String) throws -> [StoreFinding] {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StorageError(code: .cannotOpen, message: "there is no store \(path)")
        }
        do { try StoreFile.check(path) } catch let error as StorageError {
            return [StoreFinding("file", found: path, advice: error.message)]
        }
        let damage = try StoreFile.damage(path)
        return [
            StoreFinding("file", found: path),
            StoreFinding(
                "integrity",
                found: damage.isEmpty ? "sound" : "damaged",
                advice: damage.isEmpty ? nil : "restore a backup: " + damage.joined(separator: "; ")
            ),
        ]
    }
}
