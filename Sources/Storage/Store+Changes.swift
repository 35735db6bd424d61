/// The change sequence: what other processes, other nodes and the search index follow.
extension Store {
    static let ownMigrations = [
        Migration(
            "storage-1",
            [
                """
                CREATE TABLE counters (
                    name TEXT NOT NULL PRIMARY KEY,
                    value BIGINT NOT NULL
                )
                """,
                """
                CREATE TABLE changes (
                    topic TEXT NOT NULL,
                    key TEXT NOT NULL,
                    sequence BIGINT NOT NULL,
                    PRIMARY KEY (topic, key)
                )
                """,
                "CREATE UNIQUE INDEX changes_by_sequence ON changes (topic, sequence)",
            ]
        )
    ]

    /// The next number of a named counter, from 1, without gaps and in commit order.
    package static func next(_ counter: String, in transaction: WriteTransaction) throws -> Int64 {
        let value = try transaction.first(
            """
            INSERT INTO counters (name, value) VALUES ($1, 1)
            ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value
            """,
            [.text(counter)]
        ) { try $0.integer(0) }
        guard let value else { throw StorageError(code: .statement, message: "the counter \(counter) gave no value") }
        return value
    }

    /// The last number given by a named counter; 0 before the first.
    package static func current(_ counter: String, in transaction: some SQLReading) throws -> Int64 {
        try transaction.first("SELECT value FROM counters WHERE name = $1", [.text(counter)]) { try $0.integer(0) } ?? 0
    }

    /// Notes that the thing `key` of `topic` changed in this transaction. Only the latest change of a key is kept, so
    /// the log never grows beyond the number of keys.
    package static func recordChange(topic: String, key: String, in transaction: WriteTransaction) throws {
        let sequence = try next("changes", in: transaction)
        try transaction.execute(
            """
            INSERT INTO changes (topic, key, sequence) VALUES ($1, $2, $3)
            ON CONFLICT (topic, key) DO UPDATE SET sequence = excluded.sequence
            """,
            [.text(topic), .text(key), .integer(sequence)]
        )
    }

    /// The keys of `topic` that changed after `sequence`, oldest change first.
    package static func changes(
        after sequence: Int64,
        topic: String,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> [(key: String, sequence: Int64)] {
        try transaction.rows(
            "SELECT key, sequence FROM changes WHERE topic = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
            [.text(topic), .integer(sequence), .integer(Int64(limit))]
        ) { (try $0.text(0), try $0.integer(1)) }
    }
}
