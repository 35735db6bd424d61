import Storage

/// A gap: searches for about the same that found nothing, or led to no use.
package struct KnowledgeGap: Sendable, Hashable {
    /// The newest of the searches, redacted.
    package var example: String
    /// How many searches.
    package var queries: Int
    /// How many of them found nothing.
    package var zeroResults: Int
    /// How many of them found something that nobody used.
    package var noUse: Int
    /// When the newest was, in microseconds since 1970.
    package var lastAt: Int64
    /// The words they share.
    package var terms: [String]
}

extension KnowledgeBase {
    /// The newest searches that are grouped; older ones are left out.
    private static let maximumSearches = 20_000

    /// Groups the searches since a moment that found nothing, or whose results nobody used, the most harmful group first.
    ///
    /// Searches belong together when they share at least half of their telling words.
    package func gaps(since: Int64, limit: Int) throws -> [KnowledgeGap] {
        let groups = GapGroups(try fruitless(since: since)).gaps
        return Array(groups.prefix(limit))
    }

    private func fruitless(since: Int64) throws -> [GapGroups.Search] {
        try store.readNow { transaction in
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
                    query: try row.text(0),
                    words: Set(try row.text(1).split(separator: " ").map(String.init)),
                    hits: Int(try row.integer(2)),
                    at: try row.integer(3)
                )
            }
        }
    }
}

/// Puts searches that share most of their words into groups, newest first.
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

    /// The groups, the most harmful first: those whose searches most often found nothing, for there the agent had no
    /// answer at all; then those that most often led to no use; then the newest.
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

    /// The first group whose shared words and these have at least half in common.
    private func group(for candidate: Set<String>) -> Int? {
        let near = Set(candidate.flatMap { groupsOfWord[$0] ?? [] })
        return near.sorted().first { group in
            let common = words[group].intersection(candidate).count
            return common > 0 && 2 * common >= words[group].union(candidate).count
        }
    }
}
