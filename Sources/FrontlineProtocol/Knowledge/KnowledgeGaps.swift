public import JSONRPC
public import Vocabulary

/// Groups the searches that found nothing or led to no use, the most harmful group first.
public enum KnowledgeGaps: FrontlineMethod {
    /// What `knowledge.gaps` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// Only searches since this moment; the last 30 days unless given.
        public var since: Timestamp?
        /// How many groups at most; 20 unless given, from 1 to 100.
        public var limit: Int?

        /// Makes the value from its members.
        public init(since: Timestamp? = nil, limit: Int? = nil) {
            self.since = since
            self.limit = limit
        }
    }

    /// What `knowledge.gaps` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The groups.
        public var gaps: [Gap]

        /// Makes the value from its members.
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

        /// Makes the value from its members.
        public init(example: String, queries: Int, zeroResults: Int, noUse: Int, lastAt: Timestamp, terms: [String]) {
            self.example = example
            self.queries = queries
            self.zeroResults = zeroResults
            self.noUse = noUse
            self.lastAt = lastAt
            self.terms = terms
        }
    }

    /// The name on the wire.
    public static let name = "knowledge.gaps"
    /// The method in one line.
    public static let summary = "Groups the searches that found nothing or led to no use, the most harmful group first"
    /// Who may call it.
    public static let access = MethodAccess.knowledgeReviewers
    /// What each parameter means.
    public static let parameters = [
        "since": "Only searches since this moment; the last 30 days unless given",
        "limit": "How many groups at most; 20 unless given, from 1 to 100",
    ]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
