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
        /// What names the group: the search that is nearest in meaning to all of them, or by words the most frequent one.
        public var name: String
        /// The newest of the searches, with personal data redacted.
        public var example: String
        /// The name and up to four other wordings, those that stand for most of the group first.
        public var examples: [String]
        /// How many searches.
        public var queries: Int
        /// How many of them found nothing.
        public var zeroResults: Int
        /// How many of them found something that nobody opened or used.
        public var noUse: Int
        /// How many different people searched; searches of releases that did not record it are not counted.
        public var people: Int
        /// When the newest was.
        public var lastAt: Timestamp
        /// The words that all of them share; by meaning there need not be any.
        public var terms: [String]
        /// How they were grouped: by words without a sentence encoder for the language, and while too many wait for it.
        public var groupedBy: TextGrouping

        public init(
            name: String,
            example: String,
            examples: [String],
            queries: Int,
            zeroResults: Int,
            noUse: Int,
            people: Int,
            lastAt: Timestamp,
            terms: [String],
            groupedBy: TextGrouping
        ) {
            self.name = name
            self.example = example
            self.examples = examples
            self.queries = queries
            self.zeroResults = zeroResults
            self.noUse = noUse
            self.people = people
            self.lastAt = lastAt
            self.terms = terms
            self.groupedBy = groupedBy
        }
    }

    public static let name = "knowledge.gaps"
    public static let summary = "Groups the searches that found nothing or led to no use, the most harmful group first"
    public static let details = """
        Searches belong together when they mean about the same; without a sentence encoder, when they share most of their \
        words. By meaning, the groups are the same whatever the order of the searches.
        """
    public static let access = MethodAccess.knowledgeReviewers
    public static let parameters = [
        "since": "Only searches since this moment; the last 30 days unless given",
        "limit": "How many groups at most; 20 unless given, from 1 to 100",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
