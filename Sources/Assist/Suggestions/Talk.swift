package import TextSearch

/// What the customer has been saying lately: the last turns, of which the newest count most.
package struct Talk: Sendable, Equatable {
    /// So many turns are remembered.
    package static let window = 6
    /// What a turn counts beside the one after it.
    private static let fading = 0.6
    /// Of a longer turn the end counts.
    private static let maximumLength = 2_000

    /// The turns, oldest first, without placeholders of redacted values.
    package private(set) var turns: [String] = []

    /// Nothing has been said.
    package init() {}

    /// Takes up what the customer says, redacted.
    package mutating func hear(_ text: String) {
        turns.append(Self.withoutPlaceholders(String(text.suffix(Self.maximumLength))))
        if turns.count > Self.window { turns.removeFirst(turns.count - Self.window) }
    }

    /// The turns with what each counts.
    package var passages: [TopicQuery.Passage] {
        var weight = 1.0
        var result: [TopicQuery.Passage] = []
        for turn in turns.reversed() {
            result.append(TopicQuery.Passage(turn, weight: weight))
            weight *= Self.fading
        }
        return result.reversed()
    }

    /// The text without what stands in brackets, as `[card]` does for a redacted number.
    private static func withoutPlaceholders(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "[")) else { return text }
        return text.replacing(/\[[a-z_]{1,20}\]/, with: " ")
    }
}
