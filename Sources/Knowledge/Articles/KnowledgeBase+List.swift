import Storage
package import Vocabulary

/// Which articles to list; members that are nil do not filter.
package struct ArticleFilter: Sendable {
    package var status: ArticleStatus?
    package var tags: [String]
    package var locale: String?
    /// Microseconds since 1970.
    package var expiringBefore: Int64?
    /// Microseconds since 1970.
    package var unusedSince: Int64?
    /// The ``ArticleListing/number`` after which the list continues.
    package var after: Int64?
    package var limit: Int

    package init(
        status: ArticleStatus? = nil,
        tags: [String] = [],
        locale: String? = nil,
        expiringBefore: Int64? = nil,
        unusedSince: Int64? = nil,
        after: Int64? = nil,
        limit: Int = 50
    ) {
        self.status = status
        self.tags = tags
        self.locale = locale
        self.expiringBefore = expiringBefore
        self.unusedSince = unusedSince
        self.after = after
        self.limit = limit
    }
}

extension KnowledgeBase {
    /// The matching articles that the caller may see, in the order in which they were first written.
    ///
    /// - Returns: at most `filter.limit` articles, and whether there are more.
    package func list(
        _ filter: ArticleFilter,
        visibility: ArticleVisibility,
        now: Int64
    ) async throws -> (articles: [ArticleListing], isComplete: Bool) {
        let (conditions, arguments) = Self.conditions(filter, visibility: visibility, now: now)
        var found: [ArticleListing] = try await store.read { transaction in
            let seen = try Self.restrictions(in: transaction).filter { visibility.meets($0.conditions) }.map(\.text)
            guard !seen.isEmpty else { return [] }
            let first = arguments.count
            let places = seen.indices.map { "$\(first + $0 + 1)" }.joined(separator: ", ")
            let sql = """
                SELECT a.id, a.locale, a.version, a.title, a.status, a.updated_microseconds,
                    coalesce(u.uses, 0) AS uses, a.number, a.valid_from_microseconds, a.valid_until_microseconds
                FROM articles a LEFT JOIN article_uses u ON u.id = a.id AND u.locale = a.locale
                WHERE \((conditions + ["a.restrictions IN (\(places))"]).joined(separator: " AND "))
                ORDER BY a.number LIMIT $\(first + seen.count + 1)
                """
            let all = arguments + seen.map(SQLValue.text) + [.integer(Int64(filter.limit) + 1)]
            return try transaction.rows(sql, all, Self.listing)
        }
        guard found.count > filter.limit else { return (found, true) }
        found.removeLast()
        return (found, false)
    }

    /// The distinct restrictions of all articles, of which there are few even with many articles.
    static func restrictions(
        in transaction: some SQLReading
    ) throws -> [(text: String, conditions: [AttributeCondition])] {
        try transaction.rows("SELECT DISTINCT restrictions FROM articles") { row in
            let text = try row.text("restrictions")
            return (text, try AttributeCondition.parse(text))
        }
    }

    private static func listing(_ row: SQLRow) throws -> ArticleListing {
        ArticleListing(
            number: try row.integer("number"),
            key: ArticleKey(id: try row.text("id"), locale: try row.text("locale")),
            version: try row.integer("version"),
            title: try row.text("title"),
            status: try ArticleTable.status(row.text("status")),
            updatedAt: try row.integer("updated_microseconds"),
            uses: try row.integer("uses"),
            validFrom: try row.optionalInteger("valid_from_microseconds"),
            validUntil: try row.optionalInteger("valid_until_microseconds")
        )
    }

    private static func conditions(
        _ filter: ArticleFilter,
        visibility: ArticleVisibility,
        now: Int64
    ) -> (conditions: [String], arguments: [SQLValue]) {
        var (conditions, arguments): ([String], [SQLValue]) = ([], [])
        func add(_ condition: (String) -> String, _ value: SQLValue) {
            arguments.append(value)
            conditions.append(condition("$\(arguments.count)"))
        }
        let audiences = visibility.audiences.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        conditions.append("a.audience IN (\(audiences))")
        if let status = filter.status { add({ "a.status = \($0)" }, .text(status.rawValue)) }
        if let locale = filter.locale { add({ "a.locale = \($0)" }, .text(locale)) }
        if let after = filter.after { add({ "a.number > \($0)" }, .integer(after)) }
        for tag in filter.tags {
            add(
                { "EXISTS (SELECT 1 FROM article_tags t WHERE t.tag = \($0) AND t.id = a.id AND t.locale = a.locale)" },
                .text(tag)
            )
        }
        if let moment = filter.expiringBefore { add({ "a.valid_until_microseconds < \($0)" }, .integer(moment)) }
        if let moment = filter.unusedSince {
            add({ "(u.last_microseconds IS NULL OR u.last_microseconds < \($0))" }, .integer(moment))
        }
        if !visibility.seesUnpublished {
            conditions.append("a.status = 'published'")
            add({ "(a.valid_from_microseconds IS NULL OR a.valid_from_microseconds <= \($0))" }, .integer(now))
            add({ "(a.valid_until_microseconds IS NULL OR a.valid_until_microseconds > \($0))" }, .integer(now))
        }
        return (conditions, arguments)
    }
}
