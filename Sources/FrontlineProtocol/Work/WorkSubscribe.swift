// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum WorkSubscribe: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var after: String?
        public var teams: [String]?
        public var kinds: [String]?

        public init(after: String? = nil, teams: [String]? = nil, kinds: [String]? = nil) {
            self.after = after
            self.teams = teams
            self.kinds = kinds
        }
    }

    /// The subscription, and the cursor it begins after.
    public typealias Result = AlertsSubscribe.Result

    public static let name = "work.subscribe"
    public static let summary = "Subscribes the connection to what happens to work"
    public static let details = """
        After the answer come `work.event` notifications in the order of their cursors, without gaps; filters leave events out and
        never reorder them. After 15 seconds without an event comes `work.heartbeat`. Who does not keep up gets `work.lagging` with
        the cursor to subscribe again from, and is dropped. An item that is passed to another team is told to both; whoever created it
        hears of it wherever it is. When an item has ended and the time for which transcripts are kept has passed, its events are
        deleted: an earlier cursor stays valid and yields what is left.
        """
    public static let access = MethodAccess.workReaders
    public static let parameters = [
        "after": "Only events after this cursor; `\"0\"` is the beginning, absent is now",
        "teams": "Only items of these teams, or that have just left them",
        "kinds": "Only items of these kinds",
    ]
    public static let errors: [RPCErrorDefinition] = [.busy, .unavailable]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkFilters([("kinds", params.kinds), ("teams", params.teams)])
    }
}

public enum WorkUnsubscribe: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var subscriptionId: String

        public init(subscriptionId: String) {
            self.subscriptionId = subscriptionId
        }
    }

    public typealias Result = NoParams

    public static let name = "work.unsubscribe"
    public static let summary = "Ends a subscription of this connection to work"
    public static let access = MethodAccess.workReaders
    public static let parameters = ["subscription_id": "The subscription"]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}

public enum WorkEventNotification: RPCNotification {
    public struct Params: Codable, Sendable, Hashable {
        /// The subscription.
        public var subscriptionId: String
        /// The number of the event.
        public var cursor: Cursor
        /// What happened.
        public var event: WorkEventKind
        /// The entry of the item's history.
        public var entry: WorkHistoryEntry
        /// The item as it was then.
        public var item: WorkMessage
    }

    public static let name = "work.event"
    public static let summary = "Something happened to an item of work"
}

public enum WorkHeartbeat: RPCNotification {
    public typealias Params = AlertsHeartbeat.Params

    public static let name = "work.heartbeat"
    public static let summary = "A subscription to work is alive, though nothing happens"
}

public enum WorkLagging: RPCNotification {
    /// The subscription, and the cursor to subscribe again from.
    public typealias Params = AlertsHeartbeat.Params

    public static let name = "work.lagging"
    public static let summary = "A subscription to work was ended because its client did not keep up"
}
