package import Vocabulary

/// An agent's feedback on an action or article that was offered.
package struct AssistFeedback: Sendable, Hashable {
    /// The conversation in which it was offered.
    package let conversationID: String
    /// The id of the action; nil for feedback on an article.
    package let actionID: String?
    /// The id of the article; nil for feedback on an action.
    package let articleID: String?
    package let verdict: OfferVerdict

    package init(conversationID: String, actionID: String? = nil, articleID: String? = nil, verdict: OfferVerdict) {
        self.conversationID = conversationID
        self.actionID = actionID
        self.articleID = articleID
        self.verdict = verdict
    }
}
