package import Vocabulary

/// Something that a desktop needs to know of a conversation, with its place in the log of all conversations.
package struct ConversationEvent: Sendable, Hashable {
    /// Its place in the log, from 1, in the order of commits.
    package let cursor: Int64
    package let conversationID: String
    package let kind: ConversationEventKind
    /// What there is to know; of a turn its result as it is stored.
    package let data: JSON
    /// The agents whom it concerns: the one who leads the conversation, and after a transfer the one who did.
    package let agents: [String]
    /// The teams whom it concerns.
    package let teams: [String]
    /// When it happened, in microseconds since 1970.
    package let at: Int64
}

/// What happens to a conversation that concerns others: its alerts, its script sessions.
package enum ConversationDomainEvent: Sendable {
    /// It has another owner, whom it names, than `from`; `by` is who handed it over, `at` when, in microseconds since 1970.
    case transferred(Conversation, from: String?, by: String, at: Int64)
    /// It has ended.
    case closed(Conversation, by: String, at: Int64)
}
