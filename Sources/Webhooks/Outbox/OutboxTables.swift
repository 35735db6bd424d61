import Storage
package import Vocabulary

/// The tables of hooks: where each is in the logs, how its receiver behaves, and what is to be sent or was.
enum OutboxTables {
    /// The counter that numbers deliveries.
    static let counter = "webhook_deliveries"

    static let migrations = [
        Migration(
            "webhooks-1",
            [
                """
                CREATE TABLE webhook_positions (
                    hook TEXT NOT NULL,
                    log TEXT NOT NULL,
                    cursor BIGINT NOT NULL,
                    PRIMARY KEY (hook, log)
                )
                """,
                """
                CREATE TABLE webhook_states (
                    hook TEXT NOT NULL PRIMARY KEY,
                    stopped_microseconds BIGINT,
                    stopped_url TEXT,
                    failures BIGINT NOT NULL,
                    resumes_microseconds BIGINT,
                    succeeded_microseconds BIGINT,
                    failed_microseconds BIGINT,
                    status BIGINT,
                    problem TEXT,
                    delivered BIGINT NOT NULL,
                    lost BIGINT NOT NULL
                )
                """,
                """
                CREATE TABLE webhook_deliveries (
                    number BIGINT NOT NULL PRIMARY KEY,
                    hook TEXT NOT NULL,
                    log TEXT NOT NULL,
                    cursor BIGINT NOT NULL,
                    type TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    state TEXT NOT NULL,
                    attempts BIGINT NOT NULL,
                    created_microseconds BIGINT NOT NULL,
                    due_microseconds BIGINT NOT NULL,
                    ended_microseconds BIGINT,
                    status BIGINT,
                    problem TEXT,
                    UNIQUE (hook, log, cursor)
                )
                """,
                "CREATE INDEX webhook_deliveries_in_state ON webhook_deliveries (hook, state, number)",
                "CREATE INDEX webhook_deliveries_of_subject ON webhook_deliveries (hook, subject, state, number)",
                "CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (state, ended_microseconds)",
                "CREATE INDEX webhook_deliveries_of_hook ON webhook_deliveries (hook, number)",
            ],
            generation: 2,
            livesWith: 1
        )
    ]

    private static let columns = """
        number, hook, log, cursor, type, subject, state, attempts, created_microseconds, due_microseconds,
        ended_microseconds, status, problem
        """

    private static func delivery(_ row: SQLRow) throws -> Delivery {
        Delivery(
            number: try row.integer("number"),
            hook: try row.text("hook"),
            log: try row.text("log"),
            cursor: try row.integer("cursor"),
            type: try row.text("type"),
            subject: try row.text("subject"),
            state: try WebhookDeliveryState(stored: row.text("state"), as: "the state of a delivery"),
            attempts: Int(try row.integer("attempts")),
            createdAt: try row.integer("created_microseconds"),
            dueAt: try row.integer("due_microseconds"),
            endedAt: try row.optionalInteger("ended_microseconds"),
            status: try row.optionalInteger("status").map { Int($0) },
            problem: try row.optionalText("problem")
        )
    }

    // MARK: Deliveries

