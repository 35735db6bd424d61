/// Something that was changed: who did what to which thing, and the hashes of the thing before and after.
///
/// An entry of the log can never be taken back, so nothing in it may be personal: targets are ids or keyed hashes, contents
/// are hashes, details are made by the program itself. What a caller wrote goes into ``text``, of which the entry holds only a
/// hash and the length.
package struct AuditEvent: Sendable, Hashable {
    /// Who acted.
    package var actor: AuditActor
    /// The subject for whom an integration acted.
    package var onBehalfOf: String?
    /// What was done, as `module.verb`, such as `knowledge.retire`.
    package var action: String
    /// The id of the thing.
    package var target: String
    /// The content hash before the change; nil when the thing did not exist.
    package var before: String?
    /// The content hash after the change; nil when the thing is gone.
    package var after: String?
    /// What else there is to know, in words of the program: counts, version numbers, outcomes from a list.
    package var details: String?
    /// What the caller wrote: a reason or a note.
    ///
    /// It stands beside the log, where it can be erased.
    package var text: String?

    package init(
        actor: AuditActor,
        onBehalfOf: String? = nil,
        action: String,
        target: String,
        before: String? = nil,
        after: String? = nil,
        details: String? = nil,
        text: String? = nil
    ) {
        self.actor = actor
        self.onBehalfOf = onBehalfOf
        self.action = action
        self.target = target
        self.before = before
        self.after = after
        self.details = details
        self.text = text
    }
}

/// What a caller wrote, as an entry vouches for it.
package struct AuditText: Sendable, Hashable {
    /// What became of the text.
    package enum State: String, Sendable, Hashable {
        /// It stands as it was written.
        case kept
        /// Names of an erased customer were taken out; what is left proves nothing.
        case redacted
        /// It was erased.
        case erased
    }

    /// The hash over a random salt and the text: without the salt, which goes with the text, nobody can try out texts.
    package let sha256: String
    /// How many bytes it had.
    package let length: Int64
    package let state: State
    /// What is left of it; nil once it was erased.
    package let text: String?
}

/// An event as it stands in the log.
package struct AuditEntry: Sendable, Hashable {
    /// Its place in the chain, from 1 without gaps.
    package let sequence: Int64
    /// When it was written, in microseconds since 1970.
    package let at: Int64
    /// Which canonical form was sealed; see ``AuditSeal``.
    package let form: Int64
    /// What happened; its text is nil.
    package let event: AuditEvent
    /// What the caller wrote.
    package let text: AuditText?
    /// The hash of the entry before it; empty for the first.
    package let previous: String
    /// The hash over all of the above.
    package let hash: String
}

/// What ``AuditLog/verify(notedHead:in:)`` found.
package struct AuditVerification: Sendable, Hashable {
    /// Whether every entry is as it was written and in its place, and the noted head, if one was given, is among them.
    package var ok: Bool { firstBad == nil && (notedHead == nil || notedHeadAt != nil) }
    /// How many entries stand in the log.
    package var entries: Int64 = 0
    /// The hash of the last entry; note it elsewhere to prove later that nothing before it was changed.
    package var head = ""
    /// The sequence number of the first entry that is changed, missing or out of order.
    package var firstBad: Int64?
    /// The head that was noted earlier.
    package var notedHead: String?
    /// The entry whose hash it is; nil when there is none, hence something before it was changed.
    package var notedHeadAt: Int64?
}
