extension DecimalContext {
    /// The quotient; if it is exact its exponent is as near as possible to the difference of the two exponents.
    public mutating func divide(_ dividend: Decimal128, by divisor: Decimal128) -> Decimal128 {
        let negative = dividend.isNegative != divisor.isNegative
        guard dividend.isFinite && divisor.isFinite else {
            if let nan = propagatedNaN(dividend, divisor) { return nan }
            if dividend.isInfinite { return divisor.isInfinite ? invalid() : negative ? -.infinity : .infinity }
            status.insert(.clamped)
            return Decimal128(negative: negative, biasedExponent: 0, coefficient: 0)
        }
        let ideal = dividend.biasedExponent &- divisor.biasedExponent
        if divisor.isZero {
            if dividend.isZero { return invalid() }
            status.insert(.divisionByZero)
            return negative ? -.infinity : .infinity
        }
        if dividend.isZero { return zero(negative: negative, exponent: ideal) }
        return divideFinite(dividend.rawCoefficient, divisor.rawCoefficient, ideal: ideal, negative: negative)
    }

    private mutating func divideFinite(
        _ dividend: UInt128,
        _ divisor: UInt128,
        ideal: Int,
        negative: Bool
    ) -> Decimal128 {
        // A quotient of exactly 34 digits.
        let gap = PowersOfTen.digitCount(divisor) &- PowersOfTen.digitCount(dividend)
        let alignedDividend = gap > 0 ? dividend &* PowersOfTen.wide(gap) : dividend
        let alignedDivisor = gap < 0 ? divisor &* PowersOfTen.wide(-gap) : divisor
        let shift = 33 &+ gap &+ (alignedDividend < alignedDivisor ? 1 : 0)
        let numerator = UInt256(dividend).scaled(byPowerOfTen: shift)
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: divisor)
        let exponent = ideal - shift
        if remainder == 0 {
            let (digits, dropped) = quotient.low.droppingTrailingZeros(atMost: shift)
            return finish(negative: negative, coefficient: UInt256(digits), exponent: exponent + dropped)
        }
        guard exponent > Decimal128.leastAdjustedExponent && exponent < Decimal128.maximumExponent else {
            // One more digit tells how to round a quotient that does not fit the range.
            let longer = numerator.scaled(byPowerOfTen: 1).quotientAndRemainder(dividingBy: divisor)
            let more = longer.remainder != 0
            return finish(negative: negative, coefficient: longer.quotient, exponent: exponent - 1, more: more)
        }
        let half = divisor &- remainder
        let discarded: DiscardedPart = remainder < half ? .belowHalf : remainder == half ? .half : .aboveHalf
        return rounded(quotient.low, discarded, negative: negative, exponent: exponent)
    }

    /// Rounds 34 digits, of which some are cut off, where neither the least nor the greatest exponent is near.
    private mutating func rounded(
        _ coefficient: UInt128,
        _ discarded: DiscardedPart,
        negative: Bool,
        exponent: Int
    ) -> Decimal128 {
        status.formUnion([.inexact, .rounded])
        var (kept, exponent) = (coefficient, exponent)
        if rounding.increments(kept, negative: negative, discarding: discarded) { kept &+= 1 }
        if kept == Decimal128.coefficientLimit { (kept, exponent) = (PowersOfTen.wide(33), exponent &+ 1) }
        return Decimal128(negative: negative, biasedExponent: exponent &+ 6176, coefficient: kept)
    }

    /// The quotient without its fraction, with exponent 0; invalid if it has more than 34 digits.
    public mutating func divideInteger(_ dividend: Decimal128, by divisor: Decimal128) -> Decimal128 {
        let negative = dividend.isNegative != divisor.isNegative
        guard dividend.isFinite && divisor.isFinite else {
            if let nan = propagatedNaN(dividend, divisor) { return nan }
            if dividend.isInfinite { return divisor.isInfinite ? invalid() : negative ? -.infinity : .infinity }
            return zero(negative: negative, exponent: 0)
        }
        if divisor.isZero {
            if dividend.isZero { return invalid() }
            status.insert(.divisionByZero)
            return negative ? -.infinity : .infinity
        }
        guard !dividend.isZero else { return zero(negative: negative, exponent: 0) }
        guard let parts = integerParts(dividend, divisor) else { return invalid() }
        return finish(negative: negative, coefficient: UInt256(parts.quotient), exponent: 0)
    }

    /// What remains of `dividend` after the integer quotient, with the dividend's sign; invalid if the quotient has more than
    /// 34 digits.
    public mutating func remainder(_ dividend: Decimal128, by divisor: Decimal128) -> Decimal128 {
        remainder(dividend, by: divisor, toNearest: false)
    }

    /// The remainder of least magnitude, of the quotient rounded half to even: IEEE 754's remainder.
    public mutating func remainderNear(_ dividend: Decimal128, by divisor: Decimal128) -> Decimal128 {
        remainder(dividend, by: divisor, toNearest: true)
    }

    private mutating func remainder(
        _ dividend: Decimal128,
        by divisor: Decimal128,
        toNearest: Bool
    ) -> Decimal128 {
        if let nan = propagatedNaN(dividend, divisor) { return nan }
        if dividend.isInfinite || divisor.isZero { return invalid() }
        if divisor.isInfinite { return reporting(dividend) }
        let exponent = min(dividend.exponent, divisor.exponent)
        if dividend.isZero { return zero(negative: dividend.isNegative, exponent: exponent) }
        guard let parts = integerParts(dividend, divisor) else { return invalid() }
        var (negative, rest) = (dividend.isNegative, parts.remainder)
        if toNearest, parts.exceedsHalf {
            if parts.quotient + 1 == Decimal128.coefficientLimit { return invalid() }
            rest = parts.divisor - rest
            negative.toggle()
        }
        return finish(negative: negative, coefficient: rest, exponent: exponent)
    }
}

