/// An agent's feedback on an action or article that was offered.
package struct AssistFeedback: Sendable, Hashable {
    /// What happened to the action or article.
    package enum Verdict: String, Sendable, CaseIterable {
        /// It was done, or used for the customer.
        case used
        /// It was not wanted.
        case dismissed
        /// It did not fit the conversation.
        case wrong
    }

    /// The conversation in which it was offered.
    package let conversationID: String
    /// The id of the action; nil for feedback on an article.
    package let actionID: String?
    /// The id of the article; nil for feedback on an action.
    package let articleID: String?
    package let verdict: Verdict

    package init(conversationID: String, actionID: String? = nil, articleID: String? = nil, verdict: Verdict) {
        self.conversationID = conversationID
        self.actionID = actionID
        self.articleID = articleID
        self.verdict = verdict
    }
}
