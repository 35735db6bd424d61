import Alerts
import Conversations
import JSONRPC
import Storage
import Vocabulary

/// Looks up conversations for alerts.
struct ConversationContacts: ContactDirectory {
    let conversations: ConversationStore

    func contact(_ conversationID: String, in transaction: some SQLReading) throws -> Contact? {
        try conversations.conversation(conversationID, in: transaction).map { conversation in
            Contact(
                conversationID: conversation.id,
                isOpen: conversation.isOpen,
                agent: conversation.agent,
                teams: conversation.teams,
                customerID: conversation.customerID,
                segment: conversation.customer?["segment"]?.string,
                summary: conversation.summary.text
            )
        }
    }
}