/// An integer quotient and what remains, in units of the smaller exponent.
private struct IntegerParts {
    var quotient: UInt128
    var remainder: UInt256
    var divisor: UInt256

    /// Whether the quotient rounded half to even is the next one.
    var exceedsHalf: Bool {
        let twice = remainder + remainder
        return twice > divisor || (twice == divisor && quotient & 1 == 1)
    }
}

extension DecimalContext {
    /// Divides finite numbers other than zero; nil if the quotient has more than 34 digits.
    private func integerParts(_ dividend: Decimal128, _ divisor: Decimal128) -> IntegerParts? {
        let gap = dividend.exponent - divisor.exponent
        let scaledDivisor = UInt256(divisor.rawCoefficient)
        if gap >= 0 {
            // A dividend this much larger has a quotient with too many digits.
            guard dividend.adjustedExponent - divisor.adjustedExponent <= 34 else { return nil }
            let numerator = UInt256(dividend.rawCoefficient).scaled(byPowerOfTen: gap)
            let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: divisor.rawCoefficient)
            guard quotient.high == 0, quotient.low < Decimal128.coefficientLimit else { return nil }
            return IntegerParts(quotient: quotient.low, remainder: UInt256(remainder), divisor: scaledDivisor)
        }
        // With a divisor of more digits the quotient is zero and the remainder below half of it.
        guard -gap <= 36 else {
            return IntegerParts(quotient: 0, remainder: UInt256(dividend.rawCoefficient), divisor: .largest)
        }
        let aligned = scaledDivisor.scaled(byPowerOfTen: -gap)
        guard aligned.high == 0 else {
            return IntegerParts(quotient: 0, remainder: UInt256(dividend.rawCoefficient), divisor: aligned)
        }
        let (quotient, remainder) = dividend.rawCoefficient.quotientAndRemainder(dividingBy: aligned.low)
        return IntegerParts(quotient: quotient, remainder: UInt256(remainder), divisor: aligned)
    }
}

extension UInt256 {
    /// The largest value that can be doubled.
    fileprivate static var largest: UInt256 { UInt256(high: .max >> 1, .max) }
}

extension UInt128 {
    /// Divides by ten as long as the remainder is zero, at most `limit` times; zero stays as it is.
    func droppingTrailingZeros(atMost limit: Int) -> (value: UInt128, dropped: Int) {
        // A multiple of 10^n is one of 2^n.
        let bound = Swift.min(limit, trailingZeroBitCount, PowersOfTen.largestExponent)
        if bound <= 0 || self == 0 { return (self, 0) }
        if self >> 64 == 0 {
            let (value, dropped) = lowHalf.droppingTrailingZeros(atMost: bound)
            return (UInt128(value), dropped)
        }
        var (value, dropped) = (self, 0)
        while bound - dropped >= 8 {
            let part = UInt256(value).quotientAndRemainder(dividingBy: PowersOfTen.narrow(8))
            if part.remainder != 0 { break }
            (value, dropped) = (part.quotient.low, dropped + 8)
        }
        while dropped < bound {
            let part = UInt256(value).quotientAndRemainder(dividingBy: 10 as UInt64)
            if part.remainder != 0 { break }
            (value, dropped) = (part.quotient.low, dropped + 1)
        }
        return (value, dropped)
    }
}

extension UInt64 {
    /// Divides by ten as long as the remainder is zero, at most `limit` times; must not be zero.
    fileprivate func droppingTrailingZeros(atMost limit: Int) -> (value: UInt64, dropped: Int) {
        var (value, dropped) = (self, 0)
        while limit - dropped >= 4 {
            let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 10_000)
            if remainder != 0 { break }
            (value, dropped) = (quotient, dropped + 4)
        }
        while dropped < limit {
            let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 10)
            if remainder != 0 { break }
            (value, dropped) = (quotient, dropped + 1)
        }
        return (value, dropped)
    }
}
