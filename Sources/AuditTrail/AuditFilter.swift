/// A filter for entries of the log; members that are nil or empty do not filter.
package struct AuditFilter: Sendable, Hashable {
    /// The actor, the subject on whose behalf an integration acted, or the operating system user.
    package var subject: String?
    /// An action such as `policy.publish`, or a module such as `policy` for all of its actions.
    package var action: String?
    /// The ids of the things changed.
    package var objects: [String] = []
    /// The earliest time (inclusive), in microseconds since 1970.
    package var since: Int64?
    /// The latest time (exclusive), in microseconds since 1970.
    package var until: Int64?
    /// Only entries after this sequence number.
    package var after: Int64 = 0
    /// The largest number of entries to return.
    package var limit: Int

    package init(after: Int64 = 0, limit: Int) { (self.after, self.limit) = (after, limit) }

    /// Creates a filter for a single entry about a thing, to check whether there is one.
    package init(object: String) {
        self.init(limit: 1)
        objects = [object]
    }
}
