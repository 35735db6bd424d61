/// The hubs of all feeds.
struct EventHubs: Sendable {
    /// Ends what a client that is gone had subscribed to.
    func disconnect(_ sink: any EventSink) {}

    /// Sends what is due on every feed.
    ///
    /// - Returns: whether some subscriber is still behind.
    func pump(now: Int64) throws -> Bool { false }

    /// Whether nobody listens.
    var isQuiet: Bool { true }
}
