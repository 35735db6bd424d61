package import Access
package import Customers
package import JSONRPC
package import Storage

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

/// Is told what becomes of requests; connected to alerts, conversations and scripts.
package protocol GrantObserver: Sendable {
    /// A request waits for approval; called inside its transaction.
    func pending(_ grant: Grant, in transaction: WriteTransaction, now: Int64) throws
    /// A request was decided, withdrawn, expired or settled; called inside the transaction.
    func changed(_ grant: Grant, in transaction: WriteTransaction, now: Int64) throws
    /// Any of this was committed.
    func committed(_ grant: Grant, now: Int64) async
}

extension GrantObserver {
    package func pending(_ grant: Grant, in transaction: WriteTransaction, now: Int64) throws {}
    package func changed(_ grant: Grant, in transaction: WriteTransaction, now: Int64) throws {}
    package func committed(_ grant: Grant, now: Int64) async {}
}

/// Nobody is told.
package struct NoGrantObserver: GrantObserver {
    package init() {}
}
