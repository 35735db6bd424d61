import Storage
import Vocabulary

/// How a page of a list is read: the statements that find its items, each of which reads an index in the order of the list.
///
/// A part of which every row belongs to the list is read by ranges of an index, which has all that is needed to put the parts together; the rows
/// themselves are read only for the items of the page. Where no index has a filter (items of a contact, and items that one person
/// created and another one owns), rows are tested one by one, at most ``budget`` of them for a page.
///
/// A page costs one look-up for each facet of each team that it concerns, and one range of at most as many entries as the page holds for each facet that
/// the filter wants, however many items there are.
struct WorkPlan {
    /// A statement with its values.
    struct Statement: Sendable, Hashable {
        let sql: String
        let values: [SQLValue]
    }

    /// How a part is read.
    enum Step: Sendable, Hashable {
        /// Every row that the statement finds is of the list.
        case range(Statement)
        /// The first statement tests rows; the second finds the last of the rows that it has looked at.
        case test(Statement, end: Statement)
    }

    /// How many rows of a part are tested for one page.
    static let budget = 2_000
    /// More than there are teams or facets of a part: 200 kinds in one file, ten facets each.
    private static let maximumValues = 10_000

    /// The parts.
    private(set) var steps: [Step] = []
    /// The statements that have found which teams and facets there are.
    private(set) var lookups: [Statement] = []

    /// The plan of a page, which depends on the teams and facets that the items have now.
    ///
    /// - Throws: the store's error; `corrupt` for a facet that cannot be read.
    init(_ filter: WorkFilter, for visibility: WorkVisibility, in transaction: some SQLReading) throws {
        for scope in visibility.scopes(filter) {
            guard scope.isExact else {
                steps.append(Self.test(scope, filter, visibility))
                continue
            }
            for range in try ranges(scope, filter, in: transaction) { steps.append(.range(Self.range(range, filter))) }
        }
    }

    /// The equalities that the ranges of an exact part have.
    private mutating func ranges(
        _ scope: WorkScope,
        _ filter: WorkFilter,
        in transaction: some SQLReading
    ) throws -> [[(column: String, value: String)]] {
        let part = scope.column.map { [(column: $0.rawValue, value: scope.value)] } ?? []
        guard filter.hasFacets || scope.teams != nil else { return [part] }
        var parts = [part]
        if scope.column?.hasTeams ?? false {
            let teams = try scope.teams?.sorted() ?? values(of: "team", in: part, transaction)
            parts = teams.map { part + [(column: "team", value: $0)] }
        }
        return try parts.flatMap { part in
            try values(of: "facet", in: part, transaction).compactMap { text in
                guard let facet = WorkFacet(text) else {
                    throw StorageError(code: .corrupt, message: "“\(text)” is no facet of work")
                }
                return facet.passes(filter) ? part + [(column: "facet", value: text)] : nil
            }
        }
    }

    /// The values that a column has in a part, each found by one look-up in an index.
    private mutating func values(
        of column: String,
        in part: [(column: String, value: String)],
        _ transaction: some SQLReading
    ) throws -> [String] {
        var values: [SQLValue] = []
        let isInPart = Self.conditions(part, &values)
        let first = isInPart.isEmpty ? "" : " WHERE " + isInPart.joined(separator: " AND ")
        let next = (isInPart + ["\(column) > found.value"]).joined(separator: " AND ")
        let statement = Statement(
            sql: """
                WITH RECURSIVE found(value) AS (
                    SELECT (SELECT \(column) FROM work_items\(first) ORDER BY \(column) LIMIT 1)
                    UNION ALL
                    SELECT (SELECT \(column) FROM work_items WHERE \(next) ORDER BY \(column) LIMIT 1)
                    FROM found WHERE found.value IS NOT NULL
                )
                SELECT value FROM found WHERE value IS NOT NULL LIMIT \(Self.maximumValues)
                """,
            values: values
        )
        lookups.append(statement)
        return try transaction.rows(statement.sql, statement.values) { try $0.text("value") }
    }

    // MARK: Statements

    private static func conditions(
        _ part: [(column: String, value: String)],
        _ values: inout [SQLValue]
    ) -> [String] {
        part.map { column, value in
            values.append(.text(value))
            return "\(column) = $\(values.count)"
        }
    }

    private static func order(_ filter: WorkFilter) -> String {
        filter.order == .due ? "due_microseconds, number" : "number"
    }

