package import Storage

/// An entry of the ledger with the request that it is about.
package struct LedgerNews: Sendable, Hashable {
    /// The number of the entry, in the order of commits.
    package let sequence: Int64
    /// What happened, such as `approved`.
    package let kind: String
    /// When, in microseconds since 1970.
    package let at: Int64
    /// The request as it is now.
    package let grant: Grant
}

extension AuthorityLedger {
    /// The name of the log of entries, which is that of its counter.
    package static let eventLog = "resolution_events"

    /// The entries after a number, in their order.
    package static func news(after: Int64, limit: Int, in transaction: some SQLReading) throws -> [LedgerNews] {
        let entries = try transaction.rows(
            """
            SELECT sequence, resolution_id, kind, at_microseconds FROM resolution_events
            WHERE sequence > $1 ORDER BY sequence LIMIT $2
            """,
            [.integer(after), .integer(Int64(limit))]
        ) { row in
            (
                sequence: try row.integer("sequence"), id: try row.text("resolution_id"), kind: try row.text("kind"),
                at: try row.integer("at_microseconds")
            )
        }
        return try entries.map { entry in
            guard let stored = try GrantTable.find(entry.id, in: transaction) else {
                throw StorageError(code: .corrupt, message: "entry \(entry.sequence) is about no request")
            }
            return LedgerNews(sequence: entry.sequence, kind: entry.kind, at: entry.at, grant: stored.grant)
        }
    }
}
