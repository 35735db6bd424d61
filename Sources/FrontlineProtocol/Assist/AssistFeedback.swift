// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum AssistFeedback: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var conversationId: String
        public var actionId: String?
        public var articleId: String?
        public var verdict: OfferVerdict

        public init(conversationId: String, actionId: String? = nil, articleId: String? = nil, verdict: OfferVerdict) {
            self.conversationId = conversationId
            self.actionId = actionId
            self.articleId = articleId
            self.verdict = verdict
        }
    }

    public typealias Result = NoParams

    public static let name = "assist.feedback"
    public static let summary = "Says what became of an action or an article that was offered in a conversation"
    public static let details = """
        A used article counts as a use of it, as `knowledge.feedback` counts it, after what the customer said. One that was dismissed, or was wrong for
        what was said, is not suggested again in the conversation. The same said again counts once.
        """
    public static let access = MethodAccess.conversationActors
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    public static let parameters = [
        "conversation_id": "The conversation in which it was offered",
        "action_id": "The action, from the answer of `conversation.observe`",
        "article_id": "The article; without an action one of the two must be given",
        "verdict": "What became of it",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]

    /// Checks that something is named.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.actionId, path: "params.action_id")
        try Limits.checkName(params.articleId, path: "params.article_id")
        guard params.actionId == nil, params.articleId == nil else { return }
        throw .invalidParams(path: "params.action_id", expected: "an action_id or an article_id")
    }
}
