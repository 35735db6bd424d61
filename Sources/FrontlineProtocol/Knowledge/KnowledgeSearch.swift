// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import Vocabulary
public import JSONRPC

public enum KnowledgeSearch: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var query: String
        public var limit: Int?
        public var cursor: Cursor?
        public var locale: String?
        public var tags: [String]?
        public var prefix: Bool?
        public var fuzzy: Bool?
        public var explain: Bool?
        public var mode: SearchMode?
        public var conversationId: String?

        public init(
            query: String,
            limit: Int? = nil,
            cursor: Cursor? = nil,
            locale: String? = nil,
            tags: [String]? = nil,
            prefix: Bool? = nil,
            fuzzy: Bool? = nil,
            explain: Bool? = nil,
            mode: SearchMode? = nil,
            conversationId: String? = nil
        ) {
            self.query = query
            self.limit = limit
            self.cursor = cursor
            self.locale = locale
            self.tags = tags
            self.prefix = prefix
            self.fuzzy = fuzzy
            self.explain = explain
            self.mode = mode
            self.conversationId = conversationId
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// Names this search for `knowledge.feedback`.
        public var queryId: String
        /// The articles, best first; equal scores in the order of their ids.
        public var hits: [Hit]
        /// The words that were understood as others.
        public var corrections: [Correction]?
        /// Where to go on; absent at the end.
        public var nextCursor: Cursor?
        /// The language the hits are in when the wanted one had none.
        public var fallbackLocale: String?
        /// The time the search took, in milliseconds.
        public var tookMs: Double

        public init(
            queryId: String,
            hits: [Hit],
            corrections: [Correction]? = nil,
            nextCursor: Cursor? = nil,
            fallbackLocale: String? = nil,
            tookMs: Double
        ) {
            self.queryId = queryId
            self.hits = hits
            self.corrections = corrections
            self.nextCursor = nextCursor
            self.fallbackLocale = fallbackLocale
            self.tookMs = tookMs
        }
    }

    /// One article that fits.
    public struct Hit: Codable, Sendable, Hashable {
        /// The article's id.
        public var articleId: String
        /// The version that was found.
        public var version: Int
        /// The article's language.
        public var locale: String
        /// The article's title.
        public var title: String
        /// A piece of the text around the words that were found, or of the passage when its meaning counted for more.
        public var snippet: String
        /// Where the words stand in the title and the snippet.
        public var highlights: [Highlight]
        /// How well it fits; comparable within one answer only.
        public var score: Double
        /// The words of the article that fit the query.
        public var matched: [String]
        /// How near the meaning of the passage is to that of the query, from -1 to 1; absent where meaning took no part.
        public var similarity: Double?
        /// The passage of the article that is nearest in meaning; absent where meaning took no part.
        public var passage: String?
        /// The title of the section the snippet is from, if it has one.
        public var section: String?
        /// How the score came about, when asked for.
        public var explanation: String?

        public init(
            articleId: String,
            version: Int,
            locale: String,
            title: String,
            snippet: String,
            highlights: [Highlight],
            score: Double,
            matched: [String],
            similarity: Double? = nil,
            passage: String? = nil,
            section: String? = nil,
            explanation: String? = nil
        ) {
            self.articleId = articleId
            self.version = version
            self.locale = locale
            self.title = title
            self.snippet = snippet
            self.highlights = highlights
            self.score = score
            self.matched = matched
            self.similarity = similarity
            self.passage = passage
            self.section = section
            self.explanation = explanation
        }
    }

    /// A run of characters to emphasise.
    public struct Highlight: Codable, Sendable, Hashable {
        /// The text the run stands in.
        public enum Field: String, Codable, Sendable, Hashable, CaseIterable {
            /// The hit's title.
            case title
            /// The hit's snippet.
            case snippet
        }

        /// The text the run stands in.
        public var field: Field
        /// The first character, counted in Unicode scalars from 0.
        public var start: Int
        /// The number of Unicode scalars.
        public var length: Int

        public init(field: Field, start: Int, length: Int) {
            self.field = field
            self.start = start
            self.length = length
        }
    }

    /// A word that was understood as another.
    public struct Correction: Codable, Sendable, Hashable {
        /// The word as it was typed.
        public var from: String
        /// The word as it was understood.
        public var to: String

        public init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }

    public static let name = "knowledge.search"
    public static let summary = "Finds published articles that the caller may see, best first"
    public static let access = MethodAccess.readers
    public static let isAnsweredFromMemory = true
    public static var contacts: [ContactMember<Params>] { [.conversation(optional: \.conversationId)] }
    public static let parameters = [
        "query": "The words of the agent or the customer; phrases in double quotes",
        "limit": "How many at most; 10 unless given, from 1 to 100",
        "cursor": "Where to go on, from `next_cursor`",
        "locale": "The language to search first; the caller's attribute `locale`, else `en`",
        "tags": "Only articles that carry all of these tags",
        "prefix": "Whether the last word is unfinished, for search as you type; false unless given",
        "fuzzy": "Whether misspelt words are understood; true unless given",
        "explain": "Whether every hit tells how its score came about; false unless given",
        "mode":
            "What the search goes by; `hybrid` where there is an encoder for the language, else `words`. `meaning` without one is 1007",
        "conversation_id": "The conversation the search is for",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
