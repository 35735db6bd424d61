/// The hubs of all feeds.
struct EventHubs: Sendable {
    let alerts: EventHub<AlertFeed>

    /// Ends what a client that is gone had subscribed to.
    func disconnect(_ sink: any EventSink) {
        alerts.disconnect(sink)
    }

    /// Sends what is due on every feed.
    ///
    /// - Returns: whether some subscriber is still behind.
    func pump(now: Int64) throws -> Bool {
        try alerts.pump(now: now)
    }

    /// Whether nobody listens.
    var isQuiet: Bool { alerts.count == 0 }
}
