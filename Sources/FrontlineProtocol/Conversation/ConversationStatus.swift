/// Whether turns may be added to a conversation.
public enum ConversationStatus: String, Codable, Sendable, Hashable, CaseIterable {
    /// It goes on.
    case open
    /// It has ended.
    case closed
}
