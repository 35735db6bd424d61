package import TextSearch

/// The customer's recent turns, of which the newest have the largest weight.
package struct Talk: Sendable, Equatable {
    /// The number of turns kept.
    package static let window = 6
    /// The weight of a turn relative to the next one.
    private static let fading = 0.6
    /// The number of characters used of a turn, from its end.
    private static let maximumLength = 2_000

    /// The turns, oldest first, without placeholders of redacted values.
    package private(set) var turns: [String] = []

    /// Creates an empty talk.
    package init() {}

    /// Adds a redacted turn of the customer.
    package mutating func hear(_ text: String) {
        turns.append(Self.said(text))
        if turns.count > Self.window { turns.removeFirst(turns.count - Self.window) }
    }

    /// The end of a text, without placeholders of redacted values: what is compared and encoded of a turn.
    static func said(_ text: String) -> String { withoutPlaceholders(String(text.suffix(maximumLength))) }

    /// The turns with their weights.
    package var passages: [TopicQuery.Passage] {
        var weight = 1.0
        var result: [TopicQuery.Passage] = []
        for turn in turns.reversed() {
            result.append(TopicQuery.Passage(turn, weight: weight))
            weight *= Self.fading
        }
        return result.reversed()
    }

    /// The text without placeholders in brackets, such as `[card]` for a redacted number.
    private static func withoutPlaceholders(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "[")) else { return text }
        return text.replacing(/\[[a-z_]{1,20}\]/, with: " ")
    }
}
