import Alerts
import Conversations
import Storage

/// Alerts go with their conversation to its new owner, and expire when it ends.
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
        try alerts.endContact(conversation.id, now: now, in: transaction)
    }
}
