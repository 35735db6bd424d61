extension Decimal128 {
    /// The value with the given exponent, such as −2 for hundredths; digits are cut off or zeros appended.
    ///
    /// - Returns: NaN if the result would have more than 34 digits, the exponent is out of range, or the value is infinite.
    public func quantized(to exponent: Int, rounding: DecimalRounding = .halfEven) -> Decimal128 {
        var context = DecimalContext(rounding: rounding)
        return context.quantize(self, toExponent: exponent)
    }

    /// The value rounded to `scale` digits after the point, or with a negative scale to tens, hundreds….
    ///
    /// Never appends zeros: a value with no more digits after the point than `scale` stays as it is. Infinities and NaNs stay
    /// as they are. A scale out of −6111 to 6176 counts as the nearest in that range.
    public func rounded(scale: Int = 0, mode: DecimalRounding = .halfEven) -> Decimal128 {
        guard isFinite, scale < -exponent else { return self }
        if let quick = quicklyRounded(scale: scale, mode: mode) { return quick }
        var context = DecimalContext(rounding: mode)
        return context.quantize(self, toExponent: -max(scale, -Decimal128.maximumExponent))
    }

    /// The value rounded if its coefficient is below 2⁶⁴ and at most 19 digits go; otherwise nil.
    private func quicklyRounded(scale: Int, mode: DecimalRounding) -> Decimal128? {
        guard rawCoefficient >> 64 == 0, scale > -6_000 else { return nil }
        let count = 6176 &- biasedExponent &- scale
        guard count <= PowersOfTen.largestNarrowExponent else { return nil }
        let divisor = PowersOfTen.narrow(count)
        let (quotient, remainder) = lowWord.quotientAndRemainder(dividingBy: divisor)
        let part = DiscardedPart(remainder: UInt128(remainder), divisor: UInt128(divisor))
        let grows = mode.increments(UInt128(quotient), negative: isNegative, discarding: part)
        return Decimal128(
            negative: isNegative,
            biasedExponent: biasedExponent &+ count,
            coefficient: UInt128(quotient &+ (grows ? 1 : 0))
        )
    }

    /// The largest number with at most `scale` digits after the point that is not above the value.
    public func floor(scale: Int = 0) -> Decimal128 {
        rounded(scale: scale, mode: .floor)
    }

    /// The smallest number with at most `scale` digits after the point that is not below the value.
    public func ceiling(scale: Int = 0) -> Decimal128 {
        rounded(scale: scale, mode: .ceiling)
    }

    /// The same value without trailing zeros: 1200 becomes 1.2E+3, 1.50 becomes 1.5, zeros become 0.
    public var reduced: Decimal128 {
        guard isFinite else { return self }
        if rawCoefficient == 0 { return isNegative ? -.zero : .zero }
        let limit = Decimal128.maximumExponent - exponent
        let (digits, dropped) = rawCoefficient.droppingTrailingZeros(atMost: limit)
        return Decimal128(negative: isNegative, biasedExponent: biasedExponent + dropped, coefficient: digits)
    }

    /// The value itself, unless zeros at the end of its fraction can go: 1.50 becomes 1.5 and 2.00 becomes 2, while 1200 and
    /// 1E+3 stay.
    public var withoutTrailingFractionZeros: Decimal128 {
        guard isFinite, exponent < 0 else { return self }
        if rawCoefficient == 0 { return isNegative ? -.zero : .zero }
        let (digits, dropped) = rawCoefficient.droppingTrailingZeros(atMost: -exponent)
        return Decimal128(negative: isNegative, biasedExponent: biasedExponent + dropped, coefficient: digits)
    }
}

extension DecimalContext {
    /// The value with the given exponent; invalid if it would have more than 34 digits or the exponent is out of range.
    public mutating func quantize(_ value: Decimal128, toExponent exponent: Int) -> Decimal128 {
        if let nan = propagatedNaN(value) { return nan }
        guard value.isFinite, exponent >= Decimal128.leastExponent, exponent <= Decimal128.maximumExponent else {
            return invalid()
        }
        let gap = value.exponent - exponent
        let coefficient = value.rawCoefficient
        if coefficient == 0 { return packed(0, like: value, exponent: exponent) }
        if gap >= 0 {
            guard value.digitCount + gap <= Decimal128.precision else { return invalid() }
            return packed(coefficient * PowersOfTen.wide(gap), like: value, exponent: exponent)
        }
        let (quotient, discarded) = UInt256(coefficient).droppingDigits(-gap)
        status.insert(.rounded)
        var kept = quotient.low
        if discarded != .nothing {
            status.insert(.inexact)
            if rounding.increments(kept, negative: value.isNegative, discarding: discarded) { kept += 1 }
        }
        guard kept < Decimal128.coefficientLimit else { return invalid() }
        return packed(kept, like: value, exponent: exponent)
    }

    /// The value with the exponent of `pattern`; infinite if both are.
    public mutating func quantize(_ value: Decimal128, like pattern: Decimal128) -> Decimal128 {
        if let nan = propagatedNaN(value, pattern) { return nan }
        if value.isInfinite && pattern.isInfinite { return value }
        if !pattern.isFinite { return invalid() }
        return quantize(value, toExponent: pattern.exponent)
    }

    /// The value rounded to an integer if it has a fraction; does not report inexactness.
    public mutating func roundToIntegral(_ value: Decimal128) -> Decimal128 {
        var quiet = DecimalContext(rounding: rounding)
        let result = quiet.roundToIntegralExact(value)
        status.formUnion(quiet.status.intersection(.invalidOperation))
        return result
    }

    /// The value rounded to an integer if it has a fraction; reports inexactness.
    public mutating func roundToIntegralExact(_ value: Decimal128) -> Decimal128 {
        if let nan = propagatedNaN(value) { return nan }
        if !value.isFinite || value.exponent >= 0 { return value }
        return quantize(value, toExponent: 0)
    }

    private mutating func packed(_ coefficient: UInt128, like value: Decimal128, exponent: Int) -> Decimal128 {
        if coefficient != 0 {
            let adjusted = exponent + PowersOfTen.digitCount(coefficient) - 1
            if adjusted > Decimal128.maximumAdjustedExponent { return invalid() }
            if adjusted < Decimal128.leastAdjustedExponent { status.insert(.subnormal) }
        }
        return Decimal128(negative: value.isNegative, biasedExponent: exponent + 6176, coefficient: coefficient)
    }
}
