public import JSONRPC

/// Completes what is being typed from titles and keywords the caller may see.
public enum KnowledgeSuggest: FrontlineMethod {
    /// What `knowledge.suggest` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// What was typed so far.
        public var prefix: String
        /// How many at most; 10 unless given, from 1 to 100.
        public var limit: Int?
        /// The language to complete in; the caller's attribute `locale`, else `en`.
        public var locale: String?

        /// Makes the value from its members.
        public init(prefix: String, limit: Int? = nil, locale: String? = nil) {
            self.prefix = prefix
            self.limit = limit
            self.locale = locale
        }
    }

    /// What `knowledge.suggest` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// The completions, best first.
        public var completions: [Completion]

        /// Makes the value from its members.
        public init(completions: [Completion]) {
            self.completions = completions
        }
    }

    /// One completion.
    public struct Completion: Codable, Sendable, Hashable {
        /// The whole text to search for.
        public var text: String

        /// Makes the value from its members.
        public init(text: String) { self.text = text }
    }

    /// The name on the wire.
    public static let name = "knowledge.suggest"
    /// The method in one line.
    public static let summary = "Completes what is being typed from titles and keywords the caller may see"
    /// Who may call it.
    public static let access = MethodAccess.readers
    /// What each parameter means.
    public static let parameters = [
        "prefix": "What was typed so far",
        "limit": "How many at most; 10 unless given, from 1 to 100",
        "locale": "The language to complete in; the caller's attribute `locale`, else `en`",
    ]

    /// Checks the ranges.
    public static func validate(_ params: Params) throws(RPCError) {
        try Limits.check(params.limit, in: 1...100, path: "params.limit")
    }
}
