public import JSONRPC
public import Vocabulary

/// Lists requests in the order in which they were made.
public enum ResolutionList: FrontlineMethod {
    /// What `resolution.list` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// Only in this state.
        public var status: ResolutionStatus?
        /// Only for this customer.
        public var customerId: String?
        /// Only by this subject.
        public var agent: String?
        /// `me`: only pending requests of others that the own tier suffices for; `confirmation`: only grants of others that an
        /// agent reports as failed or reversed.
        public var awaiting: Awaiting?
        /// Only those made at this moment or later.
        public var since: Timestamp?
        /// How many at most; 50 unless given, from 1 to 100.
        public var limit: Int?
        /// Where to go on, from `next_cursor`.
        public var cursor: String?

        /// Makes the value from its members.
        public init(
            status: ResolutionStatus? = nil,
            customerId: String? = nil,
            agent: String? = nil,
            awaiting: Awaiting? = nil,
            since: Timestamp? = nil,
            limit: Int? = nil,
            cursor: String? = nil
        ) {
            self.status = status
            self.customerId = customerId
            self.agent = agent
            self.awaiting = awaiting
            self.since = since
            self.limit = limit
            self.cursor = cursor
        }
    }

    /// What `resolution.list` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The requests.
        public var resolutions: [ResolutionRecord]
        /// Where to go on; absent at the end.
        public var nextCursor: String?

        /// Makes the value from its members.
        public init(
            resolutions: [ResolutionRecord],
            nextCursor: String? = nil
        ) {
            self.resolutions = resolutions
            self.nextCursor = nextCursor
        }
    }

    /// What is awaited of the caller.
    public enum Awaiting: String, Codable, Sendable, Hashable, CaseIterable {
        /// The caller's decision.
        case me
        /// The caller's word on a grant that an agent reports as failed or reversed.
        case confirmation
    }

    /// The name on the wire.
    public static let name = "resolution.list"
    /// The method in one line.
    public static let summary = "Lists requests in the order in which they were made"
    /// More about it.
    public static let details = """
        Agents see their own, supervisors those of their teams, auditors everything.
        """
    /// Who may call it.
    public static let access = MethodAccess.grantReaders
    /// What each parameter means.
    public static let parameters = [
        "status": "Only in this state",
        "customer_id": "Only for this customer",
        "agent": "Only by this subject",
        "awaiting":
            "`me`: only pending requests of others that the own tier suffices for; `confirmation`: only grants of others that an agent reports as failed or reversed",
        "since": "Only those made at this moment or later",
        "limit": "How many at most; 50 unless given, from 1 to 100",
        "cursor": "Where to go on, from `next_cursor`",
    ]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
