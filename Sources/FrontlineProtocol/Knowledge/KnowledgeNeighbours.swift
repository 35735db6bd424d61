// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum KnowledgeNeighbours: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var text: String
        public var limit: Int?
        public var locale: String?

        public init(text: String, limit: Int? = nil, locale: String? = nil) {
            self.text = text
            self.limit = limit
            self.locale = locale
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The words, closest first.
        public var neighbours: [Neighbour]

        public init(neighbours: [Neighbour]) {
            self.neighbours = neighbours
        }
    }

    /// Words after which an article was used or opened.
    public struct Neighbour: Codable, Sendable, Hashable {
        /// What was said or searched for, with personal data redacted.
        public var text: String
        /// The article used after it.
        public var articleId: String
        /// The article's language.
        public var locale: String
        /// How often it was used after these words, counted once a day for each person and conversation.
        public var used: Int
        /// How often it was only opened.
        public var opened: Int
        /// How near the words are to the text in meaning, from -1 to 1.
        public var similarity: Double

        public init(text: String, articleId: String, locale: String, used: Int, opened: Int, similarity: Double) {
            self.text = text
            self.articleId = articleId
            self.locale = locale
            self.used = used
            self.opened = opened
            self.similarity = similarity
        }
    }

    public static let name = "knowledge.neighbours"
    public static let summary = "Shows after which words like these which articles were used"
    public static let details = """
        What agents use after certain words lifts these articles in searches and suggestions for words like them, once several
        people have done so. This shows what was recorded: the words closest to a text, whatever their distance. It needs a
        sentence encoder for the language; without one it is 1007.
        """
    public static let access = MethodAccess.knowledgeReviewers
    public static let errors: [RPCErrorDefinition] = [.unavailable]
    public static let parameters = [
        "text": "The words, as a customer would say them",
        "limit": "How many at most; 10 unless given, from 1 to 100",
        "locale": "Their language; the caller's attribute `locale`, else `en`",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.text, path: "params.text")
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
