import Foundation

/// Which history of the store this is.
///
/// Numbers of changes and cursors mean something within one history only: after a backup was restored, the same numbers are given
/// again for something else.
extension Store {
    static let epochMigration = Migration(
        "storage-epoch",
        ["CREATE TABLE epochs (id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL)"]
    )

    /// The number that a database server counts up when it is promoted or goes back to an earlier time; nil where there is none.
    package var timeline: String? { driver.timeline }

    /// The name of the history as it is stored; nil before the first ``beginEpoch(isNew:in:)``.
    package static func epoch(in transaction: some SQLReading) throws -> String? {
        try transaction.first("SELECT value FROM epochs WHERE id = 1") { try $0.text("value") }
    }

    /// Begins a history with a random name.
    ///
    /// - Parameters:
    ///   - isNew: whether a history that has begun already ends, as by the restoration of a backup; else it goes on.
    ///   - transaction: the transaction that writes it.
    /// - Throws: ``StorageError``.
    package static func beginEpoch(isNew: Bool = false, in transaction: WriteTransaction) throws {
        let name = UUID().uuidString.prefix(8).lowercased()
        try transaction.execute(
            "INSERT INTO epochs (id, value) VALUES (1, $1) ON CONFLICT (id) DO "
                + (isNew ? "UPDATE SET value = excluded.value" : "NOTHING"),
            [.text(name)]
        )
    }
}
