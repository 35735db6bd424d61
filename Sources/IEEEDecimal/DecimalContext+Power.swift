extension DecimalContext {
    /// `base` to the power of `exponent`, correctly rounded.
    ///
    /// An exact result of an integer power keeps the exponent of repeated multiplication; a fractional power has 34 digits and
    /// always counts as inexact.
    /// Zero to the power of zero is invalid, as is a negative base with an exponent that is not an integer.
    public mutating func power(_ base: Decimal128, _ exponent: Decimal128) -> Decimal128 {
        if let nan = propagatedNaN(base, exponent) { return nan }
        if exponent.isZero { return base.isZero ? invalid() : .one }
        let isOdd = exponent.isOdd
        let negative = base.isNegative && isOdd
        if base.isNegative && !base.isZero && !exponent.isInteger {
            if !exponent.isInfinite || base.isFinite { return invalid() }
        }
        if base.isZero || base.isInfinite {
            let vanishes = base.isZero != exponent.isNegative
            return vanishes ? zero(negative: negative, exponent: 0) : negative ? -.infinity : .infinity
        }
        let magnitude = base.magnitude
        if magnitude == .one { return powerOfOne(magnitude, exponent, negative: negative) }
        if exponent.isInfinite {
            let grows = (magnitude > .one) != exponent.isNegative
            return grows ? .infinity : zero(negative: false, exponent: 0)
        }
        if let exact = exactPower(magnitude, exponent, negative: negative) { return exact }
        return realPower(magnitude, exponent, negative: negative)
    }

    /// A power of one, which differs only in its exponent and flags.
    private mutating func powerOfOne(_ base: Decimal128, _ exponent: Decimal128, negative: Bool) -> Decimal128 {
        var ideal = 1 - Decimal128.precision
        if exponent.isInteger {
            let times = exponent.isNegative ? 0 : Int(truncating: exponent).map { min($0, 34) } ?? 34
            ideal = base.exponent * times
            if ideal < 1 - Decimal128.precision {
                ideal = 1 - Decimal128.precision
                status.insert(.rounded)
            }
        } else {
            status.formUnion([.inexact, .rounded])
        }
        let (digits, last) = ideal < 0 ? (PowersOfTen.wide(-ideal), ideal) : (1, 0)
        return Decimal128(negative: negative, biasedExponent: last + 6176, coefficient: digits)
    }

    /// The power by way of the logarithm.
    private mutating func realPower(_ base: Decimal128, _ exponent: Decimal128, negative: Bool) -> Decimal128 {
        let (logarithm, isBelowOne) = naturalLogarithm(of: base)
        let shrinks = isBelowOne != exponent.isNegative
        guard let bit = logarithm.leadingBitExponent else { return nextToOne(above: true, negative: negative) }
        // The decimal order of the product, at most one too small.
        let order = (bit * 1233) >> 12 + exponent.adjustedExponent
        if order > 5 { return beyondRange(isLarge: !shrinks, negative: negative) }
        if order < -39 { return nextToOne(above: !shrinks, negative: negative) }
        let product = logarithm.multiplied(by: exponent.rawCoefficient).scaled(byPowerOfTen: exponent.exponent)
        return exponential(of: product, below: shrinks, negative: negative, mayBeExact: true)
    }

    /// The integer power if it can be had exactly before rounding; otherwise nil.
    private mutating func exactPower(
        _ base: Decimal128,
        _ exponent: Decimal128,
        negative: Bool
    ) -> Decimal128? {
        guard exponent.isInteger, let times = Int(truncating: exponent.magnitude), times <= 20_000 else { return nil }
        var inverting = DecimalContext()
        let root = exponent.isNegative ? inverting.divide(.one, by: base) : base
        if inverting.status.contains(.inexact) { return nil }
        if times == 1 { status.formUnion(inverting.status) }
        let (stripped, zeros) = root.rawCoefficient.droppingTrailingZeros(atMost: .max)
        guard let digits = UInt256(stripped).power(times) else { return nil }
        let last = (root.exponent + zeros) * times
        guard last.magnitude < 30_000 else { return beyondRange(isLarge: last > 0, negative: negative) }
        // The trailing zeros that repeated multiplication makes, as far as there is room.
        let padding = min(max(0, Decimal128.precision - digits.digitCount), zeros * times)
        if padding < zeros * times { status.insert(.rounded) }
        return finish(negative: negative, coefficient: digits.scaled(byPowerOfTen: padding), exponent: last - padding)
    }
}

extension Decimal128 {
    /// Whether the value is an odd integer.
    fileprivate var isOdd: Bool {
        guard isFinite, isInteger, !isZero, exponent <= 0 else { return false }
        return (rawCoefficient / PowersOfTen.wide(-exponent)) & 1 == 1
    }
}

extension UInt256 {
    /// The number multiplied by itself, `times` in all; nil if it does not fit.
    fileprivate func power(_ times: Int) -> UInt256? {
        let bits = 256 - (high == 0 ? 128 + low.leadingZeroBitCount : high.leadingZeroBitCount)
        if low == 1 && high == 0 { return self }
        // A number of b bits is at least 2^(b − 1).
        guard (bits - 1) * times < 256 else { return nil }
        var result = UInt256(1)
        for _ in 0..<times {
            let (_, overflow) = result.high.multipliedReportingOverflow(by: low)
            let lower = UInt256(product: result.low, low)
            let (sum, carry) = lower.high.addingReportingOverflow(result.high &* low)
            if overflow || carry { return nil }
            result = UInt256(high: sum, lower.low)
        }
        return result
    }
}
