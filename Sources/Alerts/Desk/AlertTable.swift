import Storage
import Vocabulary

/// The rows of alerts, and of what their conversations have been through.
enum AlertTable {
    /// Which alerts a list holds.
    struct Filter {
        var status: AlertStatus?
        var criteria = AlertCriteria()
        var conversation: String?
        var group: String?
        /// Only those with an event after this one.
        var sinceEvent: Int64?
        /// Only those after this number.
        var after: Int64 = 0
        var limit: Int = .max
    }

    private static let columns = "content"
    private static let live = "(status = 'open' OR status = 'acknowledged')"

    /// Writes an alert, new or changed.
    static func put(_ alert: Alert, in transaction: WriteTransaction) throws {
        try transaction.post(
            """
            INSERT INTO alerts (id, number, status, severity, kind, subject_type, subject_id, conversation_id, agent,
                customer_id, alert_group, outcome, raised_microseconds, due_microseconds, content, withdrawn, least_tier)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, severity = excluded.severity,
                agent = excluded.agent, customer_id = excluded.customer_id, outcome = excluded.outcome,
                due_microseconds = excluded.due_microseconds, content = excluded.content,
                withdrawn = excluded.withdrawn
            """,
            [
                .text(alert.id), .integer(alert.number), .text(alert.status.rawValue),
                .integer(Int64(alert.severity.rank)), .text(alert.kind), .text(alert.subject.type.rawValue),
                .text(alert.subject.id), .optional(alert.conversation), .optional(alert.agent),
                .optional(alert.customerKey ?? alert.customer), .optional(alert.group),
                .optional(alert.outcome?.rawValue),
                .integer(alert.raisedAt), .optional(alert.due), .text(try AlertText.text(of: alert)),
                .integer(alert.isWithdrawn == true ? 1 : 0), .optional(alert.leastTier.map(Int64.init)),
            ]
        )
        try Store.markOutdated(RecordKind.alerts.rawValue, alert.id, in: transaction)
    }

    /// Notes whose supervisors see an alert.
    static func putTeams(of alert: Alert, in transaction: WriteTransaction) throws {
        try transaction.post("DELETE FROM alert_teams WHERE alert_id = $1", [.text(alert.id)])
        for team in Set(alert.teams).sorted() {
            try transaction.post(
                "INSERT INTO alert_teams (alert_id, team) VALUES ($1, $2)",
                [.text(alert.id), .text(team)]
            )
        }
    }

    static func alert(_ id: String, in transaction: some SQLReading) throws -> Alert? {
        try transaction.first("SELECT content FROM alerts WHERE id = $1", [.text(id)], read)
    }

    /// The live alert of a kind about a thing.
    static func live(
        _ subject: Alert.Subject,
        kind: String,
        in transaction: some SQLReading
    ) throws -> Alert? {
        try transaction.first(
            """
            SELECT content FROM alerts WHERE subject_type = $1 AND subject_id = $2 AND kind = $3 AND \(live)
            ORDER BY number DESC LIMIT 1
            """,
            [.text(subject.type.rawValue), .text(subject.id), .text(kind)],
            read
        )
    }

    /// The live alerts about a thing, oldest first.
    static func live(_ subject: Alert.Subject, in transaction: some SQLReading) throws -> [Alert] {
        try transaction.rows(question(ofLive: subject), read)
    }

    /// What ``live(_:in:)`` asks.
    static func question(ofLive subject: Alert.Subject) -> SQLQuestion {
        SQLQuestion(
            "SELECT content FROM alerts WHERE subject_type = $1 AND subject_id = $2 AND \(live) ORDER BY number",
            [.text(subject.type.rawValue), .text(subject.id)]
        )
    }

