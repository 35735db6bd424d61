extension FixedPoint {
    /// The number `coefficient × 10^exponent`, which must be below 2¹²⁸.
    init(coefficient: UInt128, exponent: Int) {
        self = FixedPoint(coefficient).scaled(byPowerOfTen: exponent)
    }

    /// Euler's number to the power of a number below 2.4.
    ///
    /// The Taylor series of the 4096th part, squared twelve times; relative error below 2⁻³⁶⁵.
    var exponential: FixedPoint {
        let part = self >> 12
        let one = FixedPoint(1)
        var sum = one
        for divisor in stride(from: UInt64(27), through: 1, by: -1) { sum = one + part * sum / divisor }
        for _ in 0..<12 { sum = sum * sum }
        return sum
    }

    /// The natural logarithm of a number from 1 up to, but not including, 16; absolute error below 2⁻³⁷⁵.
    ///
    /// With the number as 2^k × m, and c the middle of the sixteenth of [1, 2) that m is in, the sum of k ln 2, ln c and the series of
    /// 2 artanh((m − c) / (m + c)).
    var naturalLogarithm: FixedPoint {
        let power = 63 - UInt64(truncatingIfNeeded: integerPart).leadingZeroBitCount
        let mantissa = power == 0 ? self : self >> power
        let index = mantissa.leadingFraction >> 60
        let middle = FixedPoint(33 + 2 * UInt128(index)) >> 5
        let isBelow = mantissa < middle
        let difference = isBelow ? middle - mantissa : mantissa - middle
        let series = (difference * (mantissa + middle).reciprocal).inverseHyperbolicTangent * 2
        let base =
            LogarithmConstants.naturalOfTwo * UInt64(power) + LogarithmConstants.naturalOfMiddle(index)
        return isBelow ? base - series : base + series
    }

    /// The inverse hyperbolic tangent of a number of at most 1/64.
    private var inverseHyperbolicTangent: FixedPoint {
        let square = self * self
        var (sum, term) = (self, self)
        for divisor in stride(from: UInt64(3), through: 65, by: 2) {
            term = term * square
            sum = sum + term / divisor
        }
        return sum
    }

    /// The first 36 to 37 digits, with the exponent of the last one; nil for zero.
    var leadingDigits: (digits: UInt128, exponent: Int)? {
        guard let bit = leadingBitExponent else { return nil }
        // 1233 / 4096 is just above log10(2), and the shift rounds down.
        let shift = 35 - (bit * 1233) >> 12
        return (scaled(byPowerOfTen: shift).integerPart, -shift)
    }
}
