package import Access
import Alerts
package import Conversations
import JSONRPC
import Sentiment
import Storage

extension Assistant {
    /// Takes a turn and answers it; the turn, its alerts and their events then survive the end of the process.
    ///
    /// A repeated turn id with the same text gives what was answered first, and changes nothing.
    ///
    /// - Parameters:
    ///   - draft: the utterance as it was sent.
    ///   - caller: who sends it.
    ///   - locale: the language when neither the turn nor the conversation names one.
    ///   - now: the time, in microseconds since 1970.
    /// - Returns: the answer.
    /// - Throws: `ConversationError` for an utterance that says nothing, a conversation that is not the caller's or is
    ///   closed, and a known turn id with another text; the store's error.
    package func observe(
        _ draft: TurnDraft,
        by caller: Principal,
        locale: String = "en",
        now: Int64
    ) async throws -> ObservedTurn {
        let turn = try meter.time(.redact) { try PreparedTurn(draft) }
        let rules = try colleagues.alerts.rules()
        let outlook = try outlook(turn, by: caller, locale: locale, now: now)
        let start = meter?.now ?? 0
        // A turn is no ledger: waiting for the device would cost more than all the rest.
        let taken = try await store.write(durability: .process) { transaction in
            try self.take(turn, outlook, rules: rules, by: caller, now: now, in: transaction)
        }
        if let meter { meter.note(.commit, meter.now - start - taken.spent) }
        // Where another turn came between, or an earlier one was revised, the talk is read anew.
        if taken.number == outlook.conversation.turns + 1, !taken.isRevised {
            talks.keep(outlook.talk, of: draft.conversationID, turns: taken.number)
        }
        report(taken.failure)
        return taken.observed
    }

    /// What came of taking a turn.
    private struct Taken: Sendable {
        let observed: ObservedTurn
        var number: Int64 = 0
        var failure: String?
        /// Whether earlier turns lost something because of it.
        var isRevised = false
        /// The nanoseconds that the stages inside the transaction took.
        var spent: UInt64 = 0
    }

    private func take(
        _ prepared: PreparedTurn,
        _ outlook: Outlook,
        rules: AlertRules,
        by caller: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Taken {
        let start = meter?.now ?? 0
        let fresh: FreshTurn
        switch try colleagues.conversations.begin(prepared, by: caller, now: now, in: transaction) {
        case .repeated(let answer): return Taken(observed: ObservedTurn(answer: answer, isRepeated: true))
        case .fresh(let turn): fresh = turn
        }
        let turn = fresh.scored(outlook.sentiment?.score)
        if !fresh.revised.isEmpty {
            try colleagues.alerts.requote(fresh.revised.flatMap(\.quotes), of: turn.conversation.id, in: transaction)
        }
        let seen = try meter.time(.alert) {
            try colleagues.alerts.observe(
                Self.turnFacts(turn.prepared, outlook),
                of: Self.contactFacts(turn.conversation, outlook, now: now),
                rules: rules,
                now: now,
                in: transaction
            )
        }
        let answer = meter.time(.answer) { Self.answer(turn, outlook, seen) }
        try meter.time(.store) {
            try SuggestionTable.note(
                outlook.suggestions,
                of: turn.conversation.id,
                turn: turn.number,
                in: transaction
            )
            try colleagues.conversations.finish(turn, answer: answer, now: now, in: transaction)
            for alert in seen.alerts {
                let data = try colleagues.alertData(alert)
                try colleagues.conversations.append(
                    .alert,
                    to: turn.conversation.id,
                    data: data,
                    at: now,
                    in: transaction
                )
            }
        }
        return Taken(
            observed: ObservedTurn(answer: answer, isRepeated: false),
            number: turn.number,
            failure: seen.failure,
            isRevised: !fresh.revised.isEmpty,
            spent: (meter?.now ?? 0) - start
        )
    }

    private static func turnFacts(_ turn: PreparedTurn, _ outlook: Outlook) -> TurnFacts {
        TurnFacts(
            speaker: TurnSpeaker(rawValue: turn.draft.speaker.rawValue) ?? .system,
            text: turn.text,
            score: outlook.sentiment?.score,
            label: outlook.sentiment?.label.rawValue
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
            summary: conversation.summary.text
        )
    }

    private static func answer(_ turn: ScoredTurn, _ outlook: Outlook, _ seen: Observation) -> JSON {
        let signals = seen.signals.map { (kind: $0.kind, text: $0.text) }
        var actions: [NextBestAction] = []
        if turn.prepared.draft.speaker == .customer {
            actions = ActionChooser.actions(
                for: ActionFacts(
                    turn: turn.number,
                    score: outlook.sentiment?.score,
                    mood: turn.conversation.mood.now,
                    negativeStreak: turn.conversation.mood.negativeStreak,
                    signals: signals,
                    suggestions: outlook.suggestions,
                    step: outlook.step,
                    script: outlook.script,
                    offer: outlook.offer
                )
            )
        }
        return TurnAnswer(
            turn: turn,
            sentiment: outlook.sentiment,
            signals: signals,
            suggestions: outlook.suggestions,
            actions: actions,
            alerts: seen.alerts.map(\.id)
        ).wire
    }
}