    /// Queues an event for a hook, unless it has been queued before.
    static func insert(_ event: HookEvent, of log: String, for hook: String, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO webhook_deliveries
                (number, hook, log, cursor, type, subject, state, attempts, created_microseconds, due_microseconds)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8) ON CONFLICT (hook, log, cursor) DO NOTHING
            """,
            [
                .integer(try Store.next(counter, in: transaction)), .text(hook), .text(log), .integer(event.cursor),
                .text(event.type), .text(event.subject), .text(WebhookDeliveryState.waiting.rawValue),
                .integer(event.at),
            ]
        )
    }

    /// Writes what has become of a delivery that still waits; false if it does not.
    static func update(_ delivery: Delivery, in transaction: WriteTransaction) throws -> Bool {
        try transaction.execute(
            """
            UPDATE webhook_deliveries SET state = $2, attempts = $3, due_microseconds = $4, ended_microseconds = $5,
                status = $6, problem = $7
            WHERE number = $1 AND state = 'waiting'
            """,
            [
                .integer(delivery.number), .text(delivery.state.rawValue), .integer(Int64(delivery.attempts)),
                .integer(delivery.dueAt), .optional(delivery.endedAt), .optional(delivery.status.map { Int64($0) }),
                .optional(delivery.problem),
            ]
        ) == 1
    }

    /// What a hook can be sent now: of each subject the first delivery that waits, if it is due, in the order of their numbers.
    ///
    /// Costs one look-up for each delivery that is due, from the first on, until there are enough.
    static func due(_ hook: String, now: Int64, limit: Int, in transaction: some SQLReading) throws -> [Delivery] {
        try transaction.rows(
            """
            SELECT \(columns) FROM webhook_deliveries WHERE hook = $1 AND state = 'waiting' AND due_microseconds <= $2
                AND NOT EXISTS (
                    SELECT 1 FROM webhook_deliveries AS earlier
                    WHERE earlier.hook = $1 AND earlier.subject = webhook_deliveries.subject
                        AND earlier.state = 'waiting' AND earlier.number < webhook_deliveries.number
                )
            ORDER BY number LIMIT $3
            """,
            [.text(hook), .integer(now), .integer(Int64(limit))],
            delivery
        )
    }

    /// How many deliveries of a hook wait, and since when the oldest has.
    static func waiting(_ hook: String, in transaction: some SQLReading) throws -> (count: Int, oldest: Int64?) {
        try transaction.first(
            """
            SELECT count(*) AS waiting, min(created_microseconds) AS oldest FROM webhook_deliveries
            WHERE hook = $1 AND state = 'waiting'
            """,
            [.text(hook)]
        ) { (Int(try $0.integer("waiting")), try $0.optionalInteger("oldest")) } ?? (0, nil)
    }

    /// Deliveries, newest first.
    static func list(_ query: DeliveryQuery, in transaction: some SQLReading) throws -> [Delivery] {
        var (conditions, values): ([String], [SQLValue]) = (["1 = 1"], [])
        let add = { (condition: String, value: SQLValue) in
            values.append(value)
            conditions.append("\(condition) $\(values.count)")
        }
        if let hook = query.hook { add("hook =", .text(hook)) }
        if let state = query.state { add("state =", .text(state.rawValue)) }
        if let before = query.before { add("number <", .integer(before)) }
        values.append(.integer(Int64(query.limit)))
        return try transaction.rows(
            """
            SELECT \(columns) FROM webhook_deliveries WHERE \(conditions.joined(separator: " AND "))
            ORDER BY number DESC LIMIT $\(values.count)
            """,
            values,
            delivery
        )
    }

    /// Has what waits for a later attempt sent now.
    static func hurry(_ hook: String, now: Int64, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            UPDATE webhook_deliveries SET due_microseconds = $2
            WHERE hook = $1 AND state = 'waiting' AND due_microseconds > $2
            """,
            [.text(hook), .integer(now)]
        )
    }

    /// Has deliveries that ended sent again.
    ///
    /// - Returns: how many that are.
    static func replay(
        _ selection: ReplaySelection,
        of hook: String,
        now: Int64,
        limit: Int,
        in transaction: WriteTransaction
    ) throws -> Int {
        var values: [SQLValue] = [.text(hook), .integer(Int64(limit))]
        let condition: String
        switch selection {
        case .numbers(let numbers):
            let places = numbers.map { number in
                values.append(.integer(number))
                return "$\(values.count)"
            }
            condition = "state <> 'waiting' AND number IN (\(places.joined(separator: ", ")))"
        case .failed: condition = "state = 'failed'"
        case .since(let time):
            values.append(.integer(time))
            condition = "state <> 'waiting' AND created_microseconds >= $\(values.count)"
        }
        let numbers = try transaction.rows(
            "SELECT number FROM webhook_deliveries WHERE hook = $1 AND \(condition) ORDER BY number LIMIT $2",
            values
        ) { try $0.integer("number") }
        for number in numbers {
            try transaction.execute(
                """
                UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, due_microseconds = $2,
                    ended_microseconds = NULL
                WHERE number = $1
                """,
                [.integer(number), .integer(now)]
            )
        }
        return numbers.count
    }

    /// Deletes deliveries in a state that ended before a time.
    static func prune(
        _ state: WebhookDeliveryState,
        before time: Int64,
        limit: Int,
        in transaction: WriteTransaction
    ) throws
        -> Int
    {
        try transaction.execute(
            """
            DELETE FROM webhook_deliveries WHERE number IN (
                SELECT number FROM webhook_deliveries WHERE state = $1 AND ended_microseconds < $2
                ORDER BY ended_microseconds LIMIT $3
            )
            """,
            [.text(state.rawValue), .integer(time), .integer(Int64(limit))]
        )
    }

    // MARK: Positions

    /// Where hooks are in the logs.
    static func positions(in transaction: some SQLReading) throws -> [HookPosition] {
        try transaction.rows("SELECT hook, log, cursor FROM webhook_positions ORDER BY hook, log") {
            HookPosition(hook: try $0.text("hook"), log: try $0.text("log"), cursor: try $0.integer("cursor"))
        }
    }

    /// Has a hook begin with what comes next in a log.
    static func begin(_ hook: String, at log: String, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO webhook_positions (hook, log, cursor) VALUES ($1, $2, $3)
            ON CONFLICT (hook, log) DO NOTHING
            """,
            [.text(hook), .text(log), .integer(try Store.current(log, in: transaction))]
        )
    }

    /// Moves a hook on in a log; false if it is not where it was read.
    static func move(_ position: HookPosition, to cursor: Int64, in transaction: WriteTransaction) throws -> Bool {
        try transaction.execute(
            "UPDATE webhook_positions SET cursor = $4 WHERE hook = $1 AND log = $2 AND cursor = $3",
            [.text(position.hook), .text(position.log), .integer(position.cursor), .integer(cursor)]
        ) == 1
    }

    /// Forgets a hook that is no longer in the file; what was to be sent is not sent.
    static func drop(_ hook: String, now: Int64, in transaction: WriteTransaction) throws {
        try transaction.execute("DELETE FROM webhook_positions WHERE hook = $1", [.text(hook)])
        try transaction.execute("DELETE FROM webhook_states WHERE hook = $1", [.text(hook)])
        try transaction.execute(
            """
            UPDATE webhook_deliveries SET state = 'dropped', ended_microseconds = $2
            WHERE hook = $1 AND state = 'waiting'
            """,
            [.text(hook), .integer(now)]
        )
    }

    // MARK: States

    static func state(of hook: String, in transaction: some SQLReading) throws -> HookState {
        try transaction.first(
            """
            SELECT stopped_microseconds, stopped_url, failures, resumes_microseconds, succeeded_microseconds,
                failed_microseconds, status, problem, delivered, lost
            FROM webhook_states WHERE hook = $1
            """,
            [.text(hook)]
        ) { row in
            var state = HookState()
            state.stoppedAt = try row.optionalInteger("stopped_microseconds")
            state.stoppedURL = try row.optionalText("stopped_url")
            state.failures = Int(try row.integer("failures"))
            state.resumesAt = try row.optionalInteger("resumes_microseconds")
            state.succeededAt = try row.optionalInteger("succeeded_microseconds")
            state.failedAt = try row.optionalInteger("failed_microseconds")
            state.status = try row.optionalInteger("status").map { Int($0) }
            state.problem = try row.optionalText("problem")
            state.delivered = try row.integer("delivered")
            state.lost = try row.integer("lost")
            return state
        } ?? HookState()
    }

    static func put(_ state: HookState, of hook: String, in transaction: WriteTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO webhook_states (hook, stopped_microseconds, stopped_url, failures, resumes_microseconds,
                succeeded_microseconds, failed_microseconds, status, problem, delivered, lost)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (hook) DO UPDATE SET stopped_microseconds = excluded.stopped_microseconds,
                stopped_url = excluded.stopped_url, failures = excluded.failures,
                resumes_microseconds = excluded.resumes_microseconds,
                succeeded_microseconds = excluded.succeeded_microseconds,
                failed_microseconds = excluded.failed_microseconds, status = excluded.status,
                problem = excluded.problem, delivered = excluded.delivered, lost = excluded.lost
            """,
            [
                .text(hook), .optional(state.stoppedAt), .optional(state.stoppedURL), .integer(Int64(state.failures)),
                .optional(state.resumesAt), .optional(state.succeededAt), .optional(state.failedAt),
                .optional(state.status.map { Int64($0) }), .optional(state.problem), .integer(state.delivered),
                .integer(state.lost),
            ]
        )
    }
}

/// Where a hook is in a log.
struct HookPosition: Sendable, Hashable {
    let hook: String
    let log: String
    /// The number of the last event that was looked at.
    let cursor: Int64
}

/// Which deliveries are listed.
package struct DeliveryQuery: Sendable {
    package var hook: String?
    package var state: WebhookDeliveryState?
    /// Only those with smaller numbers.
    package var before: Int64?
    package var limit: Int

    package init(hook: String? = nil, state: WebhookDeliveryState? = nil, before: Int64? = nil, limit: Int = 50) {
        (self.hook, self.state, self.before, self.limit) = (hook, state, before, limit)
    }
}

/// Which deliveries are sent again.
package enum ReplaySelection: Sendable {
    case numbers([Int64])
    /// Those that were given up.
    case failed
    /// Those of events that happened at or after a time, in microseconds since 1970, whatever became of them.
    case since(Int64)
}
