/// How a contact ended.
package struct Disposition: Codable, Sendable, Hashable {
    /// The kind of ending, as the contact centre names it.
    package var code: String
    /// Whether the customer's concern was settled.
    package var resolved: Bool?
    /// What the agent wrote, redacted.
    package var note: String?

    package init(code: String, resolved: Bool? = nil, note: String? = nil) {
        self.code = code
        self.resolved = resolved
        self.note = note
    }
}
