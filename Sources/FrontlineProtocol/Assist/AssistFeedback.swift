public import JSONRPC
public import Vocabulary

/// Says what became of an action or an article that was offered in a conversation.
///
/// A used article counts as a use of it, as `knowledge.feedback` counts it. One that was dismissed, or was wrong for what
/// was said, is not suggested again in the conversation. The same said again counts once.
public enum AssistFeedback: FrontlineMethod {
    /// What `assist.feedback` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The conversation in which it was offered.
        public var conversationId: String
        /// The action, from the answer of `conversation.observe`.
        public var actionId: String?
        /// The article; without an action one of the two must be given.
        public var articleId: String?
        /// What became of it.
        public var verdict: OfferVerdict

        /// Makes the value from its members.
        public init(conversationId: String, actionId: String? = nil, articleId: String? = nil, verdict: OfferVerdict) {
            self.conversationId = conversationId
            self.actionId = actionId
            self.articleId = articleId
            self.verdict = verdict
        }
    }

    /// An empty object.
    public typealias Result = NoParams

    /// The name on the wire.
    public static let name = "assist.feedback"
    /// The method in one line.
    public static let summary = "Says what became of an action or an article that was offered in a conversation"
    /// More about it.
    public static let details = """
        A used article counts as a use of it, as `knowledge.feedback` counts it. One that was dismissed, or was wrong for
        what was said, is not suggested again in the conversation. The same said again counts once.
        """
    /// Who may call it.
    public static let access = MethodAccess.conversationActors
    /// The contact that it is about.
    public static var contacts: [ContactMember<Params>] { [.conversation(\.conversationId)] }
    /// What each parameter means.
    public static let parameters = [
        "conversation_id": "The conversation in which it was offered",
        "action_id": "The action, from the answer of `conversation.observe`",
        "article_id": "The article; without an action one of the two must be given",
        "verdict": "What became of it",
    ]
    /// The errors it answers with beside the standard ones.
    public static let errors: [RPCErrorDefinition] = [.notFound]

    /// Checks that something is named.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.actionId, path: "params.action_id")
        try Limits.checkName(params.articleId, path: "params.article_id")
        guard params.actionId == nil, params.articleId == nil else { return }
        throw .invalidParams(path: "params.action_id", expected: "an action_id or an article_id")
    }
}
