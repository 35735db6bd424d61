public import JSONRPC
public import Vocabulary

/// Something happened to an alert.
public enum AlertsEvent: RPCNotification {
    /// What the message carries.
    public struct Params: Codable, Sendable, Hashable {
        /// The subscription.
        public var subscriptionId: String
        /// The number of the event.
        public var cursor: String
        /// What happened.
        public var event: AlertEventKind
        /// The alert as it was then.
        public var alert: AlertMessage

        /// Makes the value from its members.
        public init(subscriptionId: String, cursor: String, event: AlertEventKind, alert: AlertMessage) {
            self.subscriptionId = subscriptionId
            self.cursor = cursor
            self.event = event
            self.alert = alert
        }
    }

    /// The name on the wire.
    public static let name = "alerts.event"
    /// The message in one line.
    public static let summary = "Something happened to an alert"
}

/// A subscription to alerts is alive, though nothing happens.
public enum AlertsHeartbeat: RPCNotification {
    /// What the message carries.
    public struct Params: Codable, Sendable, Hashable {
        /// The subscription.
        public var subscriptionId: String
        /// Every event up to here was sent or left out.
        public var cursor: String

        /// Makes the value from its members.
        public init(subscriptionId: String, cursor: String) {
            self.subscriptionId = subscriptionId
            self.cursor = cursor
        }
    }

    /// The name on the wire.
    public static let name = "alerts.heartbeat"
    /// The message in one line.
    public static let summary = "A subscription to alerts is alive, though nothing happens"
}

/// A subscription to alerts was ended because its client did not keep up.
public enum AlertsLagging: RPCNotification {
    /// The subscription, and the cursor to subscribe again from.
    public typealias Params = AlertsHeartbeat.Params

    /// The name on the wire.
    public static let name = "alerts.lagging"
    /// The message in one line.
    public static let summary = "A subscription to alerts was ended because its client did not keep up"
}
