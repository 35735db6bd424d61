package import Texts

/// What happens to an alert that its conversation is told of.
package enum AlertDomainEvent: Sendable {
    /// It was raised in a conversation, or something was added to it; `in` has the words of those who follow the
    /// conversation, nil being those of its language, `at` is when, in microseconds since 1970.
    case raised(Alert, in: TextSet?, at: Int64)
    /// A supervisor said something about it to the agent.
    case replied(Alert, Alert.Reply)
}
