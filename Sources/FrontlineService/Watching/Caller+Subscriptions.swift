import Access
import FrontlineProtocol
import JSONRPC
import RPCServer

extension Connection: EventSink {}

extension Caller {
    /// Subscribes the caller's connection to a feed; the events begin once the answer is queued.
    ///
    /// For handlers that answer at once (`ImmediateMethodHandler`) only: others are answered at any time.
    ///
    /// - Parameters:
    ///   - hub: the feed's subscribers.
    ///   - after: the cursor as the client gave it; nil for events from now on.
    ///   - services: the server's.
    ///   - wants: which events are for the caller, with the rights that it has at their time.
    /// - Returns: the subscription's id and the cursor it begins after, for the wire.
    /// - Throws: `RPCError` for a cursor that is none, too many subscriptions or no connection.
    func subscribe<Feed: EventFeed>(
        to hub: EventHub<Feed>,
        after: String?,
        services: Services,
        wants: @escaping EventHub<Feed>.Wants
    ) throws -> (id: String, cursor: String) {
        guard let session, let sink = session.sink else {
            throw RPCError(.unavailable, "This connection cannot receive notifications")
        }
        var position: Int64?
        if let after {
            guard let number = Int64(after), number >= 0 else {
                throw RPCError.invalidParams(path: "params.after", expected: "a cursor that was given out, or “0”")
            }
            position = number
        }
        let subject = principal.subject
        let request = EventHub<Feed>.Request(
            sink: sink,
            // A subscription is its subject's: it does not go over to who signs in on the connection after it.
            principal: {
                guard let principal = try? session.principal(now: services.now()), principal.subject == subject else {
                    return nil
                }
                return principal
            },
            expiresAt: session.expiresAt,
            wants: wants
        )
        let (id, cursor) = try hub.subscribe(request, after: position, now: now)
        session.afterAnswer { hub.activate(id) }
        return (id, "\(cursor)")
    }

    /// Ends one of the connection's own subscriptions.
    ///
    /// - Throws: `not_found`.
    func unsubscribe<Feed: EventFeed>(_ id: String, from hub: EventHub<Feed>) throws {
        guard let sink = session?.sink, hub.unsubscribe(id, of: sink) else {
            throw RPCError(.notFound, "This connection has no subscription “\(id)”", path: "params.subscription_id")
        }
    }
}
