package import Storage

/// The erasures of a store, by keyed hashes of the customers' ids: the source of the list beside the backups.
package enum ErasureRegister {
    /// One erasure.
    package struct Entry: Sendable, Hashable {
        /// The keyed hash of the customer's id.
        package let customer: String
        /// The time, in microseconds since 1970.
        package let at: Int64
    }

    /// The migrations that create the table.
    package static let migrations = [
        Migration(
            "privacy-1",
            [
                """
                CREATE TABLE erasures (
                    number BIGINT NOT NULL PRIMARY KEY,
                    customer_hash TEXT NOT NULL,
                    at_microseconds BIGINT NOT NULL
                )
                """,
                "CREATE INDEX erasures_by_customer ON erasures (customer_hash, at_microseconds)",
            ]
        )
    ]

    /// Records an erasure, unless the same one is already recorded.
    static func note(_ customer: String, at: Int64, in transaction: WriteTransaction) throws {
        let isNoted = try transaction.first(
            "SELECT 1 FROM erasures WHERE customer_hash = $1 AND at_microseconds = $2",
            [.text(customer), .integer(at)]
        ) { _ in true }
        guard isNoted == nil else { return }
        try transaction.execute(
            "INSERT INTO erasures (number, customer_hash, at_microseconds) VALUES ($1, $2, $3)",
            [.integer(try Store.next("erasures", in: transaction)), .text(customer), .integer(at)]
        )
    }

    /// The time of a customer's last erasure; nil if there was none.
    static func last(of customer: String, in transaction: some SQLReading) throws -> Int64? {
        try transaction.first(
            "SELECT at_microseconds FROM erasures WHERE customer_hash = $1 ORDER BY at_microseconds DESC LIMIT 1",
            [.text(customer)]
        ) { try $0.integer("at_microseconds") }
    }

    /// The erasures after a number, in order, with their numbers.
    static func entries(after number: Int64, in transaction: some SQLReading) throws -> [(number: Int64, entry: Entry)]
    {
        try transaction.rows(
            "SELECT number, customer_hash, at_microseconds FROM erasures WHERE number > $1 ORDER BY number",
            [.integer(number)]
        ) {
            (
                try $0.integer("number"),
                Entry(customer: try $0.text("customer_hash"), at: try $0.integer("at_microseconds"))
            )
        }
    }
}
