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

extension SentimentLabel {
    /// The absolute score below which an utterance is neutral.
    package static let neutralBound = 0.05
    /// The absolute score from which labels are no longer "slightly".
    package static let slightBound = 0.3
    /// The absolute score from which labels are "very".
    package static let strongBound = 0.65

    /// The label of a score from -1 to 1.
    package init(score: Double) {
        let strength = abs(score)
        switch (strength, score < 0) {
        case (..<Self.neutralBound, _): self = .neutral
        case (..<Self.slightBound, let isNegative): self = isNegative ? .slightlyNegative : .slightlyPositive
        case (..<Self.strongBound, let isNegative): self = isNegative ? .negative : .positive
        case (_, let isNegative): self = isNegative ? .veryNegative : .veryPositive
        }
    }
}
