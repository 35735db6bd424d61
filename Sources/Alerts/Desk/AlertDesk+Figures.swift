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

    /// The kinds of the sensitive signals of a turn, of which nothing is left when its contact ends.
    package static func sensitiveKinds(
        ofTurn number: Int64,
        in conversation: String,
        _ transaction: some SQLReading
    ) throws -> Set<String> {
        let turns = try ContactState.stored(conversation, in: transaction)?.sensitive ?? []
        return Set(turns.filter { $0.turn == number }.flatMap(\.kinds))
    }

    /// The ids of alerts; one counts when it was raised.
    package static let recordKeys = RecordKeys(table: "alerts", time: "raised_microseconds")
}
