import Sentiment
package import Vocabulary

/// How a customer feels in the course of a conversation: a pure state machine over its turns.
///
/// The level follows the scores of the customer's turns by exponential smoothing, so that the latest turns weigh most.
/// A score that lies far from the level moves it only as far as ``reach`` allows: one sarcastic or one swearing turn
/// leaves a trace, no more. What was cut off is held back, and the next score that points the same way is taken in full
/// together with what was held: two in a row are no accident. The clipping is that of Huber's robust estimation
/// (P. J. Huber, "Robust Estimation of a Location Parameter", 1964), the smoothing that of R. G. Brown.
///
/// The level always moves towards the new score and never beyond it, hence stays within -1 and 1; the higher of two
/// scores for the same turn never gives the lower level. Turns count in the order of their arrival, whatever time
/// they carry. A turn without a score (a language without a model) is counted and changes nothing else. What anybody
/// but the customer says is not scored.
package struct Mood: Codable, Sendable, Hashable {
    /// How much of the way to a new score the level goes; at most a half, or what is released could overshoot.
    private static let rate = 0.35
    /// The same for the slow average that the trend is measured against.
    private static let slowRate = 0.15
    /// The farthest that a single score counts from the level.
    private static let reach = 0.6
    /// How much of the way to what a new turn says the level of unmet needs goes.
    private static let unmetRate = 0.6
    /// Below this level a conversation is in the red.
    package static let redBound = -0.35

    /// The recency-weighted level, from -1 to 1; 0 before the first scored turn of the customer.
    package private(set) var now = 0.0
    /// The lowest level so far; 0 before the first scored turn.
    package private(set) var lowest = 0.0
    /// The level after the first scored turn of the customer.
    package private(set) var start = 0.0
    /// How many turns of the customer in a row, up to the latest, were scored below neutral.
    package private(set) var negativeStreak = 0
    /// How many turns the customer has taken.
    package private(set) var customerTurns = 0
    /// How many of them had a score.
    package private(set) var scoredTurns = 0
    /// How many turns the agent has taken.
    package private(set) var agentTurns = 0
    /// How long the level stood below ``redBound``, between turns, in microseconds.
    package private(set) var redMicroseconds: Int64 = 0

    /// How likely it is that the customer's need is not met, from 0 to 1, after the latest turn; nil where that was not measured.
    ///
    /// A level like that of the mood: one turn alone does not bring it to the top, two in a row do.
    package private(set) var unmet: Double?

    /// The level of unmet needs after the latest turn that was measured; nil before the first.
    private var unmetLevel: Double?
    /// The slow average of the level.
    private var slow = 0.0
    /// What was cut off from the latest score.
    private var held = 0.0
    /// When the latest scored turn of the customer arrived, in microseconds since 1970.
    private var latest: Int64?

    /// A conversation in which nothing was said yet.
    package init() {}

    /// From -1 to 1: above 0 while the customer's mood rises, below 0 while it falls.
    package var trend: Double { max(-1, min(1, now - slow)) }

    /// Takes up a turn.
    ///
    /// - Parameters:
    ///   - score: from -1 to 1; nil when the utterance could not be scored.
    ///   - unmet: from 0 to 1; nil when it was not measured.
    ///   - speaker: who spoke; only the customer's turns move the mood.
    ///   - at: when the turn arrived, in microseconds since 1970.
    package mutating func observe(score: Double?, unmet: Double? = nil, speaker: Speaker, at: Int64) {
        switch speaker {
        case .customer:
            customerTurns += 1
            if let score { follow(Self.bounded(score), at: at) }
            follow(unmet: unmet)
        case .agent: agentTurns += 1
        case .bot, .supervisor, .system: break
        }
    }

    private static func bounded(_ score: Double) -> Double { score.isNaN ? 0 : max(-1, min(1, score)) }

    private mutating func follow(unmet: Double?) {
        guard let unmet, !unmet.isNaN else {
            self.unmet = nil
            return
        }
        let before = unmetLevel ?? 0
        let level = before + Self.unmetRate * (max(0, min(1, unmet)) - before)
        (self.unmet, unmetLevel) = (level, level)
    }

    private mutating func follow(_ score: Double, at: Int64) {
        if let latest, now < Self.redBound, at > latest { redMicroseconds += at - latest }
        latest = max(latest ?? at, at)
        scoredTurns += 1
        move(towards: score)
        slow += Self.slowRate * (now - slow)
        negativeStreak = score <= -SentimentLabel.neutralBound ? negativeStreak + 1 : 0
        if scoredTurns == 1 { (start, lowest) = (now, now) }
        lowest = min(lowest, now)
    }

    private mutating func move(towards score: Double) {
        let distance = score - now
        let isConfirmed = held != 0 && (held < 0) == (distance < 0)
        if isConfirmed {
            let released = min(abs(held), abs(distance)) * (distance < 0 ? -1 : 1)
            now += Self.rate * (distance + released)
            held = 0
        } else {
            let counted = max(-Self.reach, min(Self.reach, distance))
            now += Self.rate * counted
            held = distance - counted
        }
    }
}

extension Mood {
    /// The number to three decimals, as it is shown.
    package static func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 + 0 }
}

/// What is shown of a mood, to three decimals.
package struct MoodFigures: Sendable, Hashable {
    package let now: Double
    package let trend: Double
    package let lowest: Double
    package let negativeStreak: Int
    /// How likely it is that the customer's need is not met; nil where that was not measured.
    package let unmet: Double?

    /// What is shown of a mood.
    package init(_ mood: Mood) {
        (now, trend, lowest) = (Mood.rounded(mood.now), Mood.rounded(mood.trend), Mood.rounded(mood.lowest))
        (negativeStreak, unmet) = (mood.negativeStreak, mood.unmet.map(Mood.rounded))
    }

    /// What ``json`` has made; nil for anything else.
    package init?(_ json: JSON) {
        guard let now = json["now"]?.double, let trend = json["trend"]?.double, let lowest = json["lowest"]?.double,
            let streak = json["negative_streak"]?.int
        else { return nil }
        (self.now, self.trend, self.lowest, negativeStreak) = (now, trend, lowest, streak)
        unmet = json["unmet"]?.double
    }

    /// As it is kept with a turn: `now`, `trend`, `lowest`, `negative_streak` and, where it was measured, `unmet`.
    package var json: JSON {
        var members: JSONObject = [
            "now": .init(floatLiteral: now), "trend": .init(floatLiteral: trend), "lowest": .init(floatLiteral: lowest),
            "negative_streak": .init(integerLiteral: negativeStreak),
        ]
        members["unmet"] = unmet.map { .init(floatLiteral: $0) }
        return .object(members)
    }
}
