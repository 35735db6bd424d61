public import JSONRPC

/// Lists every version of an article, newest first.
public enum KnowledgeHistory: FrontlineMethod {
    /// What `knowledge.history` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The article's id.
        public var articleId: String
        /// The article's language; `en` unless given.
        public var locale: String?

        /// Makes the value from its members.
        public init(articleId: String, locale: String? = nil) {
            self.articleId = articleId
            self.locale = locale
        }
    }

    /// What `knowledge.history` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The versions.
        public var versions: [VersionEntry]

        /// Makes the value from its members.
        public init(versions: [VersionEntry]) {
            self.versions = versions
        }
    }

    /// The name on the wire.
    public static let name = "knowledge.history"
    /// The method in one line.
    public static let summary = "Lists every version of an article, newest first"
    /// Who may call it.
    public static let access = MethodAccess.knowledgeReviewers
    /// What each parameter means.
    public static let parameters = [
        "article_id": "The article's id",
        "locale": "The article's language; `en` unless given",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
