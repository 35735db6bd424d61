import Access
import FrontlineProtocol
import JSONRPC
import RPCServer
import Vocabulary

extension Connection: EventSink {}

extension Caller {
    /// Subscribes the caller's connection to a feed; events are sent after the answer is queued.
    ///
    /// Only for handlers that hold back what follows (`InLineMethodHandler`), because the answers of others are queued at
    /// any time.
    ///
    /// - Parameters:
    ///   - hub: the hub of the feed.
    ///   - after: the cursor given by the client; nil for events from now on.
    ///   - services: the services of the server.
    ///   - wants: selects the events for the caller, by its rights at the time of the event.
    /// - Returns: the subscription.
    /// - Throws: `RPCError` for an invalid cursor, too many subscriptions or no connection.
    func subscribe<Feed: EventFeed>(
        to hub: EventHub<Feed>,
        after: String?,
        services: Services,
        wants: @escaping EventHub<Feed>.Wants
    ) async throws -> EventHub<Feed>.Beginning {
        guard let session, let sink = session.sink else {
            throw RPCError(.unavailable, "Notifications need a connection that stays open: WebSocket, or lines")
        }
        var position: Int64?
        if let after {
            guard let cursor = Cursor(after) else {
                throw RPCError.invalidParams(path: "params.after", expected: Cursor.expectation + ", or “0”")
            }
            position = cursor.position
        }
        let subject = principal.subject
        let request = EventHub<Feed>.Request(
            sink: sink,
            // A subscription belongs to its subject, and is not passed on if another subject authenticates on the
            // connection.
            principal: {
                // Whoever is unknown now, or cannot be looked up, is sent nothing more.
                guard let principal = try? await session.principal(now: services.now()), principal.subject == subject
                else {
                    return nil
                }
                return principal
            },
            expiresAt: session.expiresAt,
            wants: wants
        )
        let beginning = try await hub.subscribe(request, after: position, now: now)
        session.afterAnswer { hub.activate(beginning.id) }
        return beginning
    }

    /// Ends one of the connection's subscriptions.
    ///
    /// - Throws: `not_found` if the connection has no such subscription.
    func unsubscribe<Feed: EventFeed>(_ id: String, from hub: EventHub<Feed>) throws {
        guard let sink = session?.sink, hub.unsubscribe(id, of: sink) else {
            throw RPCError(.notFound, "This connection has no subscription “\(id)”", path: "params.subscription_id")
        }
    }
}
