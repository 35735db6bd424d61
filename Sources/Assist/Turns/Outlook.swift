import Access
package import Alerts
package import Conversations
import Knowledge
package import Sentiment
import Storage
package import Texts
package import Vocabulary

/// The part of the work on a turn that needs no write transaction and no order.
package struct Outlook: Sendable {
    /// The conversation before the turn.
    let conversation: Conversation
    /// The customer's recent turns, including this one.
    let talk: Talk
    /// The sentiment of the customer's words, or of words and meaning; nil for other speakers.
    package internal(set) var sentiment: SentimentScore?
    /// How likely it is that the customer's need is not met, from 0 to 1; nil if it was not measured.
    package var unmet: Double?
    /// The last turns including this one, as they are encoded.
    var context = TurnContext()
    /// The names that have no sentiment.
    var names = NeutralNames.none
    /// The speaker's own words, without quoted text; empty if all of it is quoted.
    let words: String
    /// The signals found in the turn.
    let reading: SignalReading
    /// The texts in the language of the agent, who reads the answer, or else of the conversation.
    let texts: TextSet
    /// The facts about the agent for the policy `alerts`.
    let agentFacts: JSONObject
    package var suggestions: [Suggestion] = []
    package var step: OpenStep?
    package var script: ScriptFit?
    package var offer: Offer?

    /// The analysis of a turn without suggestions, script and offer, which can be added.
    ///
    /// - Parameters:
    ///   - turn: the turn.
    ///   - conversation: the conversation before it.
    ///   - talk: the customer's recent turns, including this one.
    ///   - sentiment: the sentiment of the customer's words; nil for other speakers.
    ///   - rules: the signals in force.
    ///   - texts: the texts for the reader of the answer.
    ///   - agentFacts: the facts about the agent for the policy `alerts`.
    package init(
        _ turn: PreparedTurn,
        of conversation: Conversation,
        talk: Talk = Talk(),
        sentiment: SentimentScore?,
        rules: AlertRules,
        texts: TextSet,
        agentFacts: JSONObject = [:]
    ) {
        let words = rules.email.written(in: turn.text, channel: conversation.channel)
        let reading = rules.signals.read(words, speaker: turn.draft.speaker)
        self.init(
            conversation: conversation,
            talk: talk,
            sentiment: sentiment,
            words: words,
            reading: reading,
            texts: texts,
            agentFacts: agentFacts
        )
    }

    init(
        conversation: Conversation,
        talk: Talk,
        sentiment: SentimentScore?,
        words: String,
        reading: SignalReading,
        texts: TextSet,
        agentFacts: JSONObject
    ) {
        (self.conversation, self.talk, self.sentiment) = (conversation, talk, sentiment)
        (self.words, self.reading) = (words, reading)
        (self.texts, self.agentFacts) = (texts, agentFacts)
    }
}

extension Assistant {
    /// Reads what is known before a turn and analyses the turn, without recording it.
    func outlook(
        _ turn: PreparedTurn,
        by caller: Principal,
        locale: String,
        rules: AlertRules,
        now: Int64
    ) async throws -> Outlook {
        let draft = turn.draft
        let isCustomer = draft.speaker == .customer
        let known = try await meter.time(.read) {
            try await store.read { try self.known(draft, by: caller, rules: rules, in: $0) }
        }
        let conversation = known.conversation
        let language = draft.locale ?? conversation.locale ?? locale
        let agent = try await agent(of: conversation, caller: caller, now: now)
        let words = rules.email.written(in: turn.text, channel: conversation.channel)
        let reading = meter.time(.signal) { rules.signals.read(words, speaker: draft.speaker) }
        var talk = known.talk
        let topic = reading.topic(of: words)
        if let place = known.place {
            talk = place.talk(with: isCustomer ? topic : nil)
        } else if isCustomer, !words.isEmpty {
            talk.hear(topic)
        }
        let neutral = names.names(rules.signals.neutralNames)
        let sentiment = meter.time(.score) {
            // Only customers' turns are scored; agents' turns are only checked for signals.
            words.isEmpty || !isCustomer ? nil : SentimentModel.scorer(for: language)?.score(words, names: neutral)
        }
        var outlook = Outlook(
            conversation: conversation,
            talk: talk,
            sentiment: sentiment,
            words: words,
            reading: reading,
            texts: rules.texts.texts(for: agent.attributes["locale"]?.strings.first ?? conversation.locale ?? locale),
            agentFacts: agent.facts(inTeams: conversation.teams)
        )
        outlook.names = neutral
        outlook.context = known.place?.context ?? known.context
        outlook.context.hear(words, by: draft.speaker)
        guard isCustomer, conversation.isOpen, !words.isEmpty else {
            if draft.speaker == .agent, conversation.isOpen { understandAnswer(&outlook, locale: language) }
            return outlook
        }
        outlook.step = known.step
        // The agent receives the conversation's events in the role of agent, so nothing visible only to its other roles
        // may be shown.
        let reader = Principal(subject: agent.subject, roles: [.agent], attributes: agent.attributes)
        // Encoded once, for scripts, articles and the mood.
        let meaning = understand(&outlook, locale: language)
        try await meter.time(.advise) {
            try await advise(&outlook, meaning?.talk, locale: language, agent: agent, reader: reader, now: now)
        }
        let texts = outlook.texts
        outlook.suggestions = meter.time(.suggest) {
            suggester.suggestions(
                for: talk,
                meaning: meaning.flatMap { $0.isForArticles ? $0.talk : nil },
                locale: language,
                history: known.history,
                named: Set(known.step?.knowledge ?? outlook.script?.script.knowledge ?? []),
                visibility: ArticleVisibility(of: reader),
                texts: texts,
                now: now
            )
        }
        return outlook
    }

