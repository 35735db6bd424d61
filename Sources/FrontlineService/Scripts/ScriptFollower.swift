import Conversations
import Scripting
import Storage
import Synchronization

/// Transfers script sessions to the new owner of their conversation.
///
/// Conversations are created before the sessions that depend on them, so the sessions are connected afterwards.
final class ScriptFollower: ConversationFollower {
    private let desk = Mutex<ScriptDesk?>(nil)

    /// Connects the sessions; to be called while the server is being set up.
    func connect(_ sessions: ScriptDesk) { desk.withLock { $0 = sessions } }

    func conversationTransferred(
        _ conversation: Conversation,
        from agent: String?,
        by actor: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {
        try desk.withLock { $0 }?.transfer(
            conversation: conversation.id,
            to: conversation.agent,
            teams: conversation.teams,
            by: actor,
            now: now,
            in: transaction
        )
    }
}
