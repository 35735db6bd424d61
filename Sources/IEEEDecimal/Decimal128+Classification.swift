extension Decimal128 {
    /// Whether the sign bit is set, also that of a zero or a NaN.
    @inlinable public var isNegative: Bool { highWord >> 63 == 1 }
    /// Whether the value is a number and not infinite.
    @inlinable public var isFinite: Bool { highWord >> 61 & 0b11 != 0b11 }
    /// Whether the value is one of the two infinities.
    @inlinable public var isInfinite: Bool { highWord >> 58 & 0b11111 == 0b11110 }
    /// Whether the value is a NaN, quiet or signalling.
    @inlinable public var isNaN: Bool { highWord >> 58 & 0b11111 == 0b11111 }
    /// Whether the value is a signalling NaN.
    @inlinable public var isSignalingNaN: Bool { highWord >> 57 & 0b111111 == 0b111111 }
    /// Whether the value is a zero of either sign and any exponent.
    @inlinable public var isZero: Bool { isFinite && rawCoefficient == 0 }
    /// Whether the value is finite, not zero, and not nearer to zero than 10⁻⁶¹⁴³.
    public var isNormal: Bool {
        isFinite && !isZero && adjustedExponent >= Decimal128.leastAdjustedExponent
    }
    /// Whether the value is finite, not zero, and nearer to zero than 10⁻⁶¹⁴³.
    public var isSubnormal: Bool { isFinite && !isZero && !isNormal }
    /// Whether the value is finite and has no fraction.
    public var isInteger: Bool {
        guard isFinite else { return false }
        let exponent = exponent
        if exponent >= 0 || isZero { return true }
        return exponent > -Decimal128.precision && rawCoefficient % PowersOfTen.wide(-exponent) == 0
    }

    /// The absolute value: the same with the sign bit cleared.
    @inlinable public var magnitude: Decimal128 { Decimal128(canonical: bitPattern & ~Decimal128.signMask) }

    /// The value with the sign bit turned over, also of a zero or a NaN.
    @inlinable
    public static prefix func - (operand: Decimal128) -> Decimal128 {
        Decimal128(canonical: operand.bitPattern ^ signMask)
    }

    /// The value itself.
    @inlinable
    public static prefix func + (operand: Decimal128) -> Decimal128 {
        operand
    }
}
