public import JSONRPC
public import Vocabulary

/// Lists complaints about articles, the ones with most reports first.
public enum KnowledgeIssues: FrontlineMethod {
    /// What `knowledge.issues` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// Only issues in this state; open ones unless given.
        public var status: Status?
        /// How many at most; 50 unless given, from 1 to 100.
        public var limit: Int?
        /// Where to go on, from `next_cursor`.
        public var cursor: String?

        /// Makes the value from its members.
        public init(status: Status? = nil, limit: Int? = nil, cursor: String? = nil) {
            self.status = status
            self.limit = limit
            self.cursor = cursor
        }
    }

    /// What `knowledge.issues` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The complaints.
        public var issues: [Issue]
        /// Where to go on; absent at the end.
        public var nextCursor: String?

        /// Makes the value from its members.
        public init(issues: [Issue], nextCursor: String? = nil) {
            self.issues = issues
            self.nextCursor = nextCursor
        }
    }

    /// Where a complaint stands.
    public enum Status: String, Codable, Sendable, Hashable, CaseIterable {
        /// Nobody has dealt with it.
        case open
        /// It was dealt with.
        case resolved
    }

    /// A complaint about an article.
    public struct Issue: Codable, Sendable, Hashable {
        /// Names the complaint.
        public var issueId: String
        /// The article.
        public var articleId: String
        /// Its language.
        public var locale: String
        /// What people say of it.
        public var verdict: ArticleVerdict
        /// Whether it was dealt with.
        public var status: Status
        /// How many said so.
        public var reports: Int
        /// What they wrote, oldest first; the last fifty.
        public var comments: [String]
        /// When the first said so.
        public var openedAt: Timestamp
        /// When the last said so.
        public var lastAt: Timestamp
        /// What was done.
        public var outcome: String?
        /// Who did it.
        public var resolvedBy: String?

        /// Makes the value from its members.
        public init(
            issueId: String,
            articleId: String,
            locale: String,
            verdict: ArticleVerdict,
            status: Status,
            reports: Int,
            comments: [String],
            openedAt: Timestamp,
            lastAt: Timestamp,
            outcome: String? = nil,
            resolvedBy: String? = nil
        ) {
            self.issueId = issueId
            self.articleId = articleId
            self.locale = locale
            self.verdict = verdict
            self.status = status
            self.reports = reports
            self.comments = comments
            self.openedAt = openedAt
            self.lastAt = lastAt
            self.outcome = outcome
            self.resolvedBy = resolvedBy
        }
    }

    /// The name on the wire.
    public static let name = "knowledge.issues"
    /// The method in one line.
    public static let summary = "Lists complaints about articles, the ones with most reports first"
    /// Who may call it.
    public static let access = MethodAccess.knowledgeReviewers
    /// What each parameter means.
    public static let parameters = [
        "status": "Only issues in this state; open ones unless given",
        "limit": "How many at most; 50 unless given, from 1 to 100",
        "cursor": "Where to go on, from `next_cursor`",
    ]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
