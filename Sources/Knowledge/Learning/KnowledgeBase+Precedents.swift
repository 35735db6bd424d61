import Redaction
package import Storage
import TextSearch
import Vocabulary

extension KnowledgeBase {
    /// Records, or takes back, that an article was used after what was said and searched for.
    ///
    /// Complaints take back what the same person's use after the same words said. Nothing is recorded of words in a language
    /// that the encoder does not understand, or that name nothing.
    package static func learn(
        from feedback: ArticleFeedback,
        on key: ArticleKey,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        guard let draft = feedback.precedent, feedback.verdict != .shown else { return }
        var said = draft.said.map { (said: $0, conversation: feedback.conversationID) }
        if let query = feedback.queryID, let search = try search(query, in: transaction) {
            said.append((search.said, feedback.conversationID ?? search.conversation))
        }
        guard !said.isEmpty else { return }
        let person = try PrecedentTable.hash(ofPerson: draft.person, in: transaction)
        for (said, conversation) in said where draft.keeps(said) {
            let words = PrecedentTable.Words(
                text: redacted(said.text),
                language: SearchIndex.language(of: said.locale),
                conversation: conversation
            )
            switch feedback.verdict {
            case .used, .helpful, .opened:
                try PrecedentTable.note(
                    words,
                    of: key,
                    by: person,
                    draft.audience,
                    isUse: feedback.verdict != .opened,
                    perDay: draft.perDay,
                    now: now,
                    in: transaction
                )
            case .notHelpful, .wrong, .outdated:
                try PrecedentTable.retract(words, of: key, by: person, in: transaction)
            case .shown: break
            }
        }
    }

    private static func redacted(_ text: String) -> String {
        Redactor().redact(String(text.prefix(PrecedentDraft.maximumText))).text
    }

    /// What was searched for, as it was logged.
    private static func search(
        _ id: String,
        in transaction: some SQLReading
    ) throws -> (said: PrecedentDraft.Said, conversation: String?)? {
        try transaction.first(
            "SELECT query, locale, conversation_id FROM searches WHERE query_id = $1",
            [.text(id)]
        ) { row in
            (
                PrecedentDraft.Said(try row.text("query"), locale: try row.text("locale")),
                try row.optionalText("conversation_id")
            )
        }
    }

    /// Deletes precedents that are too old, or too many of one person or altogether.
    ///
    /// - Returns: how many were deleted.
    /// - Throws: the store's error; what was deleted before stays deleted.
    package func sweepPrecedents(_ rules: LearningRules, now: Int64) async throws -> Int {
        let oldest = now - Int64(rules.maximumAgeDays * Double(LearningRules.microsecondsPerDay))
        var deleted = 0
        while true {
            // In small transactions, so that other writers do not wait.
            let count = try await store.write(durability: .process) { transaction in
                let count =
                    try PrecedentTable.deleteOlder(than: oldest, in: transaction)
                    + PrecedentTable.deleteExcess(rules, in: transaction)
                if count > 0 { try Store.requestErasureFromFiles(in: transaction) }
                return count
            }
            guard count > 0 else { return deleted }
            deleted += count
        }
    }

    /// The words said in a conversation and the articles used after them, oldest first.
    package static func precedents(
        ofConversation id: String,
        limit: Int,
        in transaction: some SQLReading
    ) throws -> [(text: String, article: String, at: Int64)] {
        try PrecedentTable.precedents(ofConversation: id, limit: limit, in: transaction)
    }

    /// Deletes the words said in a conversation, with what they say for articles.
    ///
    /// - Returns: the number of precedents deleted.
    package static func forgetPrecedents(ofConversation id: String, in transaction: WriteTransaction) throws -> Int {
        try PrecedentTable.forget(conversation: id, in: transaction)
    }
}
