public import JSONRPC

/// Takes an article out of force; its history stays.
public enum KnowledgeRetire: FrontlineMethod {
    /// What `knowledge.retire` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The article's id.
        public var articleId: String
        /// The article's language; `en` unless given.
        public var locale: String?
        /// Why; recorded.
        public var reason: String

        /// Makes the value from its members.
        public init(articleId: String, locale: String? = nil, reason: String) {
            self.articleId = articleId
            self.locale = locale
            self.reason = reason
        }
    }

    /// What `knowledge.retire` answers.
    public typealias Result = ArticleChange

    /// The name on the wire.
    public static let name = "knowledge.retire"
    /// The method in one line.
    public static let summary = "Takes an article out of force; its history stays"
    /// Who may call it.
    public static let access = MethodAccess.knowledgeManagers
    /// What each parameter means.
    public static let parameters = [
        "article_id": "The article's id",
        "locale": "The article's language; `en` unless given",
        "reason": "Why; recorded",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.reason, path: "params.reason")
    }
}
