/// The hubs of all feeds.
struct EventHubs: Sendable {
    let alerts: EventHub<AlertFeed>
    let conversations: EventHub<ConversationFeed>

    /// Ends all subscriptions of a client that has disconnected or authenticated as another subject.
    func disconnect(_ sink: any EventSink) {
        alerts.disconnect(sink)
        conversations.disconnect(sink)
    }

    /// Sends due notifications of all feeds.
    ///
    /// - Returns: whether a subscriber is still behind.
    func pump(now: Int64) async throws -> Bool {
        let alertsWait = try await alerts.pump(now: now)
        return try await conversations.pump(now: now) || alertsWait
    }
}
