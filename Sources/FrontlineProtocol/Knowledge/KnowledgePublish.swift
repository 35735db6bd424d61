public import JSONRPC

/// Puts an article in force.
public enum KnowledgePublish: FrontlineMethod {
    /// What `knowledge.publish` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The article's id.
        public var articleId: String
        /// The article's language; `en` unless given.
        public var locale: String?
        /// What is to be remembered of it, with the version.
        public var note: String?

        /// Makes the value from its members.
        public init(articleId: String, locale: String? = nil, note: String? = nil) {
            self.articleId = articleId
            self.locale = locale
            self.note = note
        }
    }

    /// What `knowledge.publish` answers.
    public typealias Result = ArticleChange

    /// The name on the wire.
    public static let name = "knowledge.publish"
    /// The method in one line.
    public static let summary = "Puts an article in force"
    /// Who may call it.
    public static let access = MethodAccess.knowledgeManagers
    /// What each parameter means.
    public static let parameters = [
        "article_id": "The article's id",
        "locale": "The article's language; `en` unless given",
        "note": "What is to be remembered of it, with the version",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound, .conflict]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        if let note = params.note { try Limits.check(note, path: "params.note") }
    }
}
