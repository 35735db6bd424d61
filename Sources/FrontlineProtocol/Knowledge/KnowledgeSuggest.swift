// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import JSONRPC

public enum KnowledgeSuggest: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var prefix: String
        public var limit: Int?
        public var locale: String?

        public init(prefix: String, limit: Int? = nil, locale: String? = nil) {
            self.prefix = prefix
            self.limit = limit
            self.locale = locale
        }
    }

    public struct Result: Codable, Sendable, Hashable {
        /// The completions, best first.
        public var completions: [Completion]

        public init(completions: [Completion]) {
            self.completions = completions
        }
    }

    /// One completion.
    public struct Completion: Codable, Sendable, Hashable {
        /// The whole text to search for.
        public var text: String

        public init(text: String) { self.text = text }
    }

    public static let name = "knowledge.suggest"
    public static let summary = "Completes what is being typed from titles and keywords the caller may see"
    public static let access = MethodAccess.readers
    public static let isAnsweredFromMemory = true
    public static let parameters = [
        "prefix": "What was typed so far",
        "limit": "How many at most; 10 unless given, from 1 to 100",
        "locale": "The language to complete in; the caller's attribute `locale`, else `en`",
    ]

    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
