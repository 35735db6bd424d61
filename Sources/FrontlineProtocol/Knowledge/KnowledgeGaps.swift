// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC
public import Vocabulary

public enum KnowledgeGaps: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var since: Timestamp?
        public var limit: Int?

        public init(since: Timestamp? = nil, limit: Int? = nil) {
            self.since = since
            self.limit = limit
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The groups.
        public var gaps: [Gap]

        public init(gaps: [Gap]) {
            self.gaps = gaps
        }
    }

    /// Searches for about the same.
    public struct Gap: Codable, Sendable, Hashable {
        /// The newest of the searches, with personal data redacted.
        public var example: String
        /// How many searches.
        public var queries: Int
        /// How many of them found nothing.
        public var zeroResults: Int
        /// How many of them found something that nobody opened or used.
        public var noUse: Int
        /// When the newest was.
        public var lastAt: Timestamp
        /// The words they share.
        public var terms: [String]

        public init(example: String, queries: Int, zeroResults: Int, noUse: Int, lastAt: Timestamp, terms: [String]) {
            self.example = example
            self.queries = queries
            self.zeroResults = zeroResults
            self.noUse = noUse
            self.lastAt = lastAt
            self.terms = terms
        }
    }

    public static let name = "knowledge.gaps"
    public static let summary = "Groups the searches that found nothing or led to no use, the most harmful group first"
    public static let access = MethodAccess.knowledgeReviewers
    public static let parameters = [
        "since": "Only searches since this moment; the last 30 days unless given",
        "limit": "How many groups at most; 20 unless given, from 1 to 100",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
