/// Where the delivery of an event to a webhook stands.
public enum WebhookDeliveryState: String, Codable, Sendable, Hashable, CaseIterable {
    /// It is to be sent.
    case waiting
    /// The receiver has it.
    case delivered
    /// Every attempt has failed.
    case failed
    /// The event was erased or deleted before it was sent, or the webhook does not see it any more.
    case gone
    /// The webhook was taken out of the file before it was sent.
    case dropped
}

/// How a webhook stands.
public enum WebhookState: String, Codable, Sendable, Hashable, CaseIterable {
    /// It is sent what happens.
    case on
    /// Its receiver fails, and is left alone for a while.
    case resting
    /// Its receiver has answered 410; nothing is sent until it accepts a test or is elsewhere.
    case stopped
    /// The file says `paused: true`.
    case paused
}
