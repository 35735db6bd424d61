// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum MeasuresExplain: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var measure: String
        public var key: String
        public var at: DayOrTime
        public var by: String?
        public var group: String?
        public var limit: Int?

        public init(
            measure: String,
            key: String,
            at: DayOrTime,
            by: String? = nil,
            group: String? = nil,
            limit: Int? = nil
        ) {
            self.measure = measure
            self.key = key
            self.at = at
            self.by = by
            self.group = group
            self.limit = limit
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The contacts, oldest record first; of records without a contact, their ids alone.
        public var contacts: [Contact]
        /// Whether there are more.
        public var more: Bool?

        public init(contacts: [Contact], more: Bool? = nil) {
            self.contacts = contacts
            self.more = more
        }
    }

    /// A record behind a value.
    public struct Contact: Codable, Sendable, Hashable {
        /// The contact; absent for a record that belongs to none.
        public var conversationId: String?
        /// The record: the contact itself, or the session, resolution, alert, search or item of work.
        public var recordId: String
        /// When it began.
        public var at: Timestamp

        public init(conversationId: String? = nil, recordId: String, at: Timestamp) {
            self.conversationId = conversationId
            self.recordId = recordId
            self.at = at
        }
    }

    public static let name = "measures.explain"
    public static let summary = "Lists the contacts behind a value"
    public static let access = MethodAccess.figureReaders
    public static let parameters = [
        "measure": "The measure",
        "key": "The key of the row, as `measures.values` gives it",
        "at": "The day to explain, or a moment of it; in rows by week or month, any day of the period",
        "by":
            "What the row stands for; unless given, it is told by the key: `all`, a day, a week, a month, or else `group=value`",
        "group": "Only what has this value of a group, as `team=delivery`",
        "limit": "How many at most; 50 unless given, from 1 to 200",
    ]
    public static let errors: [RPCErrorDefinition] = [.notFound]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.checkName(params.measure, path: "params.measure")
        try Limits.checkName(params.by, path: "params.by")
        try Limits.checkName(params.group, path: "params.group")
        try Limits.check(params.limit, in: 1...200, path: "params.limit")
    }
}
