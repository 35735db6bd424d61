import Conversations
import Scripting
import Storage
import Synchronization

/// Lets script sessions follow the owner of their conversation.
///
/// Conversations are put together before the sessions that need them, so the sessions are connected afterwards.
final class ScriptFollower: ConversationFollower {
    private let desk = Mutex<ScriptDesk?>(nil)

    /// Connects the sessions; to be called while the server is put together.
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
