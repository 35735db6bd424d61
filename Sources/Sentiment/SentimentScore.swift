/// What an utterance sounds like, and why.
package struct SentimentScore: Sendable, Equatable {
    /// Words that moved the score.
    package struct Reason: Sendable, Equatable {
        /// The words as they stand in the utterance.
        package let text: String
        /// How far they moved the score, negative or positive; the reasons of a score add up to about the score.
        package let weight: Double

        /// Creates a reason.
        package init(text: String, weight: Double) {
            self.text = text
            self.weight = weight
        }
    }

    /// From -1 (very negative) to 1 (very positive).
    package let score: Double
    /// The score as one of seven labels.
    package let label: SentimentLabel
    /// The words that moved the score most, the strongest first, at most five.
    package let because: [Reason]

    /// Creates a score.
    package init(score: Double, because: [Reason]) {
        self.score = score
        self.label = SentimentLabel(score: score)
        self.because = because
    }
}
