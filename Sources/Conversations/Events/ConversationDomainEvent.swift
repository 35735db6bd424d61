/// What happens to a conversation that concerns others: its alerts, its script sessions.
package enum ConversationDomainEvent: Sendable {
    /// It has another owner, whom it names, than `from`; `by` is who handed it over, `at` when, in microseconds since 1970.
    case transferred(Conversation, from: String?, by: String, at: Int64)
    /// It has ended.
    case closed(Conversation, by: String, at: Int64)
}
