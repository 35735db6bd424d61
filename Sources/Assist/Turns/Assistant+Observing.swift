package import Access
import Alerts
package import Conversations
import JSONRPC
import Sentiment
import Storage
import Texts

extension Assistant {
    /// Observes a turn and answers it; afterwards the turn, its alerts and their events survive the end of the process.
    ///
    /// Repeating a turn id with the same text returns the first answer and changes nothing.
    ///
    /// - Parameters:
    ///   - draft: the utterance as sent.
    ///   - caller: the sender.
    ///   - locale: the language if neither the turn nor the conversation has one.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the answer.
    /// - Throws: `ConversationError` for an empty utterance, a conversation that is closed or not visible to the
    ///   caller, and a known turn id with another text; the store's error.
    package func observe(
        _ draft: TurnDraft,
        by caller: Principal,
        locale: String = "en",
        now: Int64
    ) async throws -> ObservedTurn {
        let turn = try meter.time(.redact) { try PreparedTurn(draft) }
        let rules = try await dependencies.alerts.rules()
        let advisers = try await AssistRules.inForce(dependencies.policies)
        let outlook = try await outlook(turn, by: caller, locale: locale, rules: rules, now: now)
        let start = meter?.now ?? 0
        // A turn need not survive a power failure, and syncing to disk would take longer than all other work.
        let taken = try await store.write(durability: .process) { transaction in
            try self.record(turn, outlook, rules: (rules, advisers), by: caller, now: now, in: transaction)
        }
        if let meter { meter.note(.commit, meter.now - start - taken.spent) }
        // If another turn intervened, or an earlier one was redacted further, the talk must be read again.
        let before = outlook.conversation
        if let after = taken.after, !taken.isRequoted,
            after.turns + after.revision == before.turns + before.revision + 1
        {
            talks.keep(outlook.talk, of: draft.conversationID, turns: after.turns, revision: after.revision)
        }
        report(taken.failure)
        return taken.observed
    }

    /// The result of recording a turn.
    private struct Taken: Sendable {
        let observed: ObservedTurn
        /// The conversation after it; nil if nothing has changed.
        var after: Conversation?
        var failure: String?
        /// Whether earlier turns were redacted further because of it.
        var isRequoted = false
        /// The time of the stages inside the transaction, in nanoseconds.
        var spent: UInt64 = 0
    }

