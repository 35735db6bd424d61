/// How a contact ended.
public struct ConversationDisposition: Codable, Sendable, Hashable {
    /// The kind of ending, as the contact centre names it.
    public var code: String
    /// Whether the customer's concern was settled.
    public var resolved: Bool?
    /// What else there is to say; personal data is redacted.
    public var note: String?

    /// Makes the value from its members.
    public init(code: String, resolved: Bool? = nil, note: String? = nil) {
        self.code = code
        self.resolved = resolved
        self.note = note
    }
}
