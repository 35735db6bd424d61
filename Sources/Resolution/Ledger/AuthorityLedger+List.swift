package import Access
package import Storage
package import Vocabulary

/// Which requests are wanted.
package struct GrantQuery: Sendable, Hashable {
    /// Only in this state.
    package var status: ResolutionStatus?
    /// Only for this customer.
    package var customerID: String?
    /// Only by this subject.
    package var agent: String?
    /// Only those that the caller's tier suffices for.
    package var isAwaitingCaller = false
    /// Only those of which an agent says that the money came back, and which the caller may confirm.
    package var isAwaitingConfirmation = false
    /// Only those made at this moment or later, in microseconds since 1970.
    package var since: Int64?
    /// How many at most.
    package var limit = 50
    /// Only those after this place in the order of requests.
    package var after: Int64?

    package init() {}
}

/// Requests in the order in which they were made.
package struct GrantPage: Sendable {
    /// The requests.
    package let grants: [Grant]
    /// The place to go on after; nil at the end.
    package let next: Int64?
}

extension AuthorityLedger {
    /// One request.
    ///
    /// - Throws: ``ResolutionError`` `notFound`, also for one that the principal may not see.
    package func grant(_ id: String, for principal: Principal, now: Int64) async throws -> Grant {
        try await store.read { [self] transaction in
            try visible(id, to: GrantVisibility(of: principal), in: transaction).grant
                .standing(at: try expiryMoment(now, in: transaction))
        }
    }

    /// What happened to a request, oldest first; the caller has made sure that it may be seen.
    package func events(of id: String) async throws -> [LedgerEvent] {
        try await store.read { transaction in
            try transaction.rows(
                """
                SELECT sequence, kind, actor, at_microseconds, note FROM resolution_events
                WHERE resolution_id = $1 ORDER BY sequence
                """,
                [.text(id)]
            ) { row in
                LedgerEvent(
                    sequence: try row.integer("sequence"),
                    kind: try row.text("kind"),
                    actor: try row.optionalText("actor"),
                    at: try row.integer("at_microseconds"),
                    note: try row.optionalText("note")
                )
            }
        }
    }

    /// The requests that a principal may see, oldest first.
    ///
    /// Those that await the caller are pending, of others, and need no higher tier than the caller's.
    package func list(_ query: GrantQuery, for principal: Principal, now: Int64) async throws -> GrantPage {
        let names = try await namesToRead()
        return try await store.read { [self] transaction in
            let moment = try expiryMoment(now, in: transaction)
            let selection = GrantSelection(query, principal, at: moment, customerHash: { names.customer($0) })
            guard let statement = selection else { return GrantPage(grants: [], next: nil) }
            var (grants, next): ([Grant], Int64?) = ([], nil)
            for stored in try transaction.rows(statement.sql, statement.arguments, GrantTable.stored) {
                if grants.count == query.limit {
                    next = grants.last?.sequence
                    break
                }
                grants.append(stored.grant.standing(at: moment))
            }
            return GrantPage(grants: grants, next: next)
        }
    }

    /// The requests made in a conversation, oldest first; the caller has made sure that it may be seen.
    package func grants(ofConversation id: String, now: Int64, in transaction: some SQLReading) throws -> [Grant] {
        let moment = try expiryMoment(now, in: transaction)
        return try transaction.rows(
            "SELECT \(GrantTable.columns) FROM resolutions WHERE conversation_id = $1 ORDER BY sequence LIMIT 100",
            [.text(id)]
        ) { try GrantTable.stored($0).grant.standing(at: moment) }
    }
}

/// A list of requests as one statement.
private struct GrantSelection {
    private(set) var arguments: [SQLValue] = []
    private var conditions: [String] = []

    /// The requests as they stand at a moment; nil when nothing can be found.
    init?(_ query: GrantQuery, _ principal: Principal, at moment: Int64?, customerHash: (String) -> String) {
        add("sequence >", .integer(query.after ?? 0))
        if let since = query.since { add("created_microseconds >=", .integer(since)) }
        if let status = query.status { restrict(to: status, at: moment) }
        if let customer = query.customerID { add("customer_hash =", .text(customerHash(customer))) }
        if let agent = query.agent { add("requested_by =", .text(agent)) }
        if query.isAwaitingCaller {
            guard principal.holds(anyOf: [.supervisor]), let tier = principal.tier else { return nil }
            restrict(to: .pending, at: moment)
            add("approver_tier <=", .integer(Int64(tier)))
            add("requested_by <>", .text(principal.subject))
            restrictToLed(by: principal)
        } else if query.isAwaitingConfirmation {
            guard principal.holds(anyOf: [.supervisor]) else { return nil }
            add("awaits_confirmation =", .integer(1))
            add("requested_by <>", .text(principal.subject))
            restrictToLed(by: principal)
        } else {
            restrict(to: GrantVisibility(of: principal))
        }
        arguments.append(.integer(Int64(query.limit) + 1))
    }

    var sql: String {
        """
        SELECT \(GrantTable.columns) FROM resolutions WHERE \(conditions.joined(separator: " AND "))
        ORDER BY sequence LIMIT $\(arguments.count)
        """
    }

    private mutating func add(_ condition: String, _ value: SQLValue) {
        arguments.append(value)
        conditions.append("\(condition) $\(arguments.count)")
    }

    /// What is overdue is no longer pending but expired.
    private mutating func restrict(to status: ResolutionStatus, at moment: Int64?) {
        guard let moment, status == .pending || status == .expired else {
            add("status =", .text(status.rawValue))
            return
        }
        arguments.append(.integer(moment))
        conditions.append(
            status == .pending
                ? "status = 'pending' AND (expires_microseconds IS NULL OR expires_microseconds > $\(arguments.count))"
                : "(status = 'expired' OR status = 'pending' AND expires_microseconds <= $\(arguments.count))"
        )
    }

    /// What is seen as an auditor only does not await its reader.
    private mutating func restrictToLed(by principal: Principal) {
        let roles = principal.roles.subtracting([.auditor])
        let lead = Principal(subject: principal.subject, roles: roles, attributes: principal.attributes)
        restrict(to: GrantVisibility(of: lead))
    }

    private mutating func restrict(to visibility: GrantVisibility) {
        guard !visibility.isUnlimited else { return }
        arguments.append(.text(visibility.subject))
        var condition = "requested_by = $\(arguments.count)"
        if !visibility.teams.isEmpty {
            let places = visibility.teams.sorted().map { team in
                arguments.append(.text(team))
                return "$\(arguments.count)"
            }
            condition += """
                 OR EXISTS (SELECT 1 FROM resolution_teams WHERE resolution_teams.sequence = resolutions.sequence
                AND team IN (\(places.joined(separator: ", "))))
                """
        }
        conditions.append("(\(condition))")
    }
}
