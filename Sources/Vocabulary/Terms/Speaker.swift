/// Who takes a turn.
public enum Speaker: String, Codable, Sendable, Hashable, CaseIterable {
    /// The customer.
    case customer
    /// The agent who leads the conversation, or another one who takes part.
    case agent
    /// A program that talks with the customer.
    case bot
    /// A supervisor who takes part.
    case supervisor
    /// A message that nobody spoke, such as a queue announcement.
    case system
}
