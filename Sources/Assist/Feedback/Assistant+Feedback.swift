package import Access
import Alerts
import Conversations
package import Knowledge
package import Storage
package import Vocabulary

extension Assistant {
    /// Records feedback on an action or article that was offered; the same feedback by the same person counts once.
    ///
    /// The verdict `used` counts as a use of the article, as in `knowledge.feedback`, and what the customer said before becomes
    /// a precedent. An article that was dismissed or did not fit is not suggested again in the conversation.
    ///
    /// - Parameters:
    ///   - feedback: the feedback.
    ///   - caller: the person giving the feedback.
    ///   - visibility: the articles that the person may see.
    ///   - locales: the languages in which to look up the article first.
    ///   - now: the time, in microseconds since 1970.
    /// - Throws: ``AssistError`` `invalid` if neither an action nor an article is named, or if they differ; `notFound`
    ///   for an action that was not offered; `ConversationError` and `KnowledgeError` for things that the caller may
    ///   not see.
    package func give(
        _ feedback: AssistFeedback,
        by caller: Principal,
        visibility: ArticleVisibility,
        locales: [String],
        now: Int64
    ) async throws {
        let conversation = try await store.read { [dependencies] in
            try dependencies.conversations.conversation(
                feedback.conversationID,
                seenBy: ConversationVisibility(of: caller),
                in: $0
            )
        }
        let articleID = try Self.article(of: feedback, turns: conversation.turns)
        var key: ArticleKey?
        if let articleID {
            let found = try await dependencies.knowledge
                .article(articleID, locales: locales, visibility: visibility, now: now).article
            key = ArticleKey(id: found.id, locale: found.locale)
        }
        let rules = try await dependencies.alerts.rules()
        let language = locales.first ?? "en"
        try await store.write { [self, dependencies, key] transaction in
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
                let precedent = try self.precedent(
                    of: key.id,
                    offeredWith: feedback.actionID.flatMap { ActionName($0)?.turn },
                    in: conversation,
                    by: caller,
                    locale: language,
                    rules: rules,
                    in: transaction
                )
                let use = ArticleFeedback(verdict: .used, conversationID: conversation.id, precedent: precedent)
                try dependencies.knowledge.give(use, on: key, by: caller.subject, now: now, in: transaction)
            case .dismissed, .wrong:
                try SuggestionTable.dismiss(key.id, of: conversation.id, in: transaction)
            }
        }
    }

    /// The article that the feedback concerns, if any.
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
            throw AssistError(.invalid, "the article of the action, or no article", argument: "article_id")
        }
        return action.subject
    }
}

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

extension Assistant {
    /// Exports the suggestions and feedback of conversations.
    package static func export(conversations: [String], in transaction: some SQLReading) throws -> JSON {
        var items: [JSON] = []
        for id in conversations {
            try transaction.forEach(
                "SELECT article_id, turn, dismissed FROM assist_suggestions WHERE conversation_id = $1 ORDER BY turn, article_id",
                [.text(id)]
            ) { row in
                items.append([
                    "conversation_id": .string(id), "article_id": .string(try row.text("article_id")),
                    "turn": .number(JSONNumber(try row.integer("turn"))),
                    "dismissed": .bool(try row.integer("dismissed") != 0),
                ])
            }
        }
        return .array(items)
    }

    /// Deletes the suggestions and feedback of conversations.
    ///
    /// - Returns: the number of deleted items, by kind.
    package static func erase(conversations: [String], in transaction: WriteTransaction) throws -> [String: Int] {
        var (suggestions, feedback) = (0, 0)
        for id in conversations {
            suggestions += try transaction.execute(
                "DELETE FROM assist_suggestions WHERE conversation_id = $1",
                [.text(id)]
            )
            feedback += try transaction.execute("DELETE FROM assist_feedback WHERE conversation_id = $1", [.text(id)])
        }
        return ["suggestions": suggestions, "suggestion_feedback": feedback]
    }
}
