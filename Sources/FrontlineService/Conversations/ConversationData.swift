import Assist
import Conversations
import Storage
import Vocabulary

/// The personal data in conversations.
struct ConversationData: PersonalDataHolder {
    let conversations: ConversationStore
    let name = "conversations"
    let followsTranscripts = true
    let kept = [
        KeptData(
            what: "channel, owner, times and mood figures of conversations, without the customer",
            why: "reports stay complete; they contain no personal data"
        )
    ]

    func export(_ subject: DataSubject, in transaction: some SQLReading) throws -> JSON {
        try conversations.export(subject.conversationIDs, in: transaction)
    }

    func profiles(of subject: DataSubject, in transaction: some SQLReading) throws -> [JSON] {
        try subject.conversationIDs.compactMap { id in
            try conversations.conversation(id, in: transaction)?.customer.map(JSON.object)
        }
    }

    func customerIDs(in transaction: some SQLReading) throws -> Set<String> {
        try ConversationStore.customerIDs(in: transaction)
    }

    func erase(_ subject: DataSubject, _ erasure: inout Erasure, in transaction: WriteTransaction) throws {
        let count = try conversations.forget(
            subject.conversationIDs,
            entirely: subject.customerID != nil,
            in: transaction
        )
        erasure.count([
            "conversations": count.conversations, "turns": count.turns, "conversation_events": count.events,
        ])
        erasure.auditTargets += subject.conversationIDs
    }
}

/// The suggestions made in conversations with customers, and the feedback on them.
struct SuggestionData: PersonalDataHolder {
    let name = "suggestions"
    let followsTranscripts = true

    func export(_ subject: DataSubject, in transaction: some SQLReading) throws -> JSON {
        try Assistant.export(conversations: subject.conversationIDs, in: transaction)
    }

    func erase(_ subject: DataSubject, _ erasure: inout Erasure, in transaction: WriteTransaction) throws {
        erasure.count(try Assistant.erase(conversations: subject.conversationIDs, in: transaction))
    }
}
