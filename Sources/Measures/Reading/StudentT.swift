import Foundation

/// Quantiles of Student's t distribution.
///
/// The distribution function is the regularised incomplete beta function, evaluated by its continued fraction with Lentz's
/// method (NIST Digital Library of Mathematical Functions, 8.17); the quantile is found by bisection. Accurate to at least ten
/// digits for the levels and degrees of freedom that intervals need; a few microseconds.
package enum StudentT {
    /// The probability that a value is at most `t`, with so many degrees of freedom.
    package static func probability(of t: Double, degrees: Double) -> Double {
        let tail = incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2
        return t > 0 ? 1 - tail : tail
    }

    /// The value that is exceeded with a probability of 1 − `level`.
    ///
    /// - Parameters:
    ///   - level: from 0.5 to below 1.
    ///   - degrees: the degrees of freedom, from 1.
    /// - Returns: the value.
    package static func quantile(_ level: Double, degrees: Double) -> Double {
        precondition((0.5..<1).contains(level) && degrees >= 1, "a level and degrees of freedom")
        var (low, high) = (0.0, 1.0)
        while probability(of: high, degrees: degrees) < level, high < 1e9 { (low, high) = (high, high * 2) }
        for _ in 0..<200 {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { break }
            if probability(of: middle, degrees: degrees) < level { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    private static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
        // The fraction converges fast on one side of this point; the other one follows by symmetry.
        return x < (a + 1) / (a + b + 2)
            ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b
    }

    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func safe(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / safe(1 - (a + b) * x / (a + 1))
        var result = d
        for step in 1...10_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / safe(1 + even * d)
            c = safe(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / safe(1 + odd * d)
            c = safe(1 + odd / c)
            let factor = d * c
            result *= factor
            if abs(factor - 1) < 1e-15 { break }
        }
        return result
    }
}
