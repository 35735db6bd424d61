import Storage
package import Vocabulary

/// A gap in the knowledge base: similar searches that found nothing or whose results were not used.
package struct KnowledgeGap: Sendable, Hashable {
    /// The most central of the searches, or by words the most frequent one; redacted.
    package let name: String
    /// The newest search, redacted.
    package let example: String
    /// The name and up to four other wordings, the most central ones first, or by words the most frequent ones.
    package let examples: [String]
    /// The number of searches.
    package let queries: Int
    /// The number of searches that found nothing.
    package let zeroResults: Int
    /// The number of searches with results that nobody used.
    package let noUse: Int
    /// The number of different subjects who searched; searches of releases that did not record them are not counted.
    package let people: Int
    /// The time of the newest search, in microseconds since 1970.
    package let lastAt: Int64
    /// The words that all of them share.
    package let terms: [String]
    /// How the searches were grouped.
    package let grouping: TextGrouping
}

extension KnowledgeBase {
    /// The number of newest searches that are grouped; older ones are ignored.
    private static let maximumSearches = 20_000

    /// A search that found nothing or whose results nobody used.
    private struct FruitlessSearch: Sendable {
        let text: GroupedText
        let hits: Int
        let at: Int64
        let subject: String?
    }

    /// Groups the searches since a time that found nothing or whose results nobody used.
    ///
    /// Searches belong together when they mean about the same, see ``TextGroups``; without a model, when they share at least
    /// half of their significant words.
    ///
    /// - Parameters:
    ///   - since: microseconds since 1970.
    ///   - limit: the largest number to return.
    ///   - vectors: the vectors of searches; nil without a model.
    /// - Returns: the gaps by number of searches that found nothing, since those left the agent without any answer; then by
    ///   number of searches without use; then by time, newest first.
    /// - Throws: the store's error.
    package func gaps(since: Int64, limit: Int, by vectors: GroupingVectors? = nil) async throws -> [KnowledgeGap] {
        let searches = try await fruitless(since: since)
        let groups = await TextGroups.groups(of: searches.map(\.text), by: vectors)
        let gaps = groups.map { Self.gap($0, searches) }.sorted {
            ($1.zeroResults, $1.noUse, $1.lastAt, $0.name) < ($0.zeroResults, $0.noUse, $0.lastAt, $1.name)
        }
        return Array(gaps.prefix(limit))
    }

    private static func gap(_ group: TextGroup, _ all: [FruitlessSearch]) -> KnowledgeGap {
        let searches = group.members.map { all[$0] }
        let newest = searches[0]
        return KnowledgeGap(
            name: group.examples.first ?? newest.text.text,
            example: newest.text.text,
            examples: group.examples,
            queries: searches.count,
            zeroResults: searches.count { $0.hits == 0 },
            noUse: searches.count { $0.hits > 0 },
            people: Set(searches.compactMap(\.subject)).count,
            lastAt: newest.at,
            terms: group.terms,
            grouping: group.grouping
        )
    }

    /// The searches, newest first.
    private func fruitless(since: Int64) async throws -> [FruitlessSearch] {
        try await store.read { transaction in
            try transaction.rows(
                """
                SELECT s.query, s.words, s.hits, s.at_microseconds, s.locale, s.subject FROM searches s
                WHERE s.at_microseconds >= $1 AND s.words <> '' AND NOT EXISTS (
                    SELECT 1 FROM article_feedback f
                    WHERE f.query_id = s.query_id AND f.verdict IN ('used', 'helpful', 'opened')
                )
                ORDER BY s.at_microseconds DESC, s.query_id LIMIT $2
                """,
                [.integer(since), .integer(Int64(Self.maximumSearches))]
            ) { row in
                FruitlessSearch(
                    text: GroupedText(
                        try row.text("query"),
                        locale: try row.text("locale"),
                        words: try row.text("words")
                    ),
                    hits: Int(try row.integer("hits")),
                    at: try row.integer("at_microseconds"),
                    subject: try row.optionalText("subject")
                )
            }
        }
    }

    /// The different texts that are grouped by meaning, newest first: searches since a time, and open complaints.
    ///
    /// - Throws: the store's error.
    package func groupedTexts(since: Int64, by vectors: GroupingVectors) async throws -> [String] {
        var seen: Set<String> = []
        func different(_ texts: [GroupedText]) -> [String] {
            texts.filter { vectors.understands($0.locale) && seen.insert($0.text).inserted }.map(\.text)
        }
        let searches = different(try await fruitless(since: since).map(\.text))
        return Array(searches.prefix(TextGroups.maximumTexts))
            + different(try await complaints(isOpen: true).map(\.text))
    }
}
