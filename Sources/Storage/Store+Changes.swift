/// The change sequence: what other processes, other nodes and the search index follow.
extension Store {
    /// The tables of this module, which every store has.
    package static let ownMigrations = [
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
        ),
        topicMigration, outdatedMigration, epochMigration,
    ]

    /// The counter of the change sequence.
    package static let changeCounter = "changes"

    /// Takes the next number of a named counter, or several in a row, from 1, without gaps and in commit order.
    ///
    /// - Returns: the last number taken.
    package static func next(_ counter: String, count: Int64 = 1, in transaction: WriteTransaction) throws -> Int64 {
        // There is one writer at a time, so nobody takes a number in between.
        let value = try current(counter, in: transaction) + count
        try transaction.post(
            """
            INSERT INTO counters (name, value) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """,
            [.text(counter), .integer(value)],
            answering: question(of: counter),
            with: ["value": .integer(value)]
        )
        return value
    }

    /// The last number given by a named counter; 0 before the first.
    package static func current(_ counter: String, in transaction: some SQLReading) throws -> Int64 {
        try transaction.first(question(of: counter)) { try $0.integer("value") } ?? 0
    }

    /// What ``next(_:count:in:)`` and ``current(_:in:)`` ask.
    package static func question(of counter: String) -> SQLQuestion {
        SQLQuestion("SELECT value FROM counters WHERE name = $1", [.text(counter)])
    }

    /// Notes that the things `keys` of `topic` changed in this transaction, in their order.
    ///
    /// Only the latest change of a key is kept, so the log never grows beyond the number of keys.
    package static func recordChanges(topic: String, keys: [String], in transaction: WriteTransaction) throws {
        guard !keys.isEmpty else { return }
        let last = try next(changeCounter, count: Int64(keys.count), in: transaction)
        for (offset, key) in keys.enumerated() {
            try transaction.post(
                """
                INSERT INTO changes (topic, key, sequence) VALUES ($1, $2, $3)
                ON CONFLICT (topic, key) DO UPDATE SET sequence = excluded.sequence
                """,
                [.text(topic), .text(key), .integer(last - Int64(keys.count - 1 - offset))]
            )
        }
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
        ) { (try $0.text("key"), try $0.integer("sequence")) }
    }
}
