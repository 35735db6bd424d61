import Alerts
import Assist
import Conversations
import FrontlineProtocol
import Storage
import Vocabulary

/// Moves alerts to the new owner of their conversation, and expires them when it ends; sensitive signals are then
/// removed everywhere.
struct AlertFollower: ConversationFollower {
    let alerts: AlertDesk

    func conversationTransferred(
        _ conversation: Conversation,
        from agent: String?,
        by actor: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        try alerts.moveContact(
            conversation.id,
            agent: conversation.agent,
            teams: conversation.teams,
            now: now,
            in: transaction
        )
    }

    func conversationClosed(
        _ conversation: Conversation,
        by actor: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        let withdrawn = try alerts.endContact(conversation.id, now: now, in: transaction)
        let kinds = Dictionary(withdrawn.turns.map { (Int64($0.turn), Set($0.kinds)) }, uniquingKeysWith: { $1 })
        try ConversationStore.amendAnswers(of: conversation.id, turns: Set(kinds.keys), in: transaction) {
            turn,
            answer in
            Assistant.answer(answer, without: kinds[turn] ?? [])
        }
        guard !withdrawn.alerts.isEmpty else { return }
        let messages = try Dictionary(
            withdrawn.alerts.map { ($0.id, try JSONEncoding.encode(AlertMessage($0))) },
            uniquingKeysWith: { $1 }
        )
        try ConversationStore.amendEvents(.alert, of: conversation.id, in: transaction) { data in
            data["alert_id"]?.string.flatMap { messages[$0] }
        }
    }
}
