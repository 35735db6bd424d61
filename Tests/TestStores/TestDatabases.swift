package import Foundation
import PostgresStorage
import SQLiteStorage
package import Storage
import Synchronization

/// Runs the tests of the modules above the store on a database server when `FRONTLINE_TEST_STORE` is `postgresql`.
///
/// Each folder that a test names for its store then stands for a database of its own, which several stores may share as several
/// nodes do. A database is dropped some time after its last store is gone.
package enum TestDatabases {
    private struct Known {
        let database: String
        var stores: [WeakStore]
    }

    private struct WeakStore {
        weak var store: Store?
    }

    private struct State {
        var byFolder: [String: Known] = [:]
        /// Those without a store, in the order in which that was seen.
        var order: [String] = []
        /// Databases with the tables of a list of migrations, which are copied.
        var templates: [String: String] = [:]
    }

    /// How many databases stay for tests that open them again.
    private static let maximumIdle = 48
    private static let state = Mutex(State())
    private static let serial = Mutex(())

    /// Which database the modules above the store are tested on.
    package static let engine: TestEngine =
        ProcessInfo.processInfo.environment["FRONTLINE_TEST_STORE"] == "postgresql" ? .postgres : .sqlite

    /// The address of the database that stands for a folder, made with the given tables; nil where stores are in folders.
    package static func address(for folder: URL, _ migrations: [Migration]) throws -> String? {
        guard engine == .postgres else { return nil }
        let server = try PostgresServer.shared()
        let path = folder.standardizedFileURL.path
        if let known = state.withLock({ $0.byFolder[path]?.database }) { return server.address(of: known) }
        // One at a time: a template cannot be copied twice at once.
        return try serial.withLock { _ in
            try dropIdle(server)
            let database = try server.makeDatabase("TEMPLATE \(template(migrations, server))")
            state.withLock { state in
                state.byFolder[path] = Known(database: database, stores: [])
                state.order.append(path)
            }
            return server.address(of: database)
        }
    }

    /// Keeps the database of a folder while a store is in use.
    package static func keep(_ store: Store, for folder: URL) {
        state.withLock { $0.byFolder[folder.standardizedFileURL.path]?.stores.append(WeakStore(store: store)) }
    }

    private static func template(_ migrations: [Migration], _ server: PostgresServer) throws -> String {
        let key = migrations.map(\.name).joined(separator: " ")
        if let known = state.withLock({ $0.templates[key] }) { return known }
        let name = try server.makeDatabase()
        try Store(postgres: PostgresSettings(address: server.address(of: name)), migrations: migrations).close()
        state.withLock { $0.templates[key] = name }
        return name
    }

    private static func dropIdle(_ server: PostgresServer) throws {
        let idle = state.withLock { state -> [String] in
            let unused = state.order.filter { path in
                guard let known = state.byFolder[path] else { return false }
                return !known.stores.isEmpty && known.stores.allSatisfy { $0.store == nil }
            }
            let dropped = unused.prefix(max(0, unused.count - maximumIdle))
            let databases = dropped.compactMap { state.byFolder.removeValue(forKey: $0)?.database }
            let gone = Set(dropped)
            state.order.removeAll { gone.contains($0) }
            return databases
        }
        for database in idle { try server.sql("DROP DATABASE \(database) WITH (FORCE)", in: "postgres") }
    }
}

extension Store {
    /// Opens a store for a test: in the folder, or in the database that stands for it.
    ///
    /// - Parameters:
    ///   - folder: the folder; two stores of one folder are as those of two processes or nodes.
    ///   - migrations: its tables.
    ///   - observer: told every statement's text.
    /// - Throws: ``StorageError``, or what the server of the tests says.
    package convenience init(
        testing folder: URL,
        migrations: [Migration],
        observer: (@Sendable (String) -> Void)? = nil
    ) throws {
        guard let address = try TestDatabases.address(for: folder, migrations) else {
            try self.init(folder: folder, migrations: migrations, observer: observer)
            return
        }
        var settings = PostgresSettings(address: address)
        // What one store has committed the others see at once, as with SQLite.
        settings.freshness = .zero
        try self.init(postgres: settings, migrations: migrations, observer: observer)
        TestDatabases.keep(self, for: folder)
    }
}
