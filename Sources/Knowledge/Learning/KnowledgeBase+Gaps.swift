import Storage

/// A gap in the knowledge base: similar searches that found nothing or whose results were not used.
package struct KnowledgeGap: Sendable, Hashable {
    /// The newest search, redacted.
    package var example: String
    /// The number of searches.
    package var queries: Int
    /// The number of searches that found nothing.
    package var zeroResults: Int
    /// The number of searches with results that nobody used.
    package var noUse: Int
    /// The time of the newest search, in microseconds since 1970.
    package var lastAt: Int64
    /// The words they share.
    package var terms: [String]
}

extension KnowledgeBase {
    /// The number of newest searches that are grouped; older ones are ignored.
    private static let maximumSearches = 20_000

    /// Groups the searches since a time that found nothing or whose results nobody used, the worst gap first.
    ///
    /// Searches belong together when they share at least half of their significant words.
    package func gaps(since: Int64, limit: Int) async throws -> [KnowledgeGap] {
        let groups = GapGroups(try await fruitless(since: since)).gaps
        return Array(groups.prefix(limit))
    }

    private func fruitless(since: Int64) async throws -> [GapGroups.Search] {
        try await store.read { transaction in
            try transaction.rows(
                """
                SELECT s.query, s.words, s.hits, s.at_microseconds FROM searches s
                WHERE s.at_microseconds >= $1 AND s.words <> '' AND NOT EXISTS (
                    SELECT 1 FROM article_feedback f
                    WHERE f.query_id = s.query_id AND f.verdict IN ('used', 'helpful', 'opened')
                )
                ORDER BY s.at_microseconds DESC, s.query_id LIMIT $2
                """,
                [.integer(since), .integer(Int64(Self.maximumSearches))]
            ) { row in
                GapGroups.Search(
                    query: try row.text("query"),
                    words: Set(try row.text("words").split(separator: " ").map(String.init)),
                    hits: Int(try row.integer("hits")),
                    at: try row.integer("at_microseconds")
                )
            }
        }
    }
}

/// Groups searches that share most of their words, newest first.
struct GapGroups {
    struct Search {
        let query: String
        let words: Set<String>
        let hits: Int
        let at: Int64
    }

    private var groups: [KnowledgeGap] = []
    private var words: [Set<String>] = []
    private var groupsOfWord: [String: [Int]] = [:]

    /// - Parameter searches: newest first.
    init(_ searches: [Search]) {
        for search in searches { add(search) }
    }

    /// The groups by number of searches that found nothing, since those left the agent without any answer; then by
    /// number of searches without use; then by time, newest first.
    var gaps: [KnowledgeGap] {
        groups.sorted {
            ($1.zeroResults, $1.noUse, $1.lastAt, $0.example) < ($0.zeroResults, $0.noUse, $0.lastAt, $1.example)
        }
    }

    private mutating func add(_ search: Search) {
        guard let group = group(for: search.words) else { return begin(search) }
        groups[group].queries += 1
        if search.hits == 0 { groups[group].zeroResults += 1 } else { groups[group].noUse += 1 }
        words[group].formIntersection(search.words)
        groups[group].terms = words[group].sorted()
    }

    private mutating func begin(_ search: Search) {
        for word in search.words { groupsOfWord[word, default: []].append(groups.count) }
        words.append(search.words)
        groups.append(
            KnowledgeGap(
                example: search.query,
                queries: 1,
                zeroResults: search.hits == 0 ? 1 : 0,
                noUse: search.hits == 0 ? 0 : 1,
                lastAt: search.at,
                terms: search.words.sorted()
            )
        )
    }

    /// The first group whose shared words overlap with these by at least half.
    private func group(for candidate: Set<String>) -> Int? {
        let near = Set(candidate.flatMap { groupsOfWord[$0] ?? [] })
        return near.sorted().first { group in
            let common = words[group].intersection(candidate).count
            return common > 0 && 2 * common >= words[group].union(candidate).count
        }
    }
}
