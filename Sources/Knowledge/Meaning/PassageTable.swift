import Storage

/// The vectors of passages in the store, by model and by the hash of the passage's text.
///
/// A text is encoded once, in however many articles and versions it stands. Vectors of several models stand beside each
/// other until those of the present model are complete.
enum PassageTable {
    static let migrations = [
        Migration(
            "knowledge-passages",
            [
                """
                CREATE TABLE passage_models (
                    model BIGINT NOT NULL PRIMARY KEY,
                    identity TEXT NOT NULL UNIQUE,
                    name TEXT NOT NULL
                )
                """,
                // 8 bits a coordinate: their largest magnitude is 127, and only the direction counts.
                """
                CREATE TABLE passage_vectors (
                    model BIGINT NOT NULL,
                    sha256 TEXT NOT NULL,
                    vector BYTEA NOT NULL,
                    created_microseconds BIGINT NOT NULL,
                    PRIMARY KEY (model, sha256)
                )
                """,
            ]
        )
    ]

    /// The number of a model in the store; nil if it has no vectors.
    static func model(_ identity: String, in transaction: some SQLReading) throws -> Int64? {
        try transaction.first("SELECT model FROM passage_models WHERE identity = $1", [.text(identity)]) {
            try $0.integer("model")
        }
    }

    /// The number of a model in the store, which it gets if it has none.
    static func enter(_ encoder: PassageEncoder, in transaction: WriteTransaction) throws -> Int64 {
        if let known = try model(encoder.identity, in: transaction) { return known }
        let number = try Store.next("passage_models", in: transaction)
        try transaction.execute(
            "INSERT INTO passage_models (model, identity, name) VALUES ($1, $2, $3)",
            [.integer(number), .text(encoder.identity), .text(encoder.name)]
        )
        return number
    }

    /// The vector of a text; nil if it has not been encoded, or not with this dimension.
    static func vector(
        _ sha256: String,
        model: Int64,
        dimension: Int,
        in transaction: some SQLReading
    ) throws -> [Int8]? {
        let bytes = try transaction.first(
            "SELECT vector FROM passage_vectors WHERE model = $1 AND sha256 = $2",
            [.integer(model), .text(sha256)]
        ) { try $0.bytes("vector") }
        guard let bytes, bytes.count == dimension else { return nil }
        return bytes.map { Int8(bitPattern: $0) }
    }

    /// Stores vectors; those that another process has stored meanwhile stay, for they are the same.
    static func insert(
        _ vectors: [(sha256: String, vector: [Int8])],
        model: Int64,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        for (sha256, vector) in vectors {
            try transaction.execute(
                """
                INSERT INTO passage_vectors (model, sha256, vector, created_microseconds) VALUES ($1, $2, $3, $4)
                ON CONFLICT (model, sha256) DO NOTHING
                """,
                [
                    .integer(model), .text(sha256), .bytes(vector.map { UInt8(bitPattern: $0) }), .integer(now),
                ]
            )
        }
    }

    /// A vector by its place in the table.
    struct Key: Sendable, Hashable {
        var model: Int64
        var sha256: String

        /// Before every vector.
        static let first = Key(model: 0, sha256: "")
    }

    /// The vectors that follow `key` in the order of models and hashes, without those stored since `time`.
    static func keys(
        after key: Key,
        storedBefore time: Int64,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> [Key] {
        try transaction.rows(
            """
            SELECT model, sha256 FROM passage_vectors
            WHERE (model > $1 OR (model = $1 AND sha256 > $2)) AND created_microseconds < $3
            ORDER BY model, sha256 LIMIT $4
            """,
            [.integer(key.model), .text(key.sha256), .integer(time), .integer(Int64(limit))]
        ) { Key(model: try $0.integer("model"), sha256: try $0.text("sha256")) }
    }

    /// Deletes vectors.
    static func delete(_ keys: [Key], in transaction: WriteTransaction) throws {
        for key in keys {
            try transaction.execute(
                "DELETE FROM passage_vectors WHERE model = $1 AND sha256 = $2",
                [.integer(key.model), .text(key.sha256)]
            )
        }
    }

    /// Deletes the names of models that have no vectors any more.
    static func deleteModels(except model: Int64, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            DELETE FROM passage_models
            WHERE model <> $1 AND NOT EXISTS (SELECT 1 FROM passage_vectors WHERE passage_vectors.model = passage_models.model)
            """,
            [.integer(model)]
        )
    }
}
