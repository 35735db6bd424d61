package import Access
package import JSONRPC

/// A durable, numbered log that clients subscribe to.
///
/// Cursors are given in commit order and grow; a cursor that was handed out stays valid, and reading after it gives
/// everything that was logged since and is still kept.
package protocol EventFeed: Sendable {
    associatedtype Event: Sendable
    /// What an event's text depends on; equal readers get the same bytes.
    associatedtype Reader: Hashable & Sendable

    /// The notification that carries an event.
    static var eventMethod: String { get }
    /// The notification that says a quiet subscription is alive.
    static var heartbeatMethod: String { get }
    /// The notification that ends a subscription whose client does not keep up.
    static var laggingMethod: String { get }

    /// The log's name in the store, by which its writers announce news (`WriteTransaction.announce`).
    static var log: String { get }

    /// The cursor of the newest event; 0 before the first.
    func head() throws -> Int64
    /// The events after a cursor, oldest first, at most `limit`.
    func events(after cursor: Int64, limit: Int) async throws -> [Event]
    /// Where an event stands in the log.
    func cursor(of event: Event) -> Int64
    /// How a person reads events.
    func reader(_ principal: Principal) -> Reader
    /// What the notification says to a reader beside the subscription and the cursor.
    func members(of event: Event, for reader: Reader) throws -> JSONObject
}

/// The reader of a feed that says the same to everybody.
package struct Everybody: Hashable, Sendable {
    package init() {}
}

/// The way out to one client: its connection, or what stands for it in tests.
package protocol EventSink: AnyObject, Sendable {
    /// Counts the subscriptions of this client, over all feeds: while there are any, the server sends to it on its own.
    func countSubscriptions(by change: Int)
    /// Notes that the client is known now, which frees it from limits for those that are not.
    func didAuthenticate()
    /// Whether the client is gone or about to be.
    var isClosed: Bool { get }
    /// Queues a line without its line break; false, and nothing is queued, when the client does not keep up.
    func send(_ line: [UInt8], usingReserve: Bool) -> Bool
}
