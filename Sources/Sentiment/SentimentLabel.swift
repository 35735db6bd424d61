/// A seven-step scale from very negative to very positive, as shown to supervisors.
package enum SentimentLabel: String, CaseIterable, Sendable, Codable, Comparable {
    case veryNegative = "very_negative"
    case negative
    case slightlyNegative = "slightly_negative"
    case neutral
    case slightlyPositive = "slightly_positive"
    case positive
    case veryPositive = "very_positive"

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

    /// The step from -3 to 3.
    package var step: Int { (Self.allCases.firstIndex(of: self) ?? 3) - 3 }

    /// Orders from very negative to very positive.
    package static func < (left: SentimentLabel, right: SentimentLabel) -> Bool { left.step < right.step }
}
