package import Vocabulary

/// The sentiment of an utterance, with the reasons.
package struct SentimentScore: Sendable, Equatable {
    /// Words that moved the score.
    package struct Reason: Sendable, Equatable {
        /// The words as written in the utterance.
        package let text: String
        /// The change of the score, negative or positive; all reasons add up to approximately the score.
        package let weight: Double

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

    package init(score: Double, because: [Reason]) {
        self.score = score
        self.label = SentimentLabel(score: score)
        self.because = because
    }

    /// A score as it was told before, with the label that it had.
    package init(told score: Double, label: SentimentLabel, because: [Reason]) {
        (self.score, self.label, self.because) = (score, label, because)
    }
}
