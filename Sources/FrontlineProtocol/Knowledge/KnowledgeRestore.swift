public import JSONRPC

/// Makes the content of an earlier version the newest one.
public enum KnowledgeRestore: FrontlineMethod {
    /// What `knowledge.restore` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The article's id.
        public var articleId: String
        /// The article's language; `en` unless given.
        public var locale: String?
        /// The version whose content comes back.
        public var version: Int
        /// Why; recorded.
        public var reason: String

        /// Makes the value from its members.
        public init(articleId: String, locale: String? = nil, version: Int, reason: String) {
            self.articleId = articleId
            self.locale = locale
            self.version = version
            self.reason = reason
        }
    }

    /// What `knowledge.restore` answers.
    public typealias Result = ArticleChange

    /// The name on the wire.
    public static let name = "knowledge.restore"
    /// The method in one line.
    public static let summary = "Makes the content of an earlier version the newest one"
    /// Who may call it.
    public static let access = MethodAccess.knowledgeManagers
    /// What each parameter means.
    public static let parameters = [
        "article_id": "The article's id",
        "locale": "The article's language; `en` unless given",
        "version": "The version whose content comes back",
        "reason": "Why; recorded",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.reason, path: "params.reason")
    }
}
