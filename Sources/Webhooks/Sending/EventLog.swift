package import Access
package import Storage
package import Vocabulary

/// A log of the store whose events can be sent: numbered in the order of the commits.
///
/// The log is the outbox. Whoever appends to it does so in the transaction that makes the thing happen, so an event is there exactly
/// when the thing has happened; a hook has a position in it, which moves in the transaction that queues what is to be sent. Nothing is
/// written a second time for hooks, and an erasure in the log reaches what was not sent yet.
package protocol EventLog: Sendable {
    /// The name of the log in the store, and of the counter that numbers it.
    var name: String { get }
    /// What ids of its events begin with.
    var noun: String { get }

    /// The events after a number, in their order, as far as they are still stored.
    func events(after cursor: Int64, limit: Int, in transaction: some SQLReading) throws -> [HookEvent]
}

/// An event of a log, and how hooks see it.
package struct HookEvent: Sendable {
    /// Its number in the log.
    package let cursor: Int64
    package let type: String
    /// What it is about, such as `alert/al-17`.
    package let subject: String
    /// When it happened, in microseconds since 1970.
    package let at: Int64
    /// Whether a reader sees it.
    package let isSeen: @Sendable (Principal) -> Bool
    /// What a reader sees of it, as the feed shows it.
    package let data: @Sendable (Principal) async throws -> JSON

    package init(
        cursor: Int64,
        type: String,
        subject: String,
        at: Int64,
        isSeen: @escaping @Sendable (Principal) -> Bool,
        data: @escaping @Sendable (Principal) async throws -> JSON
    ) {
        (self.cursor, self.type, self.subject, self.at) = (cursor, type, subject, at)
        (self.isSeen, self.data) = (isSeen, data)
    }
}
