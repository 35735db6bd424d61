public import Vocabulary

/// What a supervisor told the agent about an alert.
public struct AlertReply: Codable, Sendable, Hashable {
    /// Who said it.
    public var by: String
    /// What was said, without personal data.
    public var text: String
    /// When.
    public var at: Timestamp

    /// Makes the value from its members.
    public init(by: String, text: String, at: Timestamp) {
        self.by = by
        self.text = text
        self.at = at
    }
}
