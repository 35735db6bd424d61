/// Something that was changed: who did what to which thing, and the hashes of the thing before and after.
///
/// An event never carries personal data: targets are ids, contents are hashes, and details are reasons and counts.
package struct AuditEvent: Sendable, Hashable {
    /// The subject who acted; for an integration, the one it acted for is in `details`.
    package var actor: String
    /// What was done, as `module.verb`, such as `knowledge.retire`.
    package var action: String
    /// The id of the thing.
    package var target: String
    /// The content hash before the change; nil when the thing did not exist.
    package var before: String?
    /// The content hash after the change; nil when the thing is gone.
    package var after: String?
    /// A reason or note; nil when there is none.
    package var details: String?

    package init(
        actor: String,
        action: String,
        target: String,
        before: String? = nil,
        after: String? = nil,
        details: String? = nil
    ) {
        self.actor = actor
        self.action = action
        self.target = target
        self.before = before
        self.after = after
        self.details = details
    }
}

/// An event as it stands in the log.
package struct AuditEntry: Sendable, Hashable {
    /// Its place in the chain, from 1 without gaps.
    package let sequence: Int64
    /// When it was written, in microseconds since 1970.
    package let at: Int64
    /// What happened.
    package let event: AuditEvent
    /// The hash of the entry before it; empty for the first.
    package let previous: String
    /// The hash over all of the above.
    package let hash: String
}

/// What ``AuditLog/verify(in:)`` found.
package struct AuditVerification: Sendable, Hashable {
    /// Whether every entry is as it was written and in its place.
    package let ok: Bool
    /// How many entries stand in the log.
    package let entries: Int64
    /// The hash of the last entry; note it elsewhere to prove later that nothing before it was changed.
    package let head: String
    /// The sequence number of the first entry that is changed, missing or out of order.
    package let firstBad: Int64?
}
