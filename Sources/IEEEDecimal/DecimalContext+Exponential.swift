extension DecimalContext {
    /// Euler's number to the power of `value`, correctly rounded.
    public mutating func exp(_ value: Decimal128) -> Decimal128 {
        if let nan = propagatedNaN(value) { return nan }
        if value.isInfinite { return value.isNegative ? .zero : value }
        if value.isZero { return .one }
        let adjusted = value.adjustedExponent
        if adjusted > 5 { return beyondRange(isLarge: !value.isNegative) }
        if adjusted < -37 { return nextToOne(above: !value.isNegative, negative: false) }
        let magnitude = FixedPoint(coefficient: value.rawCoefficient, exponent: value.exponent)
        return exponential(of: magnitude, below: value.isNegative, negative: false)
    }

    /// The natural logarithm, correctly rounded; −∞ for zero, invalid below zero.
    public mutating func ln(_ value: Decimal128) -> Decimal128 {
        if let special = logarithmSpecial(value) { return special }
        if value == .one { return .zero }
        let (logarithm, below) = naturalLogarithm(of: value)
        return finish(logarithm, negative: below)
    }

    /// The decimal logarithm, correctly rounded; −∞ for zero, invalid below zero.
    public mutating func log10(_ value: Decimal128) -> Decimal128 {
        if let special = logarithmSpecial(value) { return special }
        if value.rawCoefficient.droppingTrailingZeros(atMost: .max).value == 1 {
            return Decimal128(value.adjustedExponent)
        }
        let (logarithm, below) = naturalLogarithm(of: value)
        return finish(logarithm * LogarithmConstants.decimalOfE, negative: below)
    }

    private mutating func logarithmSpecial(_ value: Decimal128) -> Decimal128? {
        if let nan = propagatedNaN(value) { return nan }
        if value.isZero { return -.infinity }
        if value.isNegative { return invalid() }
        return value.isInfinite ? value : nil
    }

    /// The magnitude of the natural logarithm of a positive number, and whether it is negative.
    func naturalLogarithm(of value: Decimal128) -> (magnitude: FixedPoint, negative: Bool) {
        let adjusted = value.adjustedExponent
        let mantissa = FixedPoint(coefficient: value.rawCoefficient, exponent: value.exponent - adjusted)
        let logarithm = mantissa.naturalLogarithm
        let whole = LogarithmConstants.naturalOfTen * UInt64(adjusted.magnitude)
        return adjusted < 0 ? (whole - logarithm, true) : (whole + logarithm, false)
    }

    /// Rounds a number that is not exact.
    private mutating func finish(_ value: FixedPoint, negative: Bool) -> Decimal128 {
        guard let (digits, exponent) = value.leadingDigits else { return zero(negative: negative, exponent: 0) }
        return finish(negative: negative, coefficient: UInt256(digits), exponent: exponent, more: true)
    }

    /// Euler's number to the power of `magnitude`, or of its negative if `below` says so; at least 10⁻³⁸ in magnitude.
    ///
    /// With `mayBeExact`, a result so near to one of 36 digits that it can only be that one is taken as such.
    mutating func exponential(
        of magnitude: FixedPoint,
        below: Bool,
        negative: Bool,
        mayBeExact: Bool = false
    ) -> Decimal128 {
        let ten = LogarithmConstants.naturalOfTen
        if magnitude.integerPart > 20_000 { return beyondRange(isLarge: !below, negative: negative) }
        // The magnitude is power × ln 10 + rest, or if negative power × ln 10 − rest.
        var power = UInt64(truncatingIfNeeded: (magnitude * LogarithmConstants.decimalOfE).integerPart)
        if below { power += 1 }
        var whole = ten * power
        if below && whole < magnitude {
            // The estimate of the quotient is rounded down.
            (whole, power) = (whole + ten, power + 1)
        }
        var rest = below ? whole - magnitude : magnitude - whole
        if rest >= ten {
            rest = rest - ten
            power = below ? power - 1 : power + 1
        }
        let digits = rest.exponential.scaled(byPowerOfTen: 35)
        let exact = mayBeExact ? digits.nearInteger : nil
        if exact != nil { status.insert(.inexact) }
        return finish(
            negative: negative,
            coefficient: UInt256(exact ?? digits.integerPart),
            exponent: (below ? -Int(power) : Int(power)) - 35,
            more: exact == nil
        )
    }

    /// A result far too large, or far too small, for the format.
    mutating func beyondRange(isLarge: Bool, negative: Bool = false) -> Decimal128 {
        let digits = UInt256(PowersOfTen.wide(35))
        return finish(negative: negative, coefficient: digits, exponent: isLarge ? 20_000 : -20_000, more: true)
    }

    /// A result that differs from one by less than any digit shows.
    mutating func nextToOne(above: Bool, negative: Bool) -> Decimal128 {
        let digits = above ? PowersOfTen.wide(36) : PowersOfTen.wide(36) - 1
        return finish(negative: negative, coefficient: UInt256(digits), exponent: -36, more: true)
    }
}
