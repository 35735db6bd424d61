package import Storage

/// What others do when a conversation changes hands or ends, in the same transaction.
///
/// ``Conversations`` knows nothing of scripts or alerts; the composition connects what must follow.
package protocol ConversationFollower: Sendable {
    /// The conversation has a new owner, whom it names.
    func conversationTransferred(
        _ conversation: Conversation,
        from agent: String?,
        by actor: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws

    /// The conversation has ended.
    func conversationClosed(
        _ conversation: Conversation,
        by actor: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws
}

extension ConversationFollower {
    /// Nothing follows.
    package func conversationTransferred(
        _ conversation: Conversation,
        from agent: String?,
        by actor: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {}

    /// Nothing follows.
    package func conversationClosed(
        _ conversation: Conversation,
        by actor: String,
        now: Int64,
        in transaction: WriteTransaction
    ) throws {}
}
