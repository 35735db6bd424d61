/// Who led a conversation from when on.
package struct Holding: Sendable, Hashable {
    /// The agent; nil while it waited for somebody of its teams.
    package let agent: String?
    package let teams: [String]
    /// Since when, in microseconds since 1970.
    package let since: Int64
    /// Who opened or transferred it.
    package let givenBy: String
    /// The subject for whom an integration did.
    package let onBehalfOf: String?
    /// Why it was transferred, redacted.
    package let reason: String?
    /// What the next agent was told, redacted.
    package let note: String?
}
