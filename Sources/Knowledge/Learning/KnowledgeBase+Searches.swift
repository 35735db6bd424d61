package import Storage

/// What is counted of a search.
package struct CountedSearch: Sendable, Hashable {
    /// Microseconds since 1970.
    package let at: Int64
    package let locale: String
    package let hits: Int64
    /// How many articles were used after it.
    package let uses: Int64
    package let subject: String?
    package let teams: [String]
    package let conversation: String?
}

extension KnowledgeBase {
    /// What is counted of a search; nil when there is none, as after the deletion of its contact's transcript.
    package static func countedSearch(_ id: String, in transaction: some SQLReading) throws -> CountedSearch? {
        let uses = try transaction.first(
            "SELECT count(*) AS uses FROM article_feedback WHERE query_id = $1 AND verdict = 'used'",
            [.text(id)]
        ) { try $0.integer("uses") }
        return try transaction.first(
            "SELECT at_microseconds, locale, hits, subject, teams, conversation_id FROM searches WHERE query_id = $1",
            [.text(id)]
        ) { row in
            CountedSearch(
                at: try row.integer("at_microseconds"),
                locale: try row.text("locale"),
                hits: try row.integer("hits"),
                uses: uses ?? 0,
                subject: try row.optionalText("subject"),
                teams: try row.optionalText("teams")?.split(separator: "\n").map(String.init) ?? [],
                conversation: try row.optionalText("conversation_id")
            )
        }
    }

    /// The ids of searches; one counts when it was made.
    package static let searchKeys = RecordKeys(table: "searches", id: "query_id", time: "at_microseconds")
}
