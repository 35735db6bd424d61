import Foundation

/// Values of statistics, with how sure they are.
package struct MeasureInterval: Sendable, Hashable {
    package let low: Double
    package let high: Double

    /// The 97.5 % quantile of the normal distribution.
    private static let z = 1.959963984540054

    package init(low: Double, high: Double) { (self.low, self.high) = (low, high) }

    /// The 95 % interval of a share by Wilson's score method, without correction for continuity.
    ///
    /// Source: Wilson, “Probable inference, the law of succession, and statistical inference”, 1927.
    ///
    /// - Precondition: `n` is positive.
    package static func wilson(_ successes: Double, of n: Double) -> MeasureInterval {
        precondition(n > 0, "a share of something")
        let (p, square) = (successes / n, z * z)
        let centre = (p + square / (2 * n)) / (1 + square / n)
        let margin = z / (1 + square / n) * (p * (1 - p) / n + square / (4 * n * n)).squareRoot()
        // The ends of the range are exact; the formula may miss them by a rounding.
        return MeasureInterval(
            low: successes <= 0 ? 0 : max(0, centre - margin),
            high: successes >= n ? 1 : min(1, centre + margin)
        )
    }

    /// The 95 % interval of a mean by Student's t; nil for fewer than two numbers.
    ///
    /// - Parameters:
    ///   - mean: the mean.
    ///   - deviations: the sum of the squared deviations from it.
    ///   - n: how many numbers there are.
    /// - Returns: the interval.
    package static func student(mean: Double, deviations: Double, n: Double) -> MeasureInterval? {
        guard n >= 2 else { return nil }
        let margin = StudentT.quantile(0.975, degrees: n - 1) * (deviations / (n - 1) / n).squareRoot()
        return MeasureInterval(low: mean - margin, high: mean + margin)
    }
}

extension Sums {
    /// The value of a statistic; nil where there is none, as the mean of nothing.
    func value(_ statistic: MeasureDefinition.Statistic) -> Double? {
        let total = Double(total)
        let one = Double(Contribution.one)
        return switch statistic {
        case .count: Double(n)
        case .sum: total / one
        case .mean, .proportion: n > 0 ? total / one / Double(n) : nil
        case .ratio: weight != 0 ? total / Double(weight) : nil
        }
    }

    /// How sure the value is; nil where the statistic has no interval.
    func interval(_ statistic: MeasureDefinition.Statistic) -> MeasureInterval? {
        let one = Double(Contribution.one)
        switch statistic {
        case .count, .sum, .ratio: return nil
        case .proportion: return n > 0 ? .wilson(Double(total) / one, of: Double(n)) : nil
        case .mean:
            guard n >= 2 else { return nil }
            return .student(
                mean: Double(total) / one / Double(n),
                deviations: deviations / (one * one),
                n: Double(n)
            )
        }
    }

    /// The sum of squared deviations from the mean, in squared ten-thousandths: computed from integers, so that nothing
    /// cancels.
    private var deviations: Double {
        let (left, leftOverflow) = Int128(n).multipliedReportingOverflow(by: squares)
        let (right, rightOverflow) = total.multipliedReportingOverflow(by: total)
        guard !leftOverflow, !rightOverflow else {
            return max(0, Double(squares) - Double(total) * Double(total) / Double(n))
        }
        return Double(left - right) / Double(n)
    }
}
