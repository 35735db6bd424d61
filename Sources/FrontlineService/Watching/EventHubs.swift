/// The hubs of all feeds.
struct EventHubs: Sendable {
    let alerts: EventHub<AlertFeed>
    let conversations: EventHub<ConversationFeed>

    /// Ends what a client that is gone or has become another had subscribed to.
    func disconnect(_ sink: any EventSink) {
        alerts.disconnect(sink)
        conversations.disconnect(sink)
    }

    /// Sends what is due on every feed.
    ///
    /// - Returns: whether some subscriber is still behind.
    func pump(now: Int64) async throws -> Bool {
        let alertsWait = try await alerts.pump(now: now)
        return try await conversations.pump(now: now) || alertsWait
    }
}
