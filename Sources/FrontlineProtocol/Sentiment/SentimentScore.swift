import JSONRPC
public import Vocabulary

/// Scores how a customer's utterance feels.
public enum SentimentScore: FrontlineMethod {
    /// What `sentiment.score` is asked with.
    public struct Params: Codable, Sendable, Hashable {
        /// The utterance: chat text, or a transcript without punctuation.
        public var text: String
        /// Its language; the caller's attribute `locale`, else `en`.
        public var locale: String?

        /// Makes the value from its members.
        public init(text: String, locale: String? = nil) {
            self.text = text
            self.locale = locale
        }
    }

    /// What `sentiment.score` answers.
    public struct Result: Codable, Sendable, Hashable {
        /// Whether there is a model for the language.
        public var status: Status
        /// From -1, very negative, to 1, very positive.
        public var score: Double?
        /// The score in words.
        public var label: SentimentLabel?
        /// The words that moved the score, the heaviest first.
        public var because: [Reason]?

        /// Makes the value from its members.
        public init(status: Status, score: Double? = nil, label: SentimentLabel? = nil, because: [Reason]? = nil) {
            self.status = status
            self.score = score
            self.label = label
            self.because = because
        }
    }

    /// Whether there is a model for the language.
    public enum Status: String, Codable, Sendable, Hashable, CaseIterable {
        /// The utterance was scored.
        case scored
        /// There is no model for the language, and no guess; in `conversation.observe` also: no customer said it.
        case unsupported
    }

    /// Words that moved the score.
    public struct Reason: Codable, Sendable, Hashable {
        /// The words.
        public var text: String
        /// How much they moved the score.
        public var weight: Double

        /// Makes the value from its members.
        public init(text: String, weight: Double) {
            self.text = text
            self.weight = weight
        }
    }

    /// The name on the wire.
    public static let name = "sentiment.score"
    /// The method in one line.
    public static let summary = "Scores how a customer's utterance feels"
    /// Who may call it.
    public static let access = MethodAccess.authenticated
    /// What each parameter means.
    public static let parameters = [
        "text": "The utterance: chat text, or a transcript without punctuation",
        "locale": "Its language; the caller's attribute `locale`, else `en`",
    ]
}
