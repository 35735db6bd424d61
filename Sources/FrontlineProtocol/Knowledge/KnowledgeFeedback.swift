// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum KnowledgeFeedback: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var articleId: String
        public var locale: String?
        public var queryId: String?
        public var conversationId: String?
        public var verdict: ArticleVerdict
        public var comment: String?

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

    public typealias Result = NoParams

    public static let name = "knowledge.feedback"
    public static let summary = "Says what became of an article: shown, used, helpful, wrong"
    public static let details = """
        `used`, `helpful`, `not_helpful`, `wrong` and `outdated` count as one vote of the subject a day and move the ranking
        within narrow bounds. `not_helpful`, `wrong` and `outdated` open an issue, or add to the open one. Where there is a sentence
        encoder, `used`, `helpful` and `opened` also say after which words the article served: those of the search, and what
        the customer of the conversation said.
        """
    public static let access = MethodAccess.readersWhoAct
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
    public static let parameters = [
        "article_id": "The article",
        "locale": "Its language; the caller's attribute `locale`, else `en`, else any the article has",
        "query_id": "The search that found it",
        "conversation_id": "The conversation it was for",
        "verdict": "What became of it",
        "comment": "A word on it; personal data is redacted before it is stored",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]

    public static func validate(_ params: Params) throws(RPCError) {
        guard let comment = params.comment else { return }
        try Limits.check(comment, path: "params.comment")
    }
}
