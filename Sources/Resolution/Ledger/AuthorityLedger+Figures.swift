package import Storage

extension AuthorityLedger {
    /// A request as its row says, for those who count; nil when there is none.
    ///
    /// One whose time is over counts as pending until the ledger has recorded its end.
    package static func counted(_ id: String, in transaction: some SQLReading) throws -> Grant? {
        try GrantTable.find(id, in: transaction)?.grant
    }

    /// The ids of requests after one, in the order of ids.
    package static func ids(after id: String, limit: Int, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            "SELECT resolution_id FROM resolutions WHERE resolution_id > $1 ORDER BY resolution_id LIMIT $2",
            [.text(id), .integer(Int64(limit))]
        ) { try $0.text("resolution_id") }
    }

    /// The ids of the requests made from one time to before another.
    package static func ids(createdFrom from: Int64, to: Int64, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            """
            SELECT resolution_id FROM resolutions WHERE created_microseconds >= $1 AND created_microseconds < $2
            ORDER BY resolution_id
            """,
            [.integer(from), .integer(to)]
        ) { try $0.text("resolution_id") }
    }
}
