// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum KnowledgeList: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var status: ArticleStatus?
        public var tags: [String]?
        public var locale: String?
        public var expiringBefore: Timestamp?
        public var unusedSince: Timestamp?
        public var limit: Int?
        public var cursor: Cursor?

        public init(
            status: ArticleStatus? = nil,
            tags: [String]? = nil,
            locale: String? = nil,
            expiringBefore: Timestamp? = nil,
            unusedSince: Timestamp? = nil,
            limit: Int? = nil,
            cursor: Cursor? = nil
        ) {
            self.status = status
            self.tags = tags
            self.locale = locale
            self.expiringBefore = expiringBefore
            self.unusedSince = unusedSince
            self.limit = limit
            self.cursor = cursor
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The articles.
        public var articles: [Article]
        /// Where to go on; absent at the end.
        public var nextCursor: Cursor?

        public init(articles: [Article], nextCursor: Cursor? = nil) {
            self.articles = articles
            self.nextCursor = nextCursor
        }
    }

    /// One article of the list.
    public struct Article: Codable, Sendable, Hashable {
        /// The article's id.
        public var articleId: String
        /// Its version.
        public var version: Int
        /// Its language.
        public var locale: String
        /// Its title.
        public var title: String
        /// Whether it is a draft, published or retired.
        public var status: ArticleStatus
        /// When its version was written.
        public var updatedAt: Timestamp
        /// How often it was used, as `knowledge.feedback` reported.
        public var uses: Int
        /// The first moment it may be found.
        public var validFrom: Timestamp?
        /// The first moment it may no longer be found.
        public var validUntil: Timestamp?

        public init(
            articleId: String,
            version: Int,
            locale: String,
            title: String,
            status: ArticleStatus,
            updatedAt: Timestamp,
            uses: Int,
            validFrom: Timestamp? = nil,
            validUntil: Timestamp? = nil
        ) {
            self.articleId = articleId
            self.version = version
            self.locale = locale
            self.title = title
            self.status = status
            self.updatedAt = updatedAt
            self.uses = uses
            self.validFrom = validFrom
            self.validUntil = validUntil
        }
    }

    public static let name = "knowledge.list"
    public static let summary = "Lists articles in the order in which they first arrived"
    public static let access = MethodAccess.readers
    public static let parameters = [
        "status": "Only articles in this state; agents see published ones only",
        "tags": "Only articles that carry all of these tags",
        "locale": "Only articles in this language",
        "expiring_before": "Only articles whose validity ends before this moment",
        "unused_since": "Only articles that nobody used since this moment",
        "limit": "How many at most; 50 unless given, from 1 to 100",
        "cursor": "Where to go on, from `next_cursor`",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