    /// The alerts that belong to a conversation and were not raised for nothing, oldest first.
    static func standing(
        ofConversation id: String,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> [Alert] {
        try transaction.rows(question(ofStandingIn: id, limit: limit), read)
    }

    /// What ``standing(ofConversation:limit:in:)`` asks.
    static func question(ofStandingIn conversation: String, limit: Int) -> SQLQuestion {
        SQLQuestion(
            "SELECT content FROM alerts WHERE conversation_id = $1 AND withdrawn = 0 ORDER BY number LIMIT $2",
            [.text(conversation), .integer(Int64(limit))]
        )
    }

    /// Every alert that belongs to a conversation, oldest first.
    static func all(ofConversation id: String, limit: Int, in transaction: some SQLReading) throws -> [Alert] {
        try transaction.rows(
            "SELECT content FROM alerts WHERE conversation_id = $1 ORDER BY number LIMIT $2",
            [.text(id), .integer(Int64(limit))],
            read
        )
    }

    /// The alerts after a place in their order, whoever they are for, oldest first.
    static func all(after number: Int64, limit: Int, in transaction: some SQLReading) throws -> [Alert] {
        try transaction.rows(
            "SELECT content FROM alerts WHERE number > $1 ORDER BY number LIMIT $2",
            [.integer(number), .integer(Int64(limit))],
            read
        )
    }

    /// The alerts of a customer, oldest first.
    static func all(ofCustomer id: String, in transaction: some SQLReading) throws -> [Alert] {
        try transaction.rows("SELECT content FROM alerts WHERE customer_id = $1 ORDER BY number", [.text(id)], read)
    }

    /// The live alerts of a group, those in the stream and the muted ones, oldest first.
    static func live(group: String, limit: Int, in transaction: some SQLReading) throws -> [Alert] {
        try transaction.rows(
            "SELECT content FROM alerts WHERE alert_group = $1 AND \(live) ORDER BY number LIMIT $2",
            [.text(group), .integer(Int64(limit))],
            read
        )
    }

    /// The contacts that raised an alert of the group since a time.
    static func contacts(group: String, since: Int64, in transaction: some SQLReading) throws -> SurgeContacts {
        let values: [SQLValue] = [.text(group), .integer(since)]
        let count = try transaction.first(
            """
            SELECT COUNT(DISTINCT conversation_id) AS contacts FROM alerts
            WHERE alert_group = $1 AND raised_microseconds > $2 AND withdrawn = 0
            """,
            values
        ) { try $0.integer("contacts") }
        let kinds = try transaction.rows(
            """
            SELECT kind, COUNT(DISTINCT conversation_id) AS contacts FROM alerts
            WHERE alert_group = $1 AND raised_microseconds > $2 AND conversation_id IS NOT NULL
            GROUP BY kind ORDER BY kind
            """,
            values
        ) { (kind: try $0.text("kind"), count: Int(try $0.integer("contacts"))) }
        let latest = try transaction.rows(
            """
            SELECT content FROM alerts
            WHERE alert_group = $1 AND raised_microseconds > $2 AND conversation_id IS NOT NULL
            ORDER BY raised_microseconds DESC, number DESC LIMIT $3
            """,
            values + [.integer(Int64(2 * SurgeContacts.maximum))],
            read
        )
        return SurgeContacts(count: Int(count ?? 0), kinds: kinds, alerts: latest)
    }

    /// The alerts that time alone changes by `now`, the first ones first.
    static func due(by now: Int64, limit: Int, in transaction: some SQLReading) throws -> [Alert] {
        try transaction.rows(
            "SELECT content FROM alerts WHERE due_microseconds <= $1 ORDER BY due_microseconds, number LIMIT $2",
            [.integer(now), .integer(Int64(limit))],
            read
        )
    }

    /// The alerts that pass a filter and that the caller may see, by their number.
    static func list(
        _ filter: Filter,
        visibility: AlertVisibility,
        in transaction: some SQLReading
    ) throws -> [Alert] {
        var (conditions, values): ([String], [SQLValue]) = (["number > $1", "withdrawn = 0"], [.integer(filter.after)])
        let add = { (column: String, value: SQLValue) in
            values.append(value)
            conditions.append("\(column) $\(values.count)")
        }
        if let status = filter.status { add("status =", .text(status.rawValue)) }
        if let conversation = filter.conversation { add("conversation_id =", .text(conversation)) }
        if let group = filter.group { add("alert_group =", .text(group)) }
        if let event = filter.sinceEvent {
            values.append(.integer(event))
            conditions.append("id IN (SELECT alert_id FROM alert_events WHERE cursor > $\(values.count))")
        }
        conditions += filter.criteria.conditions(&values)
        conditions.append(visibility.condition(&values))
        values.append(.integer(Int64(filter.limit)))
        return try transaction.rows(
            """
            SELECT content FROM alerts WHERE \(conditions.joined(separator: " AND ")) ORDER BY number
            LIMIT $\(values.count)
            """,
            values,
            read
        )
    }

    private static func read(_ row: SQLRow) throws -> Alert { try AlertText.value(try row.text("content")) }
}

/// The contacts of a surge within its time.
struct SurgeContacts: Sendable {
    /// So many are listed.
    static let maximum = 50

    /// How many there are.
    let count: Int
    /// How many raised an alert of each kind.
    let kinds: [(kind: String, count: Int)]
    /// Which, the latest first.
    let latest: [SurgeContact]

    init(count: Int, kinds: [(kind: String, count: Int)], alerts: [Alert]) {
        (self.count, self.kinds) = (count, kinds)
        var seen: Set<String> = []
        let contacts = alerts.compactMap { alert -> SurgeContact? in
            guard let conversation = alert.conversation, seen.insert(conversation).inserted else { return nil }
            return SurgeContact(conversation: conversation, agent: alert.agent, teams: alert.teams)
        }
        latest = Array(contacts.prefix(Self.maximum))
    }
}

/// Values as they are stored: their JSON.
enum AlertText {
    static func text(of value: some Encodable) throws -> String {
        String(decoding: try JSONEncoding.encode(value).serialized(), as: UTF8.self)
    }

    static func value<T: Decodable>(_ text: String) throws -> T {
        do {
            let json = try JSON(parsing: text)
            return try JSONDecoding.decode(T.self, from: json, root: "content", refusingUnknownMembers: false)
        } catch {
            let place = (error as? JSONDecodingError)?.path ?? "it is no JSON"
            throw StorageError(
                code: .corrupt,
                message: "what is stored of an alert cannot be read: \(place)",
                cause: error
            )
        }
    }
}
