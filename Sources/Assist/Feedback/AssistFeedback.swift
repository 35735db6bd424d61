/// What an agent says of an action or an article that was offered.
package struct AssistFeedback: Sendable, Hashable {
    /// What became of it.
    package enum Verdict: String, Sendable, CaseIterable {
        /// It was done, or used for the customer.
        case used
        /// It is not wanted now.
        case dismissed
        /// It did not fit what was said.
        case wrong
    }

    /// The conversation in which it was offered.
    package let conversationID: String
    /// The action.
    package let actionID: String?
    /// The article.
    package let articleID: String?
    /// What became of it.
    package let verdict: Verdict

    /// Makes the value from its members.
    package init(conversationID: String, actionID: String? = nil, articleID: String? = nil, verdict: Verdict) {
        self.conversationID = conversationID
        self.actionID = actionID
        self.articleID = articleID
        self.verdict = verdict
    }
}
