/// Which entries of the log are wanted; absent members do not filter.
package struct AuditFilter: Sendable, Hashable {
    /// Who acted, for whom an integration acted, or the user of the operating system.
    package var subject: String?
    /// What was done: an action such as `policy.publish`, or a module such as `policy` for all of its actions.
    package var action: String?
    /// The thing: one of these.
    package var objects: [String] = []
    /// Written at this time or later, in microseconds since 1970.
    package var since: Int64?
    /// Written before this time, in microseconds since 1970.
    package var until: Int64?
    /// Only entries after this sequence number.
    package var after: Int64 = 0
    /// How many at most.
    package var limit: Int

    package init(after: Int64 = 0, limit: Int) { (self.after, self.limit) = (after, limit) }

    /// Whether anything was ever done to a thing.
    package init(object: String) {
        self.init(limit: 1)
        objects = [object]
    }
}
