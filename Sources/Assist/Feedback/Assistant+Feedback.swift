package import Access
import Conversations
package import Knowledge
import Storage

extension Assistant {
    /// Counts what became of something that was offered; the same said again by the same person counts once.
    ///
    /// An article that was used counts as a use of it, as `knowledge.feedback` does. One that was dismissed or did not fit
    /// is not suggested again in the conversation.
    ///
    /// - Parameters:
    ///   - feedback: what is said of what.
    ///   - caller: who says it.
    ///   - visibility: which articles that person may see.
    ///   - locales: the languages in which the article is looked for first.
    ///   - now: the time, in microseconds since 1970.
    /// - Throws: ``AssistError`` `invalid` when neither an action nor an article is named, or they differ; `notFound` for
    ///   an action that was not offered; `ConversationError` and `KnowledgeError` for what the caller may not see.
    package func give(
        _ feedback: AssistFeedback,
        by caller: Principal,
        visibility: ArticleVisibility,
        locales: [String],
        now: Int64
    ) async throws {
        let conversation = try store.readNow {
            try dependencies.conversations.conversation(
                feedback.conversationID,
                seenBy: ConversationVisibility(of: caller),
                in: $0
            )
        }
        let articleID = try Self.article(of: feedback, turns: conversation.turns)
        let key = try articleID.map { id in
            let found = try dependencies.knowledge.article(id, locales: locales, visibility: visibility, now: now)
                .article
            return ArticleKey(id: found.id, locale: found.locale)
        }
        try await store.write { [dependencies] transaction in
            let isNew = try FeedbackTable.note(
                feedback,
                article: key?.id,
                by: caller.subject,
                at: now,
                in: transaction
            )
            guard isNew, let key else { return }
            switch feedback.verdict {
            case .used:
                let use = ArticleFeedback(verdict: .used, conversationID: conversation.id)
                try dependencies.knowledge.give(use, on: key, by: caller.subject, now: now, in: transaction)
            case .dismissed, .wrong:
                try SuggestionTable.dismiss(key.id, of: conversation.id, in: transaction)
            }
        }
    }

    /// The article that feedback is about, if it is about one.
    private static func article(of feedback: AssistFeedback, turns: Int64) throws -> String? {
        guard let actionID = feedback.actionID else {
            guard let articleID = feedback.articleID else {
                throw AssistError(.invalid, "an action_id or an article_id", argument: "action_id")
            }
            return articleID
        }
        guard let action = ActionName(actionID), (1...max(1, turns)).contains(action.turn) else {
            throw AssistError(.notFound, "there is no action “\(actionID)” in this conversation", argument: "action_id")
        }
        guard action.kind == .openArticle else { return feedback.articleID }
        guard feedback.articleID == nil || feedback.articleID == action.subject else {
            throw AssistError(.invalid, "the article of the action, or none", argument: "article_id")
        }
        return action.subject
    }
}
