/// Records that have changed since figures were last drawn from them.
///
/// Whoever changes a record marks it in the same transaction, so no change is missed by those who count. A record is marked
/// once, however often it changes, until ``settle(_:topic:in:)`` says that its figures were drawn again. The marks of a topic
/// have one reader.
extension Store {
    static let outdatedMigration = Migration(
        "storage-outdated",
        ["CREATE TABLE outdated (topic TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (topic, key))"]
    )

    /// Marks a record as changed; costs one statement.
    package static func markOutdated(_ topic: String, _ key: String, in transaction: WriteTransaction) throws {
        try transaction.post(
            "INSERT INTO outdated (topic, key) VALUES ($1, $2) ON CONFLICT (topic, key) DO NOTHING",
            [.text(topic), .text(key)]
        )
    }

    /// Marked records of a topic, in the order of their keys.
    package static func outdated(_ topic: String, limit: Int, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            "SELECT key FROM outdated WHERE topic = $1 ORDER BY key LIMIT $2",
            [.text(topic), .integer(Int64(limit))]
        ) { try $0.text("key") }
    }

    /// How many records of all topics are marked.
    package static func outdatedCount(in transaction: some SQLReading) throws -> Int {
        Int(try transaction.first("SELECT count(*) AS marked FROM outdated") { try $0.integer("marked") } ?? 0)
    }

    /// Takes the marks of records away, in the transaction that has drawn their figures.
    package static func settle(_ keys: [String], topic: String, in transaction: WriteTransaction) throws {
        for key in keys {
            try transaction.post("DELETE FROM outdated WHERE topic = $1 AND key = $2", [.text(topic), .text(key)])
        }
    }
}
