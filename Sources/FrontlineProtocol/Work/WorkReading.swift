// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum WorkGet: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var workId: String

        public init(workId: String) {
            self.workId = workId
        }
    }

    /// The item as in lists, and what happened to it.
    @dynamicMemberLookup
    public struct Result: Codable, Sendable, Hashable {
        /// The item as in lists; its members are written beside the others.
        public var record: WorkMessage
        /// Why it has this team, priority and due time: the rules that matched, and what went wrong.
        public var because: [String]
        /// What happened to it, oldest first: the last 200 entries.
        public var history: [WorkHistoryEntry]

        public init(record: WorkMessage, because: [String], history: [WorkHistoryEntry]) {
            self.record = record
            self.because = because
            self.history = history
        }

        private enum CodingKeys: CodingKey {
            case because, history
        }

        public init(from decoder: any Decoder) throws {
            record = try WorkMessage(from: decoder)
            let members = try decoder.container(keyedBy: CodingKeys.self)
            because = try members.decode([String].self, forKey: .because)
            history = try members.decode([WorkHistoryEntry].self, forKey: .history)
        }

        public func encode(to encoder: any Encoder) throws {
            try record.encode(to: encoder)
            var members = encoder.container(keyedBy: CodingKeys.self)
            try members.encode(because, forKey: .because)
            try members.encode(history, forKey: .history)
        }

        public subscript<Value>(dynamicMember path: KeyPath<WorkMessage, Value>) -> Value {
            record[keyPath: path]
        }
    }

    public static let name = "work.get"
    public static let summary = "Reads an item of work with its history and with why it was given to its team"
    public static let details = "Whoever created an item sees it whichever team has it."
    public static let access = MethodAccess.workReaders
    public static var ordering: [OrderingKey<Params>] { [.init(.work, \.workId)] }
    public static let parameters = ["work_id": "The item"]
    public static let errors: [RPCErrorDefinition] = [.notFound]
}

public enum WorkList: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var state: WorkState?
        public var teams: [String]?
        public var owner: String?
        public var createdBy: String?
        public var kinds: [String]?
        public var breached: Bool?
        public var dueBefore: Timestamp?
        public var conversationId: String?
        public var customerId: String?
        public var order: WorkOrder?
        public var limit: Int?
        public var cursor: String?

        public init(
            state: WorkState? = nil,
            teams: [String]? = nil,
            owner: String? = nil,
            createdBy: String? = nil,
            kinds: [String]? = nil,
            breached: Bool? = nil,
            dueBefore: Timestamp? = nil,
            conversationId: String? = nil,
            customerId: String? = nil,
            order: WorkOrder? = nil,
            limit: Int? = nil,
            cursor: String? = nil
        ) {
            self.state = state
            self.teams = teams
            self.owner = owner
            self.createdBy = createdBy
            self.kinds = kinds
            self.breached = breached
            self.dueBefore = dueBefore
            self.conversationId = conversationId
            self.customerId = customerId
            self.order = order
            self.limit = limit
            self.cursor = cursor
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The items, in the order asked for.
        public var items: [WorkMessage]
        /// Where to go on; absent at the end.
        public var nextCursor: String?

        public init(items: [WorkMessage], nextCursor: String? = nil) {
            self.items = items
            self.nextCursor = nextCursor
        }
    }

    public static let name = "work.list"
    public static let summary = "Lists the items of work that the caller may see"
    public static let details = """
        Agents and supervisors see the items of their teams, those they own and those they created, wherever the rules have sent
        them. The cost of a page does not depend on how many items there are, nor on how many of them a filter leaves out. A page is
        full unless it is the last one, which has no `next_cursor`; with `conversation_id`, `customer_id`, or somebody else as `owner`
        or `created_by`, it may have fewer items, or none, and a `next_cursor`.
        """
    public static let access = MethodAccess.workReaders
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
    public static let parameters = [
        "state": "Only items in this state",
        "teams": "Only items of these teams",
        "owner": "Only items of this owner; `me` is the caller",
        "created_by": "Only items that this subject created; `me` is the caller",
        "kinds": "Only items of these kinds",
        "breached": "Only items of which a clock ran out, or only others",
        "due_before": "Only live items of which a clock runs out, or ran out, before this moment; in the order `due`",
        "conversation_id": "Only items of this conversation",
        "customer_id": "Only items of this customer",
        "order": "`created`: the oldest first, unless given; `due`: what is due next first",
        "limit": "How many at most; 50 unless given, from 1 to 500",
        "cursor": "Where to go on, from `next_cursor`",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...500, path: "params.limit")
        try Limits.checkFilters([("kinds", params.kinds), ("teams", params.teams)])
        try Limits.checkName(params.owner, path: "params.owner")
        try Limits.checkName(params.createdBy, path: "params.created_by")
        try Limits.checkName(params.customerId, path: "params.customer_id")
        guard params.dueBefore != nil, params.order == .created else { return }
        throw .invalidParams(path: "params.order", expected: "due, which is the order of due_before")
    }
}
