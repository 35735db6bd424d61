import Storage

/// The log of what happened to alerts, numbered from 1 without gaps in the order of the commits.
enum AlertLog {
    /// The name of the log, for those who wait for its news, and of its counter.
    static let name = "alert_events"

    /// Appends an event; the alert is given its number and is written too.
    static func append(
        _ event: AlertEvent.Kind,
        of alert: inout Alert,
        at now: Int64,
        in transaction: WriteTransaction
    ) throws {
        alert.cursor = try Store.next(name, count: 1, in: transaction)
        try AlertTable.put(alert, in: transaction)
        transaction.announce(name)
        try transaction.execute(
            """
            INSERT INTO alert_events (cursor, alert_id, event, at_microseconds, content) VALUES ($1, $2, $3, $4, $5)
            """,
            [
                .integer(alert.cursor), .text(alert.id), .text(event.rawValue), .integer(now),
                .text(try AlertText.text(of: alert)),
            ]
        )
    }

    /// The number of the last event; 0 before the first.
    static func head(in transaction: some SQLReading) throws -> Int64 { try Store.current(name, in: transaction) }

    /// The events after a number, in their order.
    static func events(after: Int64, limit: Int, in transaction: some SQLReading) throws -> [AlertEvent] {
        try transaction.rows(
            "SELECT cursor, event, content FROM alert_events WHERE cursor > $1 ORDER BY cursor LIMIT $2",
            [.integer(after), .integer(Int64(limit))]
        ) { row in
            AlertEvent(
                cursor: try row.integer("cursor"),
                event: try AlertEvent.Kind(stored: row.text("event"), as: "an event of an alert"),
                alert: try AlertText.value(try row.text("content"))
            )
        }
    }

    /// The events of an alert, in their order.
    static func events(of id: String, in transaction: some SQLReading) throws -> [AlertEvent] {
        try transaction.rows(
            "SELECT cursor, event, content FROM alert_events WHERE alert_id = $1 ORDER BY cursor",
            [.text(id)]
        ) { row in
            AlertEvent(
                cursor: try row.integer("cursor"),
                event: try AlertEvent.Kind(stored: row.text("event"), as: "an event of an alert"),
                alert: try AlertText.value(try row.text("content"))
            )
        }
    }

    /// What happened to an alert when, in order.
    static func times(of id: String, in transaction: some SQLReading) throws -> [(kind: AlertEvent.Kind, at: Int64)] {
        try transaction.rows(
            "SELECT event, at_microseconds FROM alert_events WHERE alert_id = $1 ORDER BY cursor",
            [.text(id)]
        ) { row in
            (
                try AlertEvent.Kind(stored: row.text("event"), as: "an event of an alert"),
                try row.integer("at_microseconds")
            )
        }
    }

    /// Writes an event anew: for erasure alone.
    static func replace(_ event: AlertEvent, with alert: Alert, in transaction: WriteTransaction) throws {
        try transaction.execute(
            "UPDATE alert_events SET content = $2 WHERE cursor = $1",
            [.integer(event.cursor), .text(try AlertText.text(of: alert))]
        )
    }
}
