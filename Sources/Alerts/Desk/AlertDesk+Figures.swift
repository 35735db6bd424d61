package import Storage

extension AlertDesk {
    /// An alert as it is now, for those who count; nil when there is none.
    package static func counted(_ id: String, in transaction: some SQLReading) throws -> Alert? {
        try AlertTable.alert(id, in: transaction)
    }

    /// When somebody first looked at an alert or ended it, in microseconds since 1970; nil if nobody has.
    package static func answered(_ id: String, in transaction: some SQLReading) throws -> Int64? {
        try transaction.first(
            """
            SELECT min(at_microseconds) AS answered FROM alert_events
            WHERE alert_id = $1 AND event IN ('acknowledged', 'resolved')
            """,
            [.text(id)]
        ) { try $0.optionalInteger("answered") } ?? nil
    }

    /// The ids of alerts after one, in the order of ids.
    package static func ids(after id: String, limit: Int, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            "SELECT id FROM alerts WHERE id > $1 ORDER BY id LIMIT $2",
            [.text(id), .integer(Int64(limit))]
        ) { try $0.text("id") }
    }

    /// The ids of the alerts raised from one time to before another.
    package static func ids(raisedFrom from: Int64, to: Int64, in transaction: some SQLReading) throws -> [String] {
        try transaction.rows(
            "SELECT id FROM alerts WHERE raised_microseconds >= $1 AND raised_microseconds < $2 ORDER BY id",
            [.integer(from), .integer(to)]
        ) { try $0.text("id") }
    }
}
