package import JSONRPC
import Conversations
import Sentiment

/// What is answered to a turn.
package struct ObservedTurn: Sendable, Hashable {
    /// The answer, as `conversation.observe` gives it.
    package let answer: JSON
    /// Whether the turn was observed before, and this is what was answered first.
    package let isRepeated: Bool
}

/// The parts of an answer, put together as the wire has them.
struct TurnAnswer {
    /// Its place in the conversation, from 1.
    let number: Int64
    /// The name of the turn that it replaces.
    var replaces: String?
    /// How the customer feels by now.
    let mood: Mood
    let sentiment: SentimentScore?
    let signals: [(kind: String, text: String)]
    let suggestions: [Suggestion]
    let actions: [NextBestAction]
    let alerts: [String]

    /// The answer as the wire has it; numbers to three decimals.
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
