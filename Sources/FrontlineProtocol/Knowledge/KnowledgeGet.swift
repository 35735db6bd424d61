// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum KnowledgeGet: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var articleId: String
        public var version: Int?
        public var locale: String?

        public init(articleId: String, version: Int? = nil, locale: String? = nil) {
            self.articleId = articleId
            self.version = version
            self.locale = locale
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The article's id.
        public var articleId: String
        /// Its version.
        public var version: Int
        /// Its language.
        public var locale: String
        /// Whether it is a draft, published or retired.
        public var status: ArticleStatus
        /// Who may see it.
        public var audience: ArticleAudience
        /// The attributes a reader needs, as `name:value`.
        public var restrict: [String]
        /// Its title.
        public var title: String
        /// Its summary.
        public var summary: String?
        /// Its keywords.
        public var keywords: [String]
        /// What customers say when it fits.
        public var asked: [String]
        /// Its tags.
        public var tags: [String]
        /// Its sections, in order.
        public var sections: [Section]
        /// The first moment it may be found.
        public var validFrom: Timestamp?
        /// The first moment it may no longer be found.
        public var validUntil: Timestamp?
        /// Where it was imported from.
        public var source: String
        /// When this version was written.
        public var updatedAt: Timestamp
        /// The hash of its content.
        public var sha256: String

        public init(
            articleId: String,
            version: Int,
            locale: String,
            status: ArticleStatus,
            audience: ArticleAudience,
            restrict: [String],
            title: String,
            summary: String? = nil,
            keywords: [String],
            asked: [String] = [],
            tags: [String],
            sections: [Section],
            validFrom: Timestamp? = nil,
            validUntil: Timestamp? = nil,
            source: String,
            updatedAt: Timestamp,
            sha256: String
        ) {
            self.articleId = articleId
            self.version = version
            self.locale = locale
            self.status = status
            self.audience = audience
            self.restrict = restrict
            self.title = title
            self.summary = summary
            self.keywords = keywords
            self.asked = asked
            self.tags = tags
            self.sections = sections
            self.validFrom = validFrom
            self.validUntil = validUntil
            self.source = source
            self.updatedAt = updatedAt
            self.sha256 = sha256
        }
    }

    /// One section.
    public struct Section: Codable, Sendable, Hashable {
        /// What it is about: issue, environment, cause, resolution, body or faq.
        public var kind: String
        /// Its title, if it has one.
        public var title: String?
        /// Its content in the markup subset.
        public var html: String
        /// Its content as plain text.
        public var text: String

        public init(kind: String, title: String? = nil, html: String, text: String) {
            self.kind = kind
            self.title = title
            self.html = html
            self.text = text
        }
    }

    public static let name = "knowledge.get"
    public static let summary = "Answers one article with its sections"
    public static let access = MethodAccess.readers
    public static let parameters = [
        "article_id": "The article's id",
        "version": "An earlier version; the one in force unless given",
        "locale": "The article's language; the caller's attribute `locale`, else `en`, else any the article has",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
