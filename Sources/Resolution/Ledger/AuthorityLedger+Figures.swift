package import Storage

extension AuthorityLedger {
    /// A request as its row says, for those who count; nil when there is none.
    ///
    /// One whose time is over counts as pending until the ledger has recorded its end.
    package static func counted(_ id: String, in transaction: some SQLReading) throws -> Grant? {
        try GrantTable.find(id, in: transaction)?.grant
    }

    /// The ids of requests; one counts when it was made.
    package static let recordKeys = RecordKeys(
        table: "resolutions",
        id: "resolution_id",
        time: "created_microseconds"
    )
}
