package import Vocabulary

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