    private func record(
        _ prepared: PreparedTurn,
        _ outlook: Outlook,
        rules: (alerts: AlertRules, assist: AssistRules),
        by caller: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Taken {
        let start = meter?.now ?? 0
        var taken: Taken
        switch try dependencies.conversations.begin(prepared, by: caller, now: now, in: transaction) {
        case .repeated(let answer): return Taken(observed: ObservedTurn(answer: answer, isRepeated: true))
        case .fresh(let turn): taken = try record(turn, outlook, rules: rules, now: now, in: transaction)
        case .revised(let turn): taken = try replace(turn, outlook, rules: rules, now: now, in: transaction)
        }
        taken.spent = (meter?.now ?? 0) - start
        return taken
    }

    private func record(
        _ fresh: FreshTurn,
        _ outlook: Outlook,
        rules: (alerts: AlertRules, assist: AssistRules),
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Taken {
        var (words, reading) = (outlook.words, outlook.reading)
        if !fresh.revised.isEmpty {
            // A value that began in the last turns has been removed from this one too.
            words = rules.alerts.email.written(in: fresh.prepared.text, channel: fresh.conversation.channel)
            reading = rules.alerts.signals.read(words, speaker: TurnSpeaker(fresh.prepared.draft.speaker))
        }
        let turn = fresh.scored(outlook.sentiment?.score, words: words, isQuotable: !reading.isSensitive)
        if !fresh.revised.isEmpty {
            try dependencies.alerts.requote(fresh.revised.flatMap(\.quotes), of: turn.conversation.id, in: transaction)
        }
        let seen = try meter.time(.alert) {
            try dependencies.alerts.observe(
                Self.turnFacts(fresh.prepared.draft.speaker, words, outlook.sentiment?.score, reading: reading),
                of: Self.contactFacts(turn.conversation, outlook, now: now),
                rules: rules.alerts,
                now: now,
                in: transaction
            )
        }
        let (answer, failure) = meter.time(.answer) {
            Self.answer(turn.number, of: turn.prepared, turn.conversation, outlook, seen, rules.assist, now: now)
        }
        try meter.time(.store) {
            try note(outlook, turn: turn.number, in: transaction)
            try dependencies.conversations.finish(turn, answer: answer, now: now, in: transaction)
            try tell(seen.alerts, in: turn.conversation.id, outlook.texts, now: now, transaction)
        }
        return Taken(
            observed: ObservedTurn(answer: answer, isRepeated: false),
            after: turn.conversation,
            failure: seen.failure ?? failure,
            isRequoted: !fresh.revised.isEmpty
        )
    }

    /// Recomputes the state of a conversation with the new wording of one of its turns.
    private func replace(
        _ revised: RevisedTurn,
        _ outlook: Outlook,
        rules: (alerts: AlertRules, assist: AssistRules),
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Taken {
        let (id, channel) = (revised.conversation.id, revised.conversation.channel)
        var replay = TurnReplay(revised, score: outlook.sentiment?.score)
        var revision = try dependencies.alerts.revise(id, from: revised.first, rules: rules.alerts, in: transaction)
        for known in revised.steps {
            let step = replay.step(known)
            let words = rules.alerts.email.written(in: step.text, channel: channel)
            let reading = rules.alerts.signals.read(words, speaker: TurnSpeaker(step.speaker))
            replay.add(step, words: words, isQuotable: !reading.isSensitive)
            revision.add(
                Self.turnFacts(step.speaker, words, step.score, reading: reading),
                of: Self.contactFacts(replay.conversation, outlook, now: step.arrivedAt),
                at: step.arrivedAt,
                isRevised: step.number == revised.number
            )
        }
        let contact = Self.contactFacts(replay.conversation, outlook, now: now)
        let (seen, changed) = try dependencies.alerts.conclude(revision, of: contact, now: now, in: transaction)
        let (answer, failure) = Self.answer(
            revised.number,
            replacing: revised.replaced,
            of: revised.prepared,
            replay.conversation,
            outlook,
            seen,
            rules.assist,
            now: now
        )
        try note(outlook, turn: revised.number, in: transaction)
        let after = try dependencies.conversations.finish(replay, answer: answer, now: now, in: transaction)
        try tell(changed, in: id, outlook.texts, now: now, transaction)
        return Taken(
            observed: ObservedTurn(answer: answer, isRepeated: false),
            after: after,
            failure: seen.failure ?? failure
        )
    }

    private func note(_ outlook: Outlook, turn: Int64, in transaction: WriteTransaction) throws {
        try SuggestionTable.note(outlook.suggestions, of: outlook.conversation.id, turn: turn, in: transaction)
    }

    /// Adds events about alerts to the conversation.
    private func tell(
        _ alerts: [Alert],
        in conversation: String,
        _ texts: TextSet,
        now: Int64,
        _ transaction: WriteTransaction
    ) throws {
        for alert in alerts {
            let data = try dependencies.alertData(alert, texts)
            try dependencies.conversations.append(.alert, to: conversation, data: data, at: now, in: transaction)
        }
    }

    private static func turnFacts(
        _ speaker: Speaker,
        _ words: String,
        _ score: Double?,
        reading: SignalReading
    ) -> TurnFacts {
        TurnFacts(
            speaker: TurnSpeaker(speaker),
            text: words,
            score: score,
            label: score.map { SentimentLabel(score: $0).rawValue },
            reading: reading
        )
    }

    private static func contactFacts(_ conversation: Conversation, _ outlook: Outlook, now: Int64) -> ContactFacts {
        let mood = conversation.mood
        return ContactFacts(
            conversationID: conversation.id,
            channel: conversation.channel,
            mood: mood.now,
            trend: mood.trend,
            lowest: mood.lowest,
            negativeStreak: mood.negativeStreak,
            turns: Int(conversation.turns),
            seconds: Int(conversation.seconds(at: now)),
            customerID: conversation.customerID,
            customer: conversation.customer ?? [:],
            agent: conversation.agent,
            teams: conversation.teams,
            agentFacts: outlook.agentFacts,
            summary: conversation.summary.text,
            locale: conversation.locale ?? outlook.texts.locale
        )
    }

    private static func answer(
        _ number: Int64,
        replacing replaced: String? = nil,
        of turn: PreparedTurn,
        _ conversation: Conversation,
        _ outlook: Outlook,
        _ seen: Observation,
        _ rules: AssistRules,
        now: Int64
    ) -> (answer: JSON, failure: String?) {
        var (actions, failure): ([NextBestAction], String?) = ([], nil)
        if turn.draft.speaker == .customer {
            let facts = ActionFacts(
                turn: number,
                observed: seen.input,
                signals: seen.signals,
                suggestions: outlook.suggestions,
                step: outlook.step,
                script: outlook.script,
                offer: outlook.offer
            )
            (actions, failure) = ActionChooser.actions(for: facts, rules: rules, texts: outlook.texts, now: now)
        }
        let answer = TurnAnswer(
            number: number,
            replaces: replaced,
            mood: conversation.mood,
            sentiment: outlook.sentiment,
            signals: seen.signals.map { (kind: $0.kind, text: $0.need.map { outlook.texts.text($0) } ?? $0.text) },
            suggestions: outlook.suggestions,
            actions: actions,
            alerts: seen.alerts.map(\.id)
        )
        return (answer.wire, failure)
    }
}
