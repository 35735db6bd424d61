// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum KnowledgeIssues: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var status: Status?
        public var limit: Int?
        public var cursor: Cursor?

        public init(status: Status? = nil, limit: Int? = nil, cursor: Cursor? = nil) {
            self.status = status
            self.limit = limit
            self.cursor = cursor
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The complaints.
        public var issues: [Issue]
        /// Comments of the complaints in this state that say about the same, on whatever articles; with the first page only.
        public var groups: [Group]?
        /// Where to go on; absent at the end.
        public var nextCursor: Cursor?

        public init(issues: [Issue], groups: [Group]? = nil, nextCursor: Cursor? = nil) {
            self.issues = issues
            self.groups = groups
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

    /// Two or more comments that say about the same.
    public struct Group: Codable, Sendable, Hashable {
        /// What names the group: the comment that is nearest in meaning to all of them, or by words the most frequent one.
        public var name: String
        /// The name and up to four other wordings, those that stand for most of the group first.
        public var examples: [String]
        /// How many comments.
        public var comments: Int
        /// The complaints that they belong to, the latest first; twenty at most.
        public var issueIds: [String]
        /// How many different articles they are about.
        public var articles: Int
        /// How they were grouped: by words without a sentence encoder for the language, and while too many wait for it.
        public var groupedBy: TextGrouping

        public init(
            name: String,
            examples: [String],
            comments: Int,
            issueIds: [String],
            articles: Int,
            groupedBy: TextGrouping
        ) {
            self.name = name
            self.examples = examples
            self.comments = comments
            self.issueIds = issueIds
            self.articles = articles
            self.groupedBy = groupedBy
        }
    }

    public static let name = "knowledge.issues"
    public static let summary = "Lists complaints about articles, the ones with most reports first"
    public static let details = """
        `groups` shows what several comments have in common, so that a cause that concerns several articles is seen: the \
        largest group first, twenty at most.
        """
    public static let access = MethodAccess.knowledgeReviewers
    public static let parameters = [
        "status": "Only issues in this state; open ones unless given",
        "limit": "How many at most; 50 unless given, from 1 to 100",
        "cursor": "Where to go on, from `next_cursor`",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}

public enum KnowledgeResolveIssue: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var issueId: String
        public var outcome: String

        public init(issueId: String, outcome: String) {
            self.issueId = issueId
            self.outcome = outcome
        }
    }

    public typealias Result = NoParams

    public static let name = "knowledge.resolve_issue"
    public static let summary = "Closes a complaint with what was done"
    public static let access = MethodAccess.knowledgeManagers
    public static let parameters = [
        "issue_id": "The complaint",
        "outcome": "What was done; recorded",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.outcome, path: "params.outcome")
    }
}
