import Alerts
import Assist
import Conversations
import Resolution
import Scripting
package import Storage
import Vocabulary
import WorkItems

/// The one order in which events reach those whom they concern. ARCHITECTURE.md has it as a table.
extension Consequences {
    /// Applies events inside the transaction in which they happened.
    ///
    /// - Throws: the store's error; the transaction is then to be undone.
    package func apply(_ events: [DomainEvent], in transaction: WriteTransaction) throws {
        for event in events { try apply(event, in: transaction) }
    }

    private func apply(_ event: DomainEvent, in transaction: WriteTransaction) throws {
        switch event {
        case .grant(.pending(let grant, let time)):
            try raiseApproval(of: grant, at: time, in: transaction)
            try tell(grant, at: time, in: transaction)

        case .grant(.changed(let grant, let time)):
            try settleApproval(of: grant, at: time, in: transaction)
            try tell(grant, at: time, in: transaction)

        case .conversation(.transferred(let conversation, _, let actor, let time)):
            let (id, agent, teams) = (conversation.id, conversation.agent, conversation.teams)
            try alerts.moveContact(id, agent: agent, teams: teams, now: time, in: transaction)
            let moved = try scripts.transfer(
                conversation: id,
                to: agent,
                teams: teams,
                by: actor,
                now: time,
                in: transaction
            )
            try apply(moved.map(DomainEvent.session), in: transaction)

        case .conversation(.closed(let conversation, _, let time)):
            let withdrawn = try alerts.endContact(conversation.id, now: time, in: transaction)
            try withdraw(withdrawn, from: conversation.id, in: transaction)

        case .session(.escalated(let escalation, let contact, let time)):
            _ = try alerts.raise(call(escalation, contact, in: transaction), now: time, in: transaction)

        case .session(.changed(let session, let conversation, let time)):
            try log(.script, of: conversation, outlet.data(of: session), at: time, in: transaction)

        case .alert(.raised(let alert, let texts, let time)):
            guard let conversation = alert.conversation else { return }
            try log(.alert, of: conversation, outlet.data(of: alert, in: texts), at: time, in: transaction)

        case .alert(.replied(let alert, let reply)):
            guard let conversation = alert.conversation else { return }
            try log(.reply, of: conversation, outlet.data(of: reply, to: alert), at: reply.at, in: transaction)

        case .work(.changed(let item, let entry)):
            try settleLate(item, entry, in: transaction)

        case .work(.late(let item, let entry, let rung)):
            try raiseLate(item, entry, rung, in: transaction)
        }
    }

    /// Does what follows events once they are committed.
    ///
    /// What fails is reported: the commit stands, and a session that missed a decision finds it when it is next looked at.
    package func follow(_ events: [DomainEvent]) async {
        for event in events {
            outlet.count(event)
            guard case .grant(let change) = event else { continue }
            do {
                try await scripts.resolutionChanged(await resolution(change.grant), now: now())
            } catch {
                outlet.report(error, after: event)
            }
        }
    }

    private func tell(_ grant: Grant, at time: Int64, in transaction: WriteTransaction) throws {
        guard let conversation = grant.conversationID else { return }
        try log(.resolution, of: conversation, outlet.data(of: grant, in: transaction), at: time, in: transaction)
    }

    private func log(
        _ kind: ConversationEventKind,
        of conversation: String,
        _ data: JSON,
        at time: Int64,
        in transaction: WriteTransaction
    ) throws {
        try lone.conversations.append(kind, to: conversation, data: data, at: time, in: transaction)
    }

    /// A contact that has ended leaves nothing of what was sensitive in it, wherever that was told.
    private func withdraw(
        _ withdrawn: WithdrawnContent,
        from conversation: String,
        in transaction: WriteTransaction
    ) throws {
        let kinds = Dictionary(withdrawn.turns.map { (Int64($0.turn), Set($0.kinds)) }, uniquingKeysWith: { $1 })
        try ConversationStore.amendAnswers(of: conversation, turns: Set(kinds.keys), in: transaction) { turn, answer in
            try ObservedTurn(stored: answer).without(kinds[turn] ?? []).stored
        }
        guard !withdrawn.alerts.isEmpty else { return }
        let data = try Dictionary(
            withdrawn.alerts.map { ($0.id, try outlet.data(of: $0, in: nil)) },
            uniquingKeysWith: { $1 }
        )
        try ConversationStore.amendEvents(.alert, of: conversation, in: transaction) { told in
            told["alert_id"]?.string.flatMap { data[$0] }
        }
    }
}
