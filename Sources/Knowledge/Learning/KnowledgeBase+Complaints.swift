import Storage
package import Vocabulary

/// Comments on articles that say about the same, on whatever articles they were made.
package struct ComplaintGroup: Sendable, Hashable {
    /// The most central of the comments, or by words the most frequent one.
    package let name: String
    /// The name and up to four other wordings.
    package let examples: [String]
    /// The number of comments.
    package let comments: Int
    /// The complaints with these comments, the latest first; ``KnowledgeBase/maximumIssuesOfGroup`` at most.
    package let issues: [String]
    /// The number of different articles.
    package let articles: Int
    /// How the comments were grouped.
    package let grouping: TextGrouping
}

extension KnowledgeBase {
    /// The largest number of complaints listed of a group.
    package static let maximumIssuesOfGroup = 20
    /// The number of complaints whose comments are grouped, those with the newest reports.
    private static let maximumIssues = 500
    /// The number of comments that are grouped.
    private static let maximumComments = 2_000

    /// A comment, and what it is about.
    struct Complaint: Sendable {
        let text: GroupedText
        let issue: String
        let article: String
    }

    /// Groups what people wrote about articles, so that a cause that concerns several articles shows as one.
    ///
    /// Comments belong together when they mean about the same, see ``TextGroups``; without a model, when they share at least
    /// half of their significant words.
    ///
    /// - Parameters:
    ///   - isOpen: true for open complaints, false for resolved ones.
    ///   - limit: the largest number to return.
    ///   - vectors: the vectors of comments; nil without a model.
    /// - Returns: the groups of two or more comments, the one with most comments first.
    /// - Throws: the store's error.
    package func complaintGroups(
        isOpen: Bool,
        limit: Int,
        by vectors: GroupingVectors? = nil
    ) async throws -> [ComplaintGroup] {
        let complaints = try await complaints(isOpen: isOpen)
        let groups = await TextGroups.groups(of: complaints.map(\.text), by: vectors)
        let shared = groups.filter { $0.members.count > 1 }.map { group in
            let members = group.members.map { complaints[$0] }
            var seen: Set<String> = []
            let issues = members.map(\.issue).filter { seen.insert($0).inserted }
            return ComplaintGroup(
                name: group.examples.first ?? members[0].text.text,
                examples: group.examples,
                comments: members.count,
                issues: Array(issues.prefix(Self.maximumIssuesOfGroup)),
                articles: Set(members.map(\.article)).count,
                grouping: group.grouping
            )
        }
        let sorted = shared.sorted { ($1.comments, $1.articles, $0.name) < ($0.comments, $0.articles, $1.name) }
        return Array(sorted.prefix(limit))
    }

    /// The comments of complaints, the latest complaint and its newest comment first.
    func complaints(isOpen: Bool) async throws -> [Complaint] {
        try await store.read { transaction in
            var found: [Complaint] = []
            try transaction.forEach(
                """
                SELECT issue_id, article_id, locale, comments FROM article_issues WHERE status = $1 AND comments <> ''
                ORDER BY last_microseconds DESC, issue_id LIMIT $2
                """,
                [.text(isOpen ? "open" : "resolved"), .integer(Int64(Self.maximumIssues))]
            ) { row in
                let (issue, article) = (try row.text("issue_id"), try row.text("article_id"))
                let locale = try row.text("locale")
                for comment in try row.text("comments").split(separator: "\n").reversed()
                where found.count < Self.maximumComments {
                    let text = String(comment)
                    let grouped = GroupedText(text, locale: locale, words: SearchWords.key(of: text))
                    if !grouped.words.isEmpty { found.append(Complaint(text: grouped, issue: issue, article: article)) }
                }
            }
            return found
        }
    }
}
