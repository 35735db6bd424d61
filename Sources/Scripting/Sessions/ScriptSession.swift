package import Vocabulary

/// A session as a caller sees it.
package struct ScriptSession: Sendable {
    package let id: String
    /// The id of the script with which it was started.
    package let scriptID: String
    /// The version of the script, which never changes.
    package let version: Int64
    /// The revision, which increases with every accepted call.
    package let revision: Int64
    package let view: ScriptView
    /// The owner; nil while it waits for a member of the teams.
    package let agent: String?
    /// The teams of the session.
    package let teams: [String]
    /// The id of the session's conversation.
    package let conversationID: String?
    /// The start time, in microseconds since 1970.
    package let startedAt: Int64
}

/// A session in a list.
package struct ScriptSessionListing: Sendable, Hashable {
    package let id: String
    /// The id of the script with which it was started.
    package let scriptID: String
    /// The version of the script, which never changes.
    package let version: Int64
    package let status: ScriptSessionStatus
    /// The revision, which increases with every accepted call.
    package let revision: Int64
    /// The owner; nil while it waits for a member of the teams.
    package let agent: String?
    /// The outcome; nil while the session is open.
    package let outcome: String?
    /// The number of jumps, skips, detours and abandonments.
    package let deviations: Int64
    /// The start time, in microseconds since 1970.
    package let startedAt: Int64
    /// The end time, in microseconds since 1970; nil while the session is open.
    package let endedAt: Int64?
}

/// What happens in a session that concerns others: its conversation, supervisors.
package enum SessionDomainEvent: Sendable {
    /// A step calls for somebody; `at` is when, in microseconds since 1970.
    case escalated(ScriptEscalation, ScriptContact, at: Int64)
    /// A session of a conversation stands elsewhere; it carries no sensitive value.
    case changed(ScriptSession, in: String, at: Int64)
}