    /// The rows of a part after the place where the page begins, in the order of the list.
    private static func rows(
        _ part: [(column: String, value: String)],
        _ filter: WorkFilter,
        _ values: inout [SQLValue]
    ) -> String {
        var conditions = conditions(part, &values)
        let after = filter.after ?? WorkPosition(due: 0, number: 0)
        switch filter.order {
        case .created:
            values.append(.integer(after.number))
            conditions.append("number > $\(values.count)")
        case .due:
            values += [.integer(after.due), .integer(after.number)]
            conditions.append("(due_microseconds, number) > ($\(values.count - 1), $\(values.count))")
            if let time = filter.dueBefore {
                values.append(.integer(time))
                conditions.append("due_microseconds < $\(values.count)")
            }
        }
        return "FROM work_items WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(order(filter))"
    }

    private static func range(_ part: [(column: String, value: String)], _ filter: WorkFilter) -> Statement {
        var values: [SQLValue] = []
        let rows = rows(part, filter, &values)
        values.append(.integer(Int64(filter.limit)))
        return Statement(sql: "SELECT \(order(filter)) \(rows) LIMIT $\(values.count)", values: values)
    }

    private static func test(_ scope: WorkScope, _ filter: WorkFilter, _ visibility: WorkVisibility) -> Step {
        var values: [SQLValue] = []
        let part = scope.column.map { [(column: $0.rawValue, value: scope.value)] } ?? []
        let rows = rows(part, filter, &values)
        let end = Statement(
            sql: "SELECT \(order(filter)) \(rows) LIMIT 1 OFFSET \(budget - 1)",
            values: values
        )
        var conditions = [visibility.condition(&values)]
        let add = { (condition: String, value: SQLValue) in
            values.append(value)
            conditions.append("\(condition) $\(values.count)")
        }
        if let state = filter.state { add("state =", .text(state.rawValue)) }
        if let owner = filter.owner { add("owner =", .text(owner)) }
        if let creator = filter.creator { add("created_by =", .text(creator)) }
        if let isBreached = filter.isBreached { add("breached =", .integer(isBreached ? 1 : 0)) }
        if let time = filter.dueBefore { add("due_microseconds <", .integer(time)) }
        if let id = filter.conversation { add("conversation_id =", .text(id)) }
        if let key = filter.customerKey { add("customer_id =", .text(key)) }
        if let kinds = filter.kinds { conditions.append("kind IN (\(places(kinds, &values)))") }
        if let teams = filter.teams { conditions.append("team IN (\(places(teams, &values)))") }
        values.append(.integer(Int64(filter.limit)))
        let sql = """
            SELECT number, due_microseconds FROM (SELECT number, due_microseconds, team, owner, created_by, state, kind, breached,
                conversation_id, customer_id \(rows) LIMIT \(budget)) AS seen
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(order(filter)) LIMIT $\(values.count)
            """
        return .test(Statement(sql: sql, values: values), end: end)
    }

    /// The places of some values, in a fixed order so that equal lists have equal statements; an empty list fits nothing.
    static func places(_ texts: Set<String>, _ values: inout [SQLValue]) -> String {
        guard !texts.isEmpty else { return "NULL" }
        return texts.sorted().map { text in
            values.append(.text(text))
            return "$\(values.count)"
        }.joined(separator: ", ")
    }
}

extension WorkPlan {
    /// Runs the plan.
    ///
    /// - Returns: the places of the items of the page, and where the next one begins; nil at the end.
    func page(
        _ filter: WorkFilter,
        in transaction: some SQLReading
    ) throws -> (places: [WorkPosition], next: WorkPosition?) {
        let parts = try steps.map { step in
            switch step {
            case .range(let statement):
                let places = try Self.places(statement, filter, in: transaction)
                return WorkMerge.Part(places: places, end: places.count == filter.limit ? places.last : nil)
            case .test(let statement, let end):
                let places = try Self.places(statement, filter, in: transaction)
                if places.count == filter.limit { return WorkMerge.Part(places: places, end: places.last) }
                return WorkMerge.Part(places: places, end: try Self.places(end, filter, in: transaction).first)
            }
        }
        return WorkMerge.page(parts, limit: filter.limit)
    }

    private static func places(
        _ statement: Statement,
        _ filter: WorkFilter,
        in transaction: some SQLReading
    ) throws -> [WorkPosition] {
        try transaction.rows(statement.sql, statement.values) { row in
            WorkPosition(
                due: filter.order == .due ? try row.integer("due_microseconds") : 0,
                number: try row.integer("number")
            )
        }
    }
}
