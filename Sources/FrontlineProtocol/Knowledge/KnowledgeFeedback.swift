public import JSONRPC
public import Vocabulary

/// Says what became of an article: shown, used, helpful, wrong.
///
/// `used`, `helpful`, `not_helpful`, `wrong` and `outdated` count as one vote of the subject a day and move the ranking
/// within narrow bounds. `not_helpful`, `wrong` and `outdated` open an issue, or add to the open one.
public enum KnowledgeFeedback: FrontlineMethod {
    /// What `knowledge.feedback` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The article.
        public var articleId: String
        /// Its language; the caller's attribute `locale`, else `en`, else any the article has.
        public var locale: String?
        /// The search that found it.
        public var queryId: String?
        /// The conversation it was for.
        public var conversationId: String?
        /// What became of it.
        public var verdict: ArticleVerdict
        /// A word on it; personal data is redacted before it is stored.
        public var comment: String?

        /// Makes the value from its members.
        public init(
            articleId: String,
            locale: String? = nil,
            queryId: String? = nil,
            conversationId: String? = nil,
            verdict: ArticleVerdict,
            comment: String? = nil
        ) {
            self.articleId = articleId
            self.locale = locale
            self.queryId = queryId
            self.conversationId = conversationId
            self.verdict = verdict
            self.comment = comment
        }
    }

    /// An empty object.
    public typealias Result = NoParams

    /// The name on the wire.
    public static let name = "knowledge.feedback"
    /// The method in one line.
    public static let summary = "Says what became of an article: shown, used, helpful, wrong"
    /// More about it.
    public static let details = """
        `used`, `helpful`, `not_helpful`, `wrong` and `outdated` count as one vote of the subject a day and move the ranking
        within narrow bounds. `not_helpful`, `wrong` and `outdated` open an issue, or add to the open one.
        """
    /// Who may call it.
    public static let access = MethodAccess.readersWhoAct
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
    /// What each parameter means.
    public static let parameters = [
        "article_id": "The article",
        "locale": "Its language; the caller's attribute `locale`, else `en`, else any the article has",
        "query_id": "The search that found it",
        "conversation_id": "The conversation it was for",
        "verdict": "What became of it",
        "comment": "A word on it; personal data is redacted before it is stored",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        guard let comment = params.comment else { return }
        try Limits.check(comment, path: "params.comment")
    }
}
