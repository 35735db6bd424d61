import Foundation
import PostgresStorage
import SQLiteStorage
package import Storage

/// The databases that a suite runs on.
package enum TestEngine: String, Sendable, CaseIterable, CustomStringConvertible {
    case sqlite = "SQLite"
    case postgres = "PostgreSQL"

    /// Those that are here; SQLite always is.
    package static let all = allCases.filter { $0 == .sqlite || PostgresServer.isInstalled }

    package var description: String { rawValue }

    /// A place with nothing in it, in which a test may open stores.
    package func place() throws -> TestPlace {
        switch self {
        case .sqlite:
            let name = "store-\(UUID().uuidString)"
            return TestPlace(.folder(FileManager.default.temporaryDirectory.appendingPathComponent(name)))
        case .postgres:
            let server = try PostgresServer.shared()
            return TestPlace(.database(server.address(of: try server.makeDatabase())))
        }
    }
}

/// Where the stores of one test are; several that are opened in it are as those of several processes or nodes.
package struct TestPlace: Sendable {
    fileprivate enum Kind {
        case folder(URL)
        case database(String)
    }

    private let kind: Kind

    fileprivate init(_ kind: Kind) { self.kind = kind }

    /// Opens a store.
    ///
    /// - Parameters:
    ///   - migrations: its tables.
    ///   - freshness: for how long a node may rely on what it knows of others; none by default, so that what one store
    ///     has committed the others see at once.
    ///   - observer: told every statement's text.
    /// - Returns: the store.
    /// - Throws: ``StorageError``.
    package func open(
        _ migrations: [Migration] = [],
        freshness: Duration = .zero,
        observer: (@Sendable (String) -> Void)? = nil
    ) throws -> Store {
        switch kind {
        case .folder(let folder): return try Store(folder: folder, migrations: migrations, observer: observer)
        case .database(let address):
            var settings = PostgresSettings(address: address)
            settings.freshness = freshness
            return try Store(postgres: settings, migrations: migrations, observer: observer)
        }
    }

    /// Takes the rows of another store, as a store that is not there yet.
    package func copyTarget(_ migrations: [Migration]) throws -> any CopyTarget {
        switch kind {
        case .folder(let folder): try SQLiteCopyTarget(folder: folder, migrations: migrations)
        case .database(let address):
            try PostgresCopyTarget(
                PostgresSettings(address: address),
                migrations: migrations,
                idle: Store.tablesOfAnOpenedStore
            )
        }
    }

    /// The names of files beside those of a store; none where there is no folder.
    package func leftovers() throws -> [String] {
        guard case .folder(let folder) = kind else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { !$0.hasPrefix(StoreFile.name) }
    }
}
