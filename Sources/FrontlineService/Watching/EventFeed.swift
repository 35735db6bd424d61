package import Access
import JSONRPC
package import Storage
package import Vocabulary

/// A durable, numbered log to which clients can subscribe.
///
/// Cursors increase in commit order. A cursor stays valid, and reading after it yields everything that was logged since
/// and is still stored.
package protocol EventFeed: Sendable {
    associatedtype Event: Sendable
    /// The properties of a reader on which an event's text depends; equal readers get the same bytes.
    associatedtype Reader: Hashable & Sendable

    /// The notification with an event.
    static var eventMethod: String { get }
    /// The heartbeat notification of a subscription without events.
    static var heartbeatMethod: String { get }
    /// The notification that ends a subscription whose client is too slow.
    static var laggingMethod: String { get }

    /// The log's name in the store, under which writers announce new events (`WriteTransaction.announce`).
    static var log: String { get }

    /// The cursor of the newest event; 0 before the first.
    func head() async throws -> Int64
    /// The gap that a cursor is in, if the store has gone back to a time before it.
    func gap(at cursor: Int64) async throws -> Store.Gap?
    /// The events after a cursor, oldest first, at most `limit`.
    func events(after cursor: Int64, limit: Int) async throws -> [Event]
    /// The cursor of an event.
    func cursor(of event: Event) -> Int64
    /// The reader for a person.
    func reader(_ principal: Principal) -> Reader
    /// The members of the notification for a reader, in addition to the subscription and the cursor.
    func members(of event: Event, for reader: Reader) async throws -> JSONObject
}

/// The reader of a feed with the same content for everybody.
package struct Everybody: Hashable, Sendable {
    package init() {}
}

/// The outgoing side of a client: its connection, or a substitute in tests.
package protocol EventSink: AnyObject, Sendable {
    /// Changes the number of this client's subscriptions over all feeds; while there are any, the server sends to it
    /// without being asked.
    func countSubscriptions(by change: Int)
    /// Records that the client has authenticated, which exempts it from limits for unauthenticated clients.
    func didAuthenticate()
    /// Whether the connection is closed or closing.
    var isClosed: Bool { get }
    /// Queues a line given without its line break; returns false, without queueing it, if the client is too slow.
    func send(_ line: [UInt8], usingReserve: Bool) -> Bool
}
