/// Arithmetic on ``Decimal128`` with a chosen rounding, which records the conditions it meets.
///
/// A value type: each computation takes its own context, so no flags are shared between threads. The conditions gather in
/// ``status`` until the caller clears it. No operation traps.
///
/// The results are those of IEEE 754-2008 and the General Decimal Arithmetic Specification for 34 digits, exponents
/// of the leading digit from −6143 to 6144, and clamping.
public struct DecimalContext: Sendable {
    /// How results are rounded.
    public var rounding: DecimalRounding
    /// The conditions met so far.
    public var status: DecimalStatus

    /// A context with no conditions met.
    public init(rounding: DecimalRounding = .halfEven) {
        self.rounding = rounding
        status = []
    }
}

extension DecimalContext {
    /// Brings an exact or almost exact result into the format: rounds, over- and underflows, clamps.
    ///
    /// - Parameters:
    ///   - negative: The sign of the result.
    ///   - coefficient: The digits of the result.
    ///   - exponent: The exponent of the last digit.
    ///   - more: Whether the true magnitude is larger by less than one unit; then the coefficient must have at
    ///     least 35 digits.
    /// - Returns: The nearest value as ``rounding`` says.
    mutating func finish(
        negative: Bool,
        coefficient: UInt256,
        exponent: Int,
        more: Bool = false
    ) -> Decimal128 {
        let biased = exponent &+ 6176
        if coefficient.high == 0 && coefficient.low < Decimal128.coefficientLimit && !more
            && biased >= 33 && biased < 12288
        {
            // Nothing to round, not subnormal.
            return Decimal128(negative: negative, biasedExponent: biased, coefficient: coefficient.low)
        }
        return finishSlowly(negative, coefficient, exponent, more)
    }

    private mutating func finishSlowly(
        _ negative: Bool,
        _ coefficient: UInt256,
        _ exponent: Int,
        _ more: Bool
    ) -> Decimal128 {
        if coefficient.isZero && !more { return zero(negative: negative, exponent: exponent) }
        let digits = coefficient.digitCount
        if exponent + digits - 1 < Decimal128.leastAdjustedExponent { status.insert(.subnormal) }
        let excess = max(digits - Decimal128.precision, Decimal128.leastExponent - exponent)
        if excess <= 0 && !more {
            return fit(negative: negative, coefficient: coefficient.low, digits: digits, exponent: exponent)
        }
        return round(negative, coefficient, dropping: max(excess, 0), exponent: exponent, more: more)
    }

    /// The zero whose exponent is nearest to the one wanted.
    mutating func zero(negative: Bool, exponent: Int) -> Decimal128 {
        let clamped = min(max(exponent, Decimal128.leastExponent), Decimal128.maximumExponent)
        if clamped != exponent { status.insert(.clamped) }
        return Decimal128(negative: negative, biasedExponent: clamped + 6176, coefficient: 0)
    }

    /// Cuts off `count` digits and rounds what remains.
    private mutating func round(
        _ negative: Bool,
        _ coefficient: UInt256,
        dropping count: Int,
        exponent: Int,
        more: Bool
    ) -> Decimal128 {
        let (quotient, part) = coefficient.droppingDigits(count)
        let discarded = more ? part.adding(something: true) : part
        var kept = quotient.low
        var exponent = exponent &+ count
        status.insert(.rounded)
        if discarded != .nothing {
            status.insert(.inexact)
            if status.contains(.subnormal) && isTiny(coefficient, exponent - count) { status.insert(.underflow) }
            if rounding.increments(kept, negative: negative, discarding: discarded) { kept += 1 }
            if kept == Decimal128.coefficientLimit {
                kept = PowersOfTen.wide(33)
                exponent += 1
            }
        }
        if kept >= PowersOfTen.wide(33) && exponent <= Decimal128.maximumExponent {
            return Decimal128(negative: negative, biasedExponent: exponent &+ 6176, coefficient: kept)
        }
        if kept == 0 {
            status.insert(.clamped)
            return zero(negative: negative, exponent: exponent)
        }
        return fit(negative: negative, coefficient: kept, digits: PowersOfTen.digitCount(kept), exponent: exponent)
    }

    private func isTiny(_ coefficient: UInt256, _ exponent: Int) -> Bool {
        exponent + coefficient.digitCount - 1 < Decimal128.leastAdjustedExponent
    }

    /// Packs at most 34 digits whose exponent is not too small: too large ones overflow or get trailing zeros.
    private mutating func fit(negative: Bool, coefficient: UInt128, digits: Int, exponent: Int) -> Decimal128 {
        let excess = exponent - Decimal128.maximumExponent
        if excess <= 0 {
            return Decimal128(negative: negative, biasedExponent: exponent + 6176, coefficient: coefficient)
        }
        if digits + excess > Decimal128.precision { return overflow(negative: negative) }
        status.insert(.clamped)
        let padded = coefficient * PowersOfTen.wide(excess)
        return Decimal128(negative: negative, biasedExponent: 12287, coefficient: padded)
    }

    /// The result too large for the format.
    mutating func overflow(negative: Bool) -> Decimal128 {
        status.formUnion([.overflow, .inexact, .rounded])
        let magnitude: Decimal128 =
            rounding.overflowsToInfinity(negative: negative) ? .infinity : .greatestFiniteMagnitude
        return negative ? -magnitude : magnitude
    }

    /// The value itself, which is reported if it is subnormal.
    mutating func reporting(_ value: Decimal128) -> Decimal128 {
        if value.isSubnormal { status.insert(.subnormal) }
        return value
    }

    /// The result of an operation that has none.
    mutating func invalid() -> Decimal128 {
        status.insert(.invalidOperation)
        return .nan
    }

    /// The quiet NaN that an operation on `first` and `second` gives, or nil if neither is a NaN.
    ///
    /// A signalling NaN goes before a quiet one, the first operand before the second; sign and payload are kept.
    mutating func propagatedNaN(_ first: Decimal128, _ second: Decimal128 = .zero) -> Decimal128? {
        guard first.isNaN || second.isNaN else { return nil }
        if first.isSignalingNaN || second.isSignalingNaN {
            status.insert(.invalidOperation)
            return (first.isSignalingNaN ? first : second).quieted
        }
        return first.isNaN ? first : second
    }
}

extension Decimal128 {
    /// A NaN that no longer signals, with the same sign and payload.
    var quieted: Decimal128 { Decimal128(canonical: bitPattern & ~(1 << 121)) }
}