    /// The state of a conversation before a turn.
    private struct Known: Sendable {
        let conversation: Conversation
        var talk = Talk()
        var context = TurnContext()
        /// The position of the replaced turn among the customer's turns; nil for a new turn.
        var place: ReplacedPlace?
        var history = SuggestionHistory()
        var step: OpenStep?
    }

    private func known(
        _ draft: TurnDraft,
        by caller: Principal,
        rules: AlertRules,
        in transaction: ReadTransaction
    ) throws -> Known {
        transaction.prefetch {
            [ConversationStore.question(of: draft.conversationID), SuggestionTable.question(of: draft.conversationID)]
        }
        let conversation = try dependencies.conversations.conversation(
            draft.conversationID,
            seenBy: ConversationVisibility(of: caller),
            in: transaction
        )
        var known = Known(conversation: conversation)
        if let replaced = draft.replaces {
            let turns = try latestTurns(of: conversation, in: transaction)
            known.place = ReplacedPlace(of: replaced, in: turns) { before in
                rules.context(of: before, channel: conversation.channel)
            } topic: {
                rules.topic(of: $0, channel: conversation.channel)
            }
        } else {
            (known.talk, known.context) = try talk(of: conversation, rules: rules, in: transaction)
        }
        guard draft.speaker == .customer, conversation.isOpen else { return known }
        known.history = try SuggestionTable.history(
            of: conversation.id,
            without: known.place?.number,
            in: transaction
        )
        known.step = try dependencies.scripts.openStep(ofConversation: conversation.id, in: transaction)
        return known
    }

    /// The customer's recent turns and the last turns of both, read from the store if the cache is outdated.
    private func talk(
        of conversation: Conversation,
        rules: AlertRules,
        in transaction: ReadTransaction
    ) throws -> (Talk, TurnContext) {
        let cached = talks.talk(of: conversation.id, turns: conversation.turns, revision: conversation.revision)
        if let cached, let context = cached.context { return (cached.talk, context) }
        guard conversation.turns > 0 else { return (Talk(), TurnContext()) }
        let turns = try latestTurns(of: conversation, in: transaction)
        var talk = Talk()
        for turn in turns where turn.speaker == .customer {
            talk.hear(rules.topic(of: turn.text, channel: conversation.channel))
        }
        return (cached?.talk ?? talk, rules.context(of: turns[...], channel: conversation.channel))
    }

    /// The latest turns of a conversation needed for a ``Talk``, oldest first.
    private func latestTurns(of conversation: Conversation, in transaction: ReadTransaction) throws -> [Turn] {
        try dependencies.conversations.recentTurns(of: conversation.id, limit: 3 * Talk.window, in: transaction)
            .reversed()
    }

    /// The owner of the conversation, independently of who sends the turn; without attributes if they are unknown.
    private func agent(of conversation: Conversation, caller: Principal, now: Int64) async throws -> Principal {
        guard let agent = conversation.agent else { return Principal(subject: caller.subject, roles: [.agent]) }
        if agent == caller.subject { return caller }
        return try await dependencies.principal(agent, now) ?? Principal(subject: agent, roles: [.agent])
    }

    /// The script that fits, and what the agent could settle among the resolutions of that or the open script.
    private func advise(
        _ outlook: inout Outlook,
        _ meaning: TalkMeaning?,
        locale: String,
        agent: Principal,
        reader: Principal,
        now: Int64
    ) async throws {
        if outlook.step == nil {
            let scripts = try await dependencies.scripts.scripts(for: reader)
            let finder = finders.finder(of: scripts)
            let near = meaning.flatMap { scriptMeaning?.near($0, among: finder.scripts(for: locale)) } ?? []
            outlook.script = finder.scripts(for: outlook.talk, near: near, locale: locale, texts: outlook.texts).first
        }
        guard let script = outlook.step?.scriptID ?? outlook.script?.script.id else { return }
        outlook.offer = try await dependencies.offers.offer(
            ofScript: script,
            version: outlook.script?.script.version,
            in: outlook.conversation,
            by: agent,
            now: now
        )
    }
}

extension AlertRules {
    /// The topic of a customer's turn: without quoted text, and without phrases that are signals but not topics.
    fileprivate func topic(of text: String, channel: String) -> String {
        let words = email.written(in: text, channel: channel)
        return signals.read(words, speaker: .customer).topic(of: words)
    }

    /// The context of turns, oldest first, without quoted text.
    fileprivate func context(of turns: ArraySlice<Turn>, channel: String) -> TurnContext {
        var context = TurnContext()
        for turn in turns { context.hear(email.written(in: turn.text, channel: channel), by: turn.speaker) }
        return context
    }
}
