package import Access
import Alerts
package import Conversations
import Knowledge
import Storage

extension Assistant {
    /// Observes a turn and answers it; afterwards the turn, its alerts and their events survive the end of the process.
    ///
    /// The part that needs no order is read and analysed first. Then one transaction reads the rest, decides, and writes.
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
        let rules = TurnRules(
            alerts: try await dependencies.alerts.rules(),
            advice: try await AssistRules.inForce(dependencies.policies)
        )
        let outlook = try await outlook(turn, by: caller, locale: locale, rules: rules.alerts, now: now)
        let start = meter?.now ?? 0
        // A turn need not survive a power failure, and syncing to disk would take longer than all other work.
        let taken = try await transactions.write(durability: .process) { transaction in
            try self.record(turn, outlook, rules, by: caller, now: now, in: transaction)
        }
        if let meter { meter.note(.commit, meter.now - start - taken.spent) }
        // If another turn intervened, or an earlier one was redacted further, the talk must be read again.
        let before = outlook.conversation
        if let after = taken.after, !taken.isRequoted,
            after.turns + after.revision == before.turns + before.revision + 1
        {
            // The context of a replaced turn ends with it, whatever was said since.
            let context = draft.replaces == nil ? outlook.context : nil
            talks.keep(outlook.talk, context, of: draft.conversationID, turns: after.turns, revision: after.revision)
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

    /// Reads the state in order, decides, and writes.
    private func record(
        _ turn: PreparedTurn,
        _ outlook: Outlook,
        _ rules: TurnRules,
        by caller: Principal,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> Eventful<Taken, AlertDomainEvent> {
        let start = meter?.now ?? 0
        let desk = dependencies.alerts
        transaction.prefetch {
            ConversationStore.questions(ofObserving: turn.draft, in: outlook.conversation)
                + AlertDesk.questions(of: outlook.conversation.id)
        }
        let decision: TurnDecision
        var isRequoted = false
        switch try dependencies.conversations.begin(turn, by: caller, now: now, in: transaction) {
        case .repeated(let answer): return Eventful(Taken(observed: try ObservedTurn(stored: answer)))
        case .fresh(let fresh):
            isRequoted = !fresh.revised.isEmpty
            let id = fresh.conversation.id
            if isRequoted {
                try desk.requote(fresh.revised.flatMap(\.quotes), of: id, in: transaction)
                _ = try KnowledgeBase.forgetPrecedents(ofConversation: id, in: transaction)
            }
            let begun = meter?.now ?? 0
            let past = try desk.past(of: id, in: transaction)
            decision = TurnDecision(fresh, outlook, past: past, rules: rules, now: now, meter: meter, begun: begun)
        case .revised(let revised):
            let id = revised.conversation.id
            // What was learned from the conversation may contain the earlier wording.
            _ = try KnowledgeBase.forgetPrecedents(ofConversation: id, in: transaction)
            let past = try desk.revise(id, from: revised.first, rules: rules.alerts, in: transaction)
            decision = TurnDecision(revised, outlook, past: past, rules: rules, now: now)
        }
        let (written, changed) = try meter.time(.store) { try write(decision, outlook, now: now, in: transaction) }
        var taken = written
        taken.isRequoted = isRequoted
        taken.spent = (meter?.now ?? 0) - start
        // Subscribers of the conversation get events about its alerts.
        return Eventful(taken, changed.map { .raised($0, in: outlook.texts, at: now) })
    }

    /// Writes the alerts, which get their ids, then the turn with its answer.
    private func write(
        _ decision: TurnDecision,
        _ outlook: Outlook,
        now: Int64,
        in transaction: WriteTransaction
    ) throws -> (taken: Taken, changed: [Alert]) {
        let (desk, conversations) = (dependencies.alerts, dependencies.conversations)
        let alerts: [Alert]
        let changed: [Alert]
        switch decision.change {
        case .fresh(_, let decided):
            alerts = try desk.write(decided, of: decision.contact, now: now, in: transaction)
            changed = alerts
        case .revised(_, let revision):
            (alerts, changed) = try desk.conclude(revision, of: decision.contact, now: now, in: transaction)
        }
        let id = decision.conversation.id
        try SuggestionTable.note(outlook.suggestions, of: id, turn: decision.number, in: transaction)
        let observed = ObservedTurn(decision, outlook, alerts: alerts)
        var after = decision.conversation
        switch decision.change {
        case .fresh(let turn, _):
            try conversations.finish(turn, answer: observed.stored, now: now, in: transaction)
        case .revised(let replay, _):
            after = try conversations.finish(replay, answer: observed.stored, now: now, in: transaction)
        }
        return (Taken(observed: observed, after: after, failure: decision.failure), changed)
    }
}
