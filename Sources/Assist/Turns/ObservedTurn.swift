package import Alerts
package import Conversations
package import Sentiment
import Storage
package import Vocabulary

/// The result of observing a turn, as it is answered and stored; figures to three decimals.
package struct ObservedTurn: Sendable, Equatable {
    /// Its number in the conversation, from 1.
    package let number: Int64
    /// The name of the turn that it replaces.
    package let replaces: String?
    /// Its sentiment; nil if it was not scored.
    package let sentiment: SentimentScore?
    /// The mood of the customer after it.
    package let mood: MoodFigures
    /// The signals, in the language of the reader.
    package let signals: [Signal]
    /// The suggested articles, most certain first.
    package let suggestions: [Suggestion]
    /// The suggested actions, highest score first.
    package let actions: [NextBestAction]
    /// The ids of the alerts that it raised or was added to.
    package let alerts: [String]

    init(
        number: Int64,
        replaces: String?,
        sentiment: SentimentScore?,
        mood: MoodFigures,
        signals: [Signal],
        suggestions: [Suggestion],
        actions: [NextBestAction],
        alerts: [String]
    ) {
        (self.number, self.replaces, self.sentiment, self.mood) = (number, replaces, sentiment, mood)
        (self.signals, self.suggestions, self.actions, self.alerts) = (signals, suggestions, actions, alerts)
    }

    /// The result without the signals of some kinds and the actions they led to: the part kept after a contact has ended.
    package func without(_ kinds: Set<String>) -> ObservedTurn {
        ObservedTurn(
            number: number,
            replaces: replaces,
            sentiment: sentiment,
            mood: mood,
            signals: signals.filter { !kinds.contains($0.kind) },
            suggestions: suggestions,
            actions: actions.filter { action in ActionName(action.id).map { !kinds.contains($0.subject) } ?? true },
            alerts: alerts
        )
    }
}

/// The stored form, in the row of the turn and in its event: the members with which the first release answered.
extension ObservedTurn {
    /// The stored form.
    package var stored: JSON {
        var members: JSONObject = [
            "turn": .number(JSONNumber(number)),
            "sentiment": Self.stored(sentiment),
            "mood": mood.json,
            "signals": .array(signals.map { ["kind": .string($0.kind), "text": .string($0.text)] }),
            "suggestions": .array(suggestions.map(Self.stored)),
            "actions": .array(actions.map(Self.stored)),
            "alerts": .array(alerts.map(JSON.string)),
        ]
        members["replaces"] = replaces.map(JSON.string)
        return .object(members)
    }

    private static func stored(_ sentiment: SentimentScore?) -> JSON {
        guard let sentiment else { return ["status": "unsupported"] }
        return [
            "status": "scored", "score": .init(floatLiteral: sentiment.score),
            "label": .string(sentiment.label.rawValue),
            "because": .array(
                sentiment.because.map { ["text": .string($0.text), "weight": .init(floatLiteral: $0.weight)] }
            ),
        ]
    }

    private static func stored(_ suggestion: Suggestion) -> JSON {
        [
            "article_id": .string(suggestion.articleID), "title": .string(suggestion.title),
            "snippet": .string(suggestion.snippet), "score": .init(floatLiteral: suggestion.score),
            "because": .string(suggestion.because), "locale": .string(suggestion.locale),
        ]
    }

    private static func stored(_ action: NextBestAction) -> JSON {
        var members: JSONObject = [
            "action_id": .string(action.id), "kind": .string(action.kind.rawValue), "title": .string(action.title),
        ]
        if let target = action.target { members["target"] = .object(target) }
        members["score"] = .init(floatLiteral: action.score)
        members["because"] = .string(action.because)
        return .object(members)
    }

    /// Reads the stored form of this release or an earlier one.
    ///
    /// - Throws: `StorageError` `corrupt` for anything else.
    package init(stored: JSON) throws {
        guard let number = stored["turn"]?.int, let mood = stored["mood"].flatMap({ MoodFigures($0) }),
            let signals = Self.each("signals", of: stored, Self.signal),
            let suggestions = Self.each("suggestions", of: stored, Self.suggestion),
            let actions = Self.each("actions", of: stored, Self.action),
            let alerts = Self.each("alerts", of: stored, \.string)
        else { throw Self.unreadable }
        self.init(
            number: Int64(number),
            replaces: stored["replaces"]?.string,
            sentiment: try Self.sentiment(stored["sentiment"]),
            mood: mood,
            signals: signals,
            suggestions: suggestions,
            actions: actions,
            alerts: alerts
        )
    }

    /// The elements of a member; nil if one of them cannot be read.
    private static func each<T>(_ name: String, of json: JSON, _ read: (JSON) -> T?) -> [T]? {
        guard let elements = json[name]?.array else { return nil }
        let read = elements.compactMap(read)
        return read.count == elements.count ? read : nil
    }

    private static func signal(_ json: JSON) -> Signal? {
        guard let kind = json["kind"]?.string, let text = json["text"]?.string else { return nil }
        return Signal(kind: kind, text: text)
    }

    private static func suggestion(_ json: JSON) -> Suggestion? {
        guard let id = json["article_id"]?.string, let title = json["title"]?.string,
            let snippet = json["snippet"]?.string, let score = json["score"]?.double,
            let because = json["because"]?.string, let locale = json["locale"]?.string
        else { return nil }
        return Suggestion(
            articleID: id,
            locale: locale,
            title: title,
            snippet: snippet,
            score: score,
            because: because
        )
    }

    private static func action(_ json: JSON) -> NextBestAction? {
        guard let id = json["action_id"]?.string, let title = json["title"]?.string,
            let kind = json["kind"]?.string.flatMap({ ActionKind(rawValue: $0) }),
            let score = json["score"]?.double, let because = json["because"]?.string
        else { return nil }
        return NextBestAction(
            id: id,
            kind: kind,
            title: title,
            target: json["target"]?.object,
            score: score,
            because: because
        )
    }

    /// The stored score; nil if the turn was not scored.
    private static func sentiment(_ json: JSON?) throws -> SentimentScore? {
        guard let json else { throw unreadable }
        if json["status"] == "unsupported" { return nil }
        guard let score = json["score"]?.double, let because = each("because", of: json, reason),
            let label = json["label"]?.string.flatMap({ SentimentLabel(rawValue: $0) })
        else { throw unreadable }
        return SentimentScore(told: score, label: label, because: because)
    }

    private static func reason(_ json: JSON) -> SentimentScore.Reason? {
        guard let text = json["text"]?.string, let weight = json["weight"]?.double else { return nil }
        return SentimentScore.Reason(text: text, weight: weight)
    }

    private static var unreadable: StorageError {
        StorageError(code: .corrupt, message: "the answer to a turn cannot be read")
    }
}
