import Foundation
package import PostgresStorage
import SQLiteStorage
package import Storage

/// Where a store is: in a folder of this machine, or in a database that several nodes share.
package enum StoreAddress: Sendable, Hashable, CustomStringConvertible {
    /// A SQLite database in a folder; nil for the data folder.
    case folder(String?)
    /// A database of PostgreSQL, and for how long what is known of other nodes' commits may be relied upon without asking it.
    case database(PostgresAddress, freshness: Duration = .seconds(1))

    /// What an address looks like, for messages.
    package static let form = "sqlite:DIR, or \(PostgresAddress.form)"

    /// Reads an address: `sqlite:DIR`, a URI of PostgreSQL or words for its client library.
    ///
    /// - Throws: `StorageError` `cannotOpen` for anything else; its message does not quote what may be a password.
    package init(_ text: String) throws {
        if let path = text.wholeMatch(of: /sqlite:(.*)/)?.1 {
            guard !path.isEmpty else {
                throw StorageError(
                    code: .cannotOpen,
                    message: "the address of the store has no folder; expected \(Self.form)"
                )
            }
            self = .folder(String(path))
        } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") || text.contains("=") {
            self = .database(try PostgresAddress(text))
        } else {
            throw StorageError(
                code: .cannotOpen,
                message: "the address of the store cannot be read; expected \(Self.form)"
            )
        }
    }

    /// The address without anything secret.
    package var description: String {
        switch self {
        case .folder(let path): path.map { "sqlite:" + $0 } ?? "sqlite"
        case .database(let address, _): address.description
        }
    }

    /// Which kind of database it is.
    package var engine: StoreEngine {
        switch self {
        case .folder: .sqlite
        case .database: .postgresql
        }
    }

    /// Opens the store with the tables of the program.
    ///
    /// - Parameters:
    ///   - dataFolder: where what is not in the store is kept, and a store in a folder unless it has one of its own.
    ///   - readLimit: how long one statement of a read may run in a database; nil for the usual time.
    ///   - observer: called with every statement, for tests.
    /// - Returns: the store.
    /// - Throws: `StorageError`.
    func open(
        dataFolder: URL,
        readLimit: Duration? = nil,
        observer: (@Sendable (String) -> Void)? = nil
    ) throws -> Store {
        switch self {
        case .folder(let path):
            let folder = path.map { URL(fileURLWithPath: $0) } ?? dataFolder
            try PrivateFile.makeFolder(dataFolder)
            return try Store(folder: folder, migrations: DataFolder.migrations, observer: observer)
        case .database(let address, let freshness):
            var settings = PostgresSettings(address: address.text)
            settings.freshness = freshness
            settings.readLimit = readLimit ?? settings.readLimit
            return try Store(postgres: settings, migrations: DataFolder.migrations, observer: observer)
        }
    }
}
