/// A session as a caller sees it.
package struct ScriptSession: Sendable {
    /// Its id.
    package let id: String
    /// The script it began with.
    package let scriptID: String
    /// The version it stays on.
    package let version: Int64
    /// Rises with every accepted call.
    package let revision: Int64
    /// Where it stands.
    package let view: ScriptView
    /// Who has it; nil while it waits for somebody of the teams.
    package let agent: String?
    /// The teams it belongs to.
    package let teams: [String]
    /// The conversation it belongs to.
    package let conversationID: String?
    /// When it began, in microseconds since 1970.
    package let startedAt: Int64
}

/// A session in a list.
package struct ScriptSessionListing: Sendable, Hashable {
    /// Its id.
    package let id: String
    /// The script it began with.
    package let scriptID: String
    /// The version it stays on.
    package let version: Int64
    /// How it stands.
    package let status: ScriptState.Status
    /// Rises with every accepted call.
    package let revision: Int64
    /// Who has it.
    package let agent: String?
    /// How it ended.
    package let outcome: String?
    /// Jumps, skips, detours and the abandonment.
    package let deviations: Int64
    /// When it began, in microseconds since 1970.
    package let startedAt: Int64
    /// When it ended, in microseconds since 1970.
    package let endedAt: Int64?
}
