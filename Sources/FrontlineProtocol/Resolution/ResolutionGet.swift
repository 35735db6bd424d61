// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ResolutionGet: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var resolutionId: String
    }

    /// The request as in lists, and what it was decided on.
    @dynamicMemberLookup
    public struct Result: Codable, Sendable, Hashable {
        /// The request as in lists; its members are written beside the others.
        public var record: ResolutionRecord
        /// What the policy saw of request, agent, customer and context.
        public var inputs: JSON
        /// The windows that the policy names, before the request.
        public var history: JSON
        /// The same once the request itself counted.
        public var historyAfter: JSON
        /// What happened to it, oldest first.
        public var events: [Event]

        public init(record: ResolutionRecord, inputs: JSON, history: JSON, historyAfter: JSON, events: [Event]) {
            self.record = record
            self.inputs = inputs
            self.history = history
            self.historyAfter = historyAfter
            self.events = events
        }

        private enum CodingKeys: CodingKey {
            case inputs, history, historyAfter, events
        }

        public init(from decoder: any Decoder) throws {
            record = try ResolutionRecord(from: decoder)
            let members = try decoder.container(keyedBy: CodingKeys.self)
            inputs = try members.decode(JSON.self, forKey: .inputs)
            history = try members.decode(JSON.self, forKey: .history)
            historyAfter = try members.decode(JSON.self, forKey: .historyAfter)
            events = try members.decode([Event].self, forKey: .events)
        }

        public func encode(to encoder: any Encoder) throws {
            try record.encode(to: encoder)
            var members = encoder.container(keyedBy: CodingKeys.self)
            try members.encode(inputs, forKey: .inputs)
            try members.encode(history, forKey: .history)
            try members.encode(historyAfter, forKey: .historyAfter)
            try members.encode(events, forKey: .events)
        }

        public subscript<Value>(dynamicMember path: KeyPath<ResolutionRecord, Value>) -> Value {
            record[keyPath: path]
        }
    }

    /// Something that happened to a request.
    public struct Event: Codable, Sendable, Hashable {
        /// What happened: `approved`, `pending`, `denied`, `rejected`, `cancelled`, `expired`, `done`, `failed`,
        /// `reversed`.
        public var event: String
        /// When.
        public var at: Timestamp
        /// Who did it; absent for the clock.
        public var actor: String?
        /// What that person wrote.
        public var note: String?

        public init(
            event: String,
            at: Timestamp,
            actor: String? = nil,
            note: String? = nil
        ) {
            self.event = event
            self.at = at
            self.actor = actor
            self.note = note
        }
    }

    public static let name = "resolution.get"
    public static let summary = "Reads a request with everything it was decided on"
    public static let access = MethodAccess.grantReaders
    public static var ordering: [OrderingKey<Params>] { [.init(.resolution, \.resolutionId)] }
    public static let parameters = [
        "resolution_id": "The request"
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}
