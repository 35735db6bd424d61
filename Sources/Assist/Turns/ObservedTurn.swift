import Conversations
import Sentiment
package import Vocabulary

/// The result of observing a turn.
package struct ObservedTurn: Sendable, Hashable {
    /// The answer, as returned by `conversation.observe`.
    package let answer: JSON
    /// Whether the turn had been observed before, so that this is the first answer.
    package let isRepeated: Bool
}

/// The parts of an answer.
struct TurnAnswer {
    /// The number of the turn in the conversation, from 1.
    let number: Int64
    /// The name of the turn that it replaces, if any.
    var replaces: String?
    /// The customer's current mood.
    let mood: Mood
    let sentiment: SentimentScore?
    let signals: [(kind: String, text: String)]
    let suggestions: [Suggestion]
    let actions: [NextBestAction]
    let alerts: [String]

    /// The answer in the wire format, with numbers rounded to three decimals.
    var wire: JSON {
        var answer: JSONObject = [
            "turn": .number(JSONNumber(number)),
            "sentiment": Self.wire(sentiment),
            "mood": mood.wire,
            "signals": .array(signals.map { ["kind": .string($0.kind), "text": .string($0.text)] }),
            "suggestions": .array(suggestions.map(Self.wire)),
            "actions": .array(actions.map(\.wire)),
            "alerts": .array(alerts.map(JSON.string)),
        ]
        answer["replaces"] = replaces.map(JSON.string)
        return .object(answer)
    }

    private static func wire(_ sentiment: SentimentScore?) -> JSON {
        guard let sentiment else { return ["status": "unsupported"] }
        return [
            "status": "scored", "score": rounded(sentiment.score), "label": .string(sentiment.label.rawValue),
            "because": .array(
                sentiment.because.map { ["text": .string($0.text), "weight": rounded($0.weight)] }
            ),
        ]
    }

    private static func wire(_ suggestion: Suggestion) -> JSON {
        [
            "article_id": .string(suggestion.articleID), "title": .string(suggestion.title),
            "snippet": .string(suggestion.snippet), "score": rounded(suggestion.score),
            "because": .string(suggestion.because), "locale": .string(suggestion.locale),
        ]
    }

    private static func rounded(_ value: Double) -> JSON { .init(floatLiteral: (value * 1_000).rounded() / 1_000) }
}
