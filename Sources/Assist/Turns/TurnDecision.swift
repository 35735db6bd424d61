package import Alerts
package import Conversations
import Sentiment
import Texts
import Vocabulary

/// The signals, policies and texts in force for one turn.
package struct TurnRules: Sendable {
    let alerts: AlertRules
    let advice: AssistRules

    package init(alerts: AlertRules, advice: AssistRules) { (self.alerts, self.advice) = (alerts, advice) }
}

/// The decision about a turn, made from what was read, without a store, a clock or randomness.
package struct TurnDecision: Sendable {
    /// The changes of the turn and of the alerts, to be written.
    enum Change: Sendable {
        case fresh(ScoredTurn, AlertDecision)
        case revised(TurnReplay, AlertRevision)
    }

    let change: Change
    /// The number of the turn, from 1.
    let number: Int64
    /// The name of the turn that it replaces.
    let replaces: String?
    /// The conversation after the turn.
    package let conversation: Conversation
    let contact: ContactFacts
    /// The signals of the turn, as they may be stored.
    package let signals: [Signal]
    /// The suggested actions, highest score first.
    package let actions: [NextBestAction]
    /// The kinds of the alerts that a new turn raises or is added to.
    package var alertKinds: [String] {
        switch change {
        case .fresh(_, let alerts): alerts.kinds
        case .revised: []
        }
    }

    /// The failure of a policy, for the log of the server; nil if there was none.
    package let failure: String?

    /// Decides on a new turn.
    ///
    /// - Parameters:
    ///   - fresh: the turn with its place in the conversation.
    ///   - outlook: its analysis.
    ///   - past: the alerts of the conversation before it.
    ///   - rules: the rules in force.
    ///   - now: the time, in microseconds since 1970.
    package init(_ fresh: FreshTurn, _ outlook: Outlook, past: AlertPast, rules: TurnRules, now: Int64) {
        self.init(fresh, outlook, past: past, rules: rules, now: now, meter: nil, begun: 0)
    }

    /// The same with a meter; `begun` is when the stage of alerts began.
    init(
        _ fresh: FreshTurn,
        _ outlook: Outlook,
        past: AlertPast,
        rules: TurnRules,
        now: Int64,
        meter: StageMeter?,
        begun: UInt64
    ) {
        var (words, reading) = (outlook.words, outlook.reading)
        if !fresh.revised.isEmpty {
            // A value that began in the last turns has been removed from this one too.
            words = rules.alerts.email.written(in: fresh.prepared.text, channel: fresh.conversation.channel)
            reading = rules.alerts.signals.read(words, speaker: fresh.prepared.draft.speaker)
        }
        let turn = fresh.scored(
            outlook.sentiment?.score,
            unmet: outlook.unmet,
            words: words,
            isQuotable: !reading.isSensitive
        )
        let facts = TurnFacts(fresh.prepared.draft.speaker, words, turn.score, reading)
        let contact = ContactFacts(turn.conversation, outlook, now: now)
        let alerts = rules.alerts.decide(facts, of: contact, past: past, now: now)
        if let meter { meter.note(.alert, meter.now - begun) }
        self.init(
            .fresh(turn, alerts),
            turn.prepared,
            number: turn.number,
            conversation: turn.conversation,
            contact,
            (alerts.signals, alerts.input, alerts.failure),
            outlook,
            rules,
            now: now,
            meter
        )
    }

    /// Decides on a new wording of a turn: the state is recomputed from the turns since.
    init(_ revised: RevisedTurn, _ outlook: Outlook, past: AlertRevision, rules: TurnRules, now: Int64) {
        var (replay, alerts) = (TurnReplay(revised, score: outlook.sentiment?.score, unmet: outlook.unmet), past)
        for known in revised.steps {
            let step = replay.step(known)
            let words = rules.alerts.email.written(in: step.text, channel: revised.conversation.channel)
            let reading = rules.alerts.signals.read(words, speaker: step.speaker)
            replay.add(step, words: words, isQuotable: !reading.isSensitive)
            alerts.add(
                TurnFacts(step.speaker, words, step.score, reading),
                of: ContactFacts(replay.conversation, outlook, now: step.arrivedAt),
                at: step.arrivedAt,
                isRevised: step.number == revised.number
            )
        }
        self.init(
            .revised(replay, alerts),
            revised.prepared,
            number: revised.number,
            replaces: revised.replaced,
            conversation: replay.conversation,
            ContactFacts(replay.conversation, outlook, now: now),
            (alerts.signals, alerts.input, alerts.failure),
            outlook,
            rules,
            now: now,
            nil
        )
    }

    private init(
        _ change: Change,
        _ turn: PreparedTurn,
        number: Int64,
        replaces: String? = nil,
        conversation: Conversation,
        _ contact: ContactFacts,
        _ seen: (signals: [Signal], input: JSONObject, failure: String?),
        _ outlook: Outlook,
        _ rules: TurnRules,
        now: Int64,
        _ meter: StageMeter?
    ) {
        (self.change, self.number, self.replaces) = (change, number, replaces)
        (self.conversation, self.contact, signals) = (conversation, contact, seen.signals)
        guard turn.draft.speaker == .customer else {
            (actions, failure) = ([], seen.failure)
            return
        }
        let facts = ActionFacts(
            turn: number,
            observed: seen.input,
            signals: seen.signals,
            suggestions: outlook.suggestions,
            step: outlook.step,
            script: outlook.script,
            offer: outlook.offer
        )
        let advice = meter.time(.answer) {
            ActionChooser.actions(for: facts, rules: rules.advice, texts: outlook.texts, now: now)
        }
        (actions, failure) = (advice.actions, seen.failure ?? advice.failure)
    }
}

extension ObservedTurn {
    /// The result of a turn whose alerts have ids.
    init(_ decision: TurnDecision, _ outlook: Outlook, alerts: [Alert]) {
        self.init(
            number: decision.number,
            replaces: decision.replaces,
            sentiment: outlook.sentiment.map { score in
                SentimentScore(
                    told: Self.rounded(score.score),
                    label: score.label,
                    because: score.because.map { .init(text: $0.text, weight: Self.rounded($0.weight)) }
                )
            },
            mood: MoodFigures(decision.conversation.mood),
            signals: decision.signals.map { signal in
                Signal(kind: signal.kind, text: signal.need.map { outlook.texts.text($0) } ?? signal.text)
            },
            suggestions: outlook.suggestions.map { suggestion in
                Suggestion(
                    articleID: suggestion.articleID,
                    locale: suggestion.locale,
                    title: suggestion.title,
                    snippet: suggestion.snippet,
                    score: Self.rounded(suggestion.score),
                    because: suggestion.because
                )
            },
            actions: decision.actions,
            alerts: alerts.map(\.id)
        )
    }

    private static func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
}

extension TurnFacts {
    /// The facts of a turn; only turns of customers have a score.
    fileprivate init(_ speaker: Speaker, _ words: String, _ score: Double?, _ reading: SignalReading) {
        self.init(
            speaker: speaker,
            text: words,
            score: score,
            label: score.map { SentimentLabel(score: $0).rawValue },
            reading: reading
        )
    }
}

extension ContactFacts {
    /// The facts of a conversation.
    fileprivate init(_ conversation: Conversation, _ outlook: Outlook, now: Int64) {
        let mood = conversation.mood
        self.init(
            conversationID: conversation.id,
            channel: conversation.channel,
            mood: mood.now,
            trend: mood.trend,
            lowest: mood.lowest,
            unmet: mood.unmet,
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
}
