/// What happens in a session that concerns others: its conversation, supervisors.
package enum SessionDomainEvent: Sendable {
    /// A step calls for somebody; `at` is when, in microseconds since 1970.
    case escalated(ScriptEscalation, ScriptContact, at: Int64)
    /// A session of a conversation stands elsewhere; it carries no sensitive value.
    case changed(ScriptSession, in: String, at: Int64)
}
