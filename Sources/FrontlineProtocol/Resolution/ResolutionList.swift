// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum ResolutionList: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var status: ResolutionStatus?
        public var customerId: String?
        public var agent: String?
        public var awaiting: Awaiting?
        public var since: Timestamp?
        public var limit: Int?
        public var cursor: Cursor?
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The requests.
        public var resolutions: [ResolutionRecord]
        /// Where to go on; absent at the end.
        public var nextCursor: Cursor?

        public init(
            resolutions: [ResolutionRecord],
            nextCursor: Cursor? = nil
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

    public static let name = "resolution.list"
    public static let summary = "Lists requests in the order in which they were made"
    public static let details = """
        Agents see their own, supervisors those of their teams, auditors everything.
        """
    public static let access = MethodAccess.grantReaders
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

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
