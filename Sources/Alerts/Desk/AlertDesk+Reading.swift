package import Access
package import Storage
package import Vocabulary

/// Which alerts a list holds.
package struct AlertFilter: Sendable, Hashable {
    /// Where they stand.
    package var status: AlertStatus?
    /// Which of them are wanted.
    package var criteria: AlertCriteria
    /// The conversation they belong to.
    package var conversationID: String?
    /// Only those to which something has happened after this event of the log.
    package var sinceEvent: Int64?
    /// Only those after the alert of this number.
    package var after: Int64
    /// How many at most.
    package var limit: Int

    package init(
        status: AlertStatus? = nil,
        criteria: AlertCriteria = AlertCriteria(),
        conversationID: String? = nil,
        sinceEvent: Int64? = nil,
        after: Int64 = 0,
        limit: Int
    ) {
        self.status = status
        self.criteria = criteria
        self.conversationID = conversationID
        self.sinceEvent = sinceEvent
        self.after = after
        self.limit = limit
    }
}

/// How many alerts ended how.
package struct AlertTally: Sendable, Hashable {
    /// The conversation.
    package let conversationID: String
    /// What came of the alerts; their status while nobody has resolved them.
    package let outcome: String
    /// How many.
    package let count: Int
}

extension AlertDesk {
    private static let maximumOfConversation = 100

    /// An alert that the caller may see.
    ///
    /// - Throws: ``AlertError`` `notFound`.
    package func alert(_ id: String, for principal: Principal) async throws -> Alert {
        let alert = try await store.read { try AlertTable.alert(id, in: $0) }
        guard let alert, AlertVisibility(of: principal).includes(alert) else {
            throw AlertError(.notFound, "there is no alert \(id)", argument: "alert_id")
        }
        return alert
    }

    /// The alerts that pass a filter and that the caller may see, oldest first, and whether these are all.
    package func list(
        _ filter: AlertFilter,
        for principal: Principal
    ) async throws -> (alerts: [Alert], isComplete: Bool) {
        let wanted = AlertTable.Filter(
            status: filter.status,
            criteria: filter.criteria,
            conversation: filter.conversationID,
            sinceEvent: filter.sinceEvent,
            after: filter.after,
            limit: filter.limit + 1
        )
        let visibility = AlertVisibility(of: principal)
        let alerts = try await store.read { try AlertTable.list(wanted, visibility: visibility, in: $0) }
        return (Array(alerts.prefix(filter.limit)), alerts.count <= filter.limit)
    }

    /// The alerts of a conversation, oldest first; the first hundred.
    package func alerts(ofConversation id: String, in transaction: some SQLReading) throws -> [Alert] {
        try AlertTable.standing(ofConversation: id, limit: Self.maximumOfConversation, in: transaction)
    }

    /// How the alerts that were raised from one time on, and before another, ended, by conversation.
    package func outcomes(from: Int64, to: Int64, in transaction: some SQLReading) throws -> [AlertTally] {
        try transaction.rows(
            """
            SELECT conversation_id, COALESCE(outcome, status) AS ending, COUNT(*) AS alerts FROM alerts
            WHERE raised_microseconds >= $1 AND raised_microseconds < $2 AND conversation_id IS NOT NULL
                AND withdrawn = 0
            GROUP BY conversation_id, COALESCE(outcome, status) ORDER BY conversation_id, COALESCE(outcome, status)
            """,
            [.integer(from), .integer(to)]
        ) { row in
            AlertTally(
                conversationID: try row.text("conversation_id"),
                outcome: try row.text("ending"),
                count: Int(try row.integer("alerts"))
            )
        }
    }

    /// The events after a number, in their order, without gaps.
    package func events(after: Int64, limit: Int) async throws -> [AlertEvent] {
        try await store.read { [self] in try events(after: after, limit: limit, in: $0) }
    }

    /// The events after a number as a transaction sees them; see ``events(after:limit:)``.
    package func events(after: Int64, limit: Int, in transaction: some SQLReading) throws -> [AlertEvent] {
        try AlertLog.events(after: after, limit: limit, in: transaction)
    }

    /// The name of the log of events, for those who wait for its news (`Store.commits(to:)`).
    package static var eventLog: String { AlertLog.name }

    /// The number of the last event; 0 before the first.
    package func head() async throws -> Int64 { try await store.read { try AlertLog.head(in: $0) } }
}
