import Foundation
import FrontlineService
import PostgresStorage
import Resolution
import TestStores

extension DataFolder {
    /// Opens a data folder whose store is where the tests have theirs (``TestDatabases``).
    ///
    /// For as long as `freshness` a node of a database relies on what it knows of others: not at all, so that what one
    /// store has committed the others see at once, as with SQLite.
    init(
        testing url: URL,
        authority: AuthoritySettings = AuthoritySettings(),
        now: @escaping @Sendable () -> Int64 = DataFolder.systemClock,
        freshness: Duration = .zero,
        observer: (@Sendable (String) -> Void)? = nil
    ) throws {
        let database = try TestDatabases.address(for: url, DataFolder.migrations)
        let address = try database.map { StoreAddress.database(try PostgresAddress($0), freshness: freshness) }
        self = try DataFolder(url, store: address ?? .folder(nil), authority: authority, now: now, observer: observer)
        TestDatabases.keep(store, for: url)
    }
}
