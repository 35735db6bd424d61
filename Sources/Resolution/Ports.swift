package import Access
package import Customers
package import Storage
import Vocabulary

/// The customer of a conversation, as the keeper of conversations knows it.
package struct ConversationCustomer: Sendable, Hashable {
    /// What is known of the customer, with its sources.
    package let facts: CustomerFacts
    /// How the contact came in.
    package let channel: String?
    /// The language of the conversation.
    package let locale: String?

    package init(_ facts: CustomerFacts, channel: String? = nil, locale: String? = nil) {
        (self.facts, self.channel, self.locale) = (facts, channel, locale)
    }

    /// The customer's id; nil while it is not known who is speaking.
    package var id: String? { facts.id }
}

/// Says whose a conversation is; connected to the keeper of conversations.
package protocol CustomerOfConversation: Sendable {
    /// The customer of a conversation; nil when there is no such conversation, or the principal may not see it.
    func customer(
        ofConversation id: String,
        for principal: Principal,
        in transaction: some SQLReading
    ) throws -> ConversationCustomer?
}

/// No conversation is known.
package struct NoConversations: CustomerOfConversation {
    package init() {}

    package func customer(
        ofConversation id: String,
        for principal: Principal,
        in transaction: some SQLReading
    ) throws -> ConversationCustomer? { nil }
}
