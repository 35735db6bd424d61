package import Storage

/// A server among those that share a store.
package struct StoreNode: Sendable, Hashable {
    /// Its name, which no other one has.
    package var name: String
    package var version: String
    /// Where it listens, as it is configured.
    package var address: String
    /// The name and the identity of its sentence encoder; empty without one.
    package var encoder: String
    package var encoderIdentity: String
    /// When it was started, in microseconds since 1970.
    package var startedAt: Int64
    /// When it was seen last, in microseconds since 1970, by the clock of the database.
    package var seenAt: Int64
}

/// The servers of a store and what each has let through, as they tell each other once a second.
enum NodeTable {
    /// The tables, which are about servers that run.
    static let tables = ["nodes", "node_calls"]
    static let migrations = [
        Migration(
            "nodes-1",
            [
                """
                CREATE TABLE nodes (
                    node TEXT NOT NULL PRIMARY KEY,
                    version TEXT NOT NULL,
                    address TEXT NOT NULL,
                    encoder TEXT NOT NULL,
                    encoder_identity TEXT NOT NULL,
                    started_microseconds BIGINT NOT NULL,
                    seen_microseconds BIGINT NOT NULL
                )
                """,
                """
                CREATE TABLE node_calls (
                    node TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    calls BIGINT NOT NULL,
                    PRIMARY KEY (node, subject)
                )
                """,
            ]
        )
    ]
    /// Rows that are read at most.
    private static let maximumNodes = 100
    private static let maximumCalls = 20_000

    /// Says that a server is there.
    static func enter(_ node: StoreNode, in transaction: WriteTransaction) throws {
        try transaction.post(
            """
            INSERT INTO nodes (node, version, address, encoder, encoder_identity, started_microseconds, seen_microseconds)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (node) DO UPDATE SET seen_microseconds = excluded.seen_microseconds
            """,
            [
                .text(node.name), .text(node.version), .text(node.address), .text(node.encoder),
                .text(node.encoderIdentity), .integer(node.startedAt), .integer(node.seenAt),
            ]
        )
    }

    /// Takes out a server that ends, with what it has let through.
    static func remove(_ name: String, in transaction: WriteTransaction) throws {
        try transaction.post("DELETE FROM node_calls WHERE node = $1", [.text(name)])
        try transaction.post("DELETE FROM nodes WHERE node = $1", [.text(name)])
    }

    /// Takes out those that have not been seen since a time.
    static func removeUnseen(since time: Int64, in transaction: WriteTransaction) throws {
        let gone = try transaction.rows(
            "SELECT node FROM nodes WHERE seen_microseconds < $1 ORDER BY node LIMIT \(maximumNodes)",
            [.integer(time)]
        ) { try $0.text("node") }
        for name in gone { try remove(name, in: transaction) }
    }

    /// Those that were seen since a time, by name.
    static func nodes(seenSince time: Int64, in transaction: some SQLReading) throws -> [StoreNode] {
        try transaction.rows(
            """
            SELECT node, version, address, encoder, encoder_identity, started_microseconds, seen_microseconds
            FROM nodes WHERE seen_microseconds >= $1 ORDER BY node LIMIT \(maximumNodes)
            """,
            [.integer(time)]
        ) { row in
            StoreNode(
                name: try row.text("node"),
                version: try row.text("version"),
                address: try row.text("address"),
                encoder: try row.text("encoder"),
                encoderIdentity: try row.text("encoder_identity"),
                startedAt: try row.integer("started_microseconds"),
                seenAt: try row.integer("seen_microseconds")
            )
        }
    }

    /// Tells what a server has let through since it was started, for some subjects; nil for one that is told no more.
    static func tell(_ calls: [String: Int64?], of name: String, in transaction: WriteTransaction) throws {
        for (subject, calls) in calls.sorted(by: { $0.key < $1.key }) {
            guard let calls else {
                try transaction.post(
                    "DELETE FROM node_calls WHERE node = $1 AND subject = $2",
                    [.text(name), .text(subject)]
                )
                continue
            }
            try transaction.post(
                """
                INSERT INTO node_calls (node, subject, calls) VALUES ($1, $2, $3)
                ON CONFLICT (node, subject) DO UPDATE SET calls = excluded.calls
                """,
                [.text(name), .text(subject), .integer(calls)]
            )
        }
    }

    /// What the other servers have let through.
    static func calls(
        besides name: String,
        in transaction: some SQLReading
    ) throws -> [SharedCalls.Source: Int64] {
        var calls: [SharedCalls.Source: Int64] = [:]
        try transaction.forEach(
            "SELECT node, subject, calls FROM node_calls WHERE node <> $1 ORDER BY node, subject LIMIT \(maximumCalls)",
            [.text(name)]
        ) { row in
            let source = SharedCalls.Source(node: try row.text("node"), subject: try row.text("subject"))
            calls[source] = try row.integer("calls")
        }
        return calls
    }
}
