import Access
import Conversations
import Resolution
import Storage

/// Tells a conversation's customer to the ledger.
struct ConversationCustomers: CustomerOfConversation {
    let conversations: ConversationStore

    func customer(
        ofConversation id: String,
        for principal: Principal,
        in transaction: some SQLReading
    ) throws -> ConversationCustomer? {
        let visibility = ConversationVisibility(of: principal)
        guard let found = try conversations.conversation(id, in: transaction), visibility.includes(found) else {
            return nil
        }
        return ConversationCustomer(found.customerFacts, channel: found.channel, locale: found.locale)
    }
}
