package import Access
import Alerts
import Conversations
package import Knowledge
import Storage
import TextSearch
import Vocabulary

/// What the customer said before an article was used: the evidence from which suggestions and searches learn.
extension Assistant {
    /// Describes the use of an article in a conversation, if anything can be learned from it.
    ///
    /// - Parameters:
    ///   - articleID: the article.
    ///   - conversationID: the conversation; nil if there is none.
    ///   - caller: who used the article, or reports it.
    ///   - locale: the language if neither the turn nor the conversation has one.
    /// - Returns: the description, without words if the caller may not see the conversation; nil without a model.
    /// - Throws: the store's error.
    package func precedent(
        of articleID: String,
        in conversationID: String?,
        by caller: Principal,
        locale: String
    ) async throws -> PrecedentDraft? {
        let draft = dependencies.index.precedent(by: caller)
        guard draft != nil, let conversationID else { return draft }
        let rules = try await dependencies.alerts.rules()
        return try await store.read { [dependencies] transaction in
            guard let conversation = try dependencies.conversations.conversation(conversationID, in: transaction),
                ConversationVisibility(of: caller).includes(conversation)
            else { return draft }
            return try self.precedent(
                of: articleID,
                in: conversation,
                by: caller,
                locale: locale,
                rules: rules,
                in: transaction
            )
        }
    }

    /// The same in a transaction, for a conversation that the caller may see.
    ///
    /// The words are those of the turn with which the article was offered; if it was not, of the newest turn of the customer
    /// that is about anything. They are read as suggestions read them, and not used when they must not be quoted.
    ///
    /// - Parameters:
    ///   - articleID: the article.
    ///   - turn: the number of the turn with which it was offered, if the feedback says so.
    ///   - conversation: the conversation.
    ///   - caller: who used the article, or reports it.
    ///   - locale: the language if neither the turn nor the conversation has one.
    ///   - rules: the signals in force.
    ///   - transaction: where the turns are read.
    /// - Returns: the description; nil without a model.
    /// - Throws: the store's error.
    func precedent(
        of articleID: String,
        offeredWith turn: Int64? = nil,
        in conversation: Conversation,
        by caller: Principal,
        locale: String,
        rules: AlertRules,
        in transaction: some SQLReading
    ) throws -> PrecedentDraft? {
        let offered = try turn ?? SuggestionTable.turn(of: articleID, in: conversation.id, in: transaction)
        let turns = try dependencies.conversations
            .recentTurns(of: conversation.id, limit: 3 * Talk.window, in: transaction)
            .filter { $0.speaker == .customer }
        func said(_ turn: Turn) -> PrecedentDraft.Said? {
            let words = rules.email.written(in: turn.text, channel: conversation.channel)
            let reading = rules.signals.read(words, speaker: .customer)
            guard !reading.isSensitive else { return nil }
            var talk = Talk()
            talk.hear(reading.topic(of: words))
            let said = PrecedentDraft.Said(
                talk.turns.last ?? "",
                locale: turn.locale ?? conversation.locale ?? locale
            )
            return SearchIndex.tellingStems(of: said.text, locale: said.locale).isEmpty ? nil : said
        }
        let words = turns.first { $0.number == offered }.flatMap(said) ?? turns.lazy.compactMap(said).first
        return dependencies.index.precedent(after: words.map { [$0] } ?? [], by: caller, for: conversation.agent)
    }
}
