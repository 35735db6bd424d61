import Conversations
import JSONRPC
import Storage

/// What the conversations keep about customers.
struct ConversationData: PersonalDataHolder {
    let conversations: ConversationStore
    let name = "conversations"
    let followsTranscripts = true
    let kept = [
        KeptData(
            what: "channel, owner, times, disposition code and mood figures of conversations, without the customer",
            why: "reports stay whole; nothing in them tells of a person"
        )
    ]

    func export(_ subject: DataSubject, in transaction: ReadTransaction) throws -> JSON {
        try conversations.export(subject.conversationIDs, in: transaction)
    }

    func erase(_ subject: DataSubject, in transaction: WriteTransaction) throws -> [String: Int] {
        let count = try conversations.forget(subject.conversationIDs, in: transaction)
        return [
            "conversations": count.conversations, "turns": count.turns, "conversation_events": count.events,
        ]
    }
}
