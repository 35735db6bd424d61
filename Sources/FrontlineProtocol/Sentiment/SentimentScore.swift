// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
import JSONRPC
public import Vocabulary

public enum SentimentScore: FrontlineMethod {
    public struct Params: Codable, Sendable, Hashable {
        public var text: String
        public var locale: String?
    }

    public struct Result: Codable, Sendable, Hashable {
        /// Whether there is a model for the language.
        public var status: Status
        /// From -1, very negative, to 1, very positive.
        public var score: Double?
        /// The score in words.
        public var label: SentimentLabel?
        /// The words that moved the score, the heaviest first.
        public var because: [Reason]?

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

        public init(text: String, weight: Double) {
            self.text = text
            self.weight = weight
        }
    }

    public static let name = "sentiment.score"
    public static let summary = "Scores how a customer's utterance feels"
    public static let access = MethodAccess.authenticated
    public static let isAnsweredFromMemory = true
    public static let parameters = [
        "text": "The utterance: chat text, or a transcript without punctuation",
        "locale": "Its language; the caller's attribute `locale`, else `en`",
    ]
}
