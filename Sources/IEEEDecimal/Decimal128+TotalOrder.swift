extension Decimal128 {
    /// The place of this value before (−1), at (0) or behind (1) `other` in IEEE 754's total order.
    ///
    /// It tells apart what compares equal: −0 comes before 0, 1.00 before 1.0, and NaNs lie outside the infinities by sign, kind
    /// and payload.
    public func totalOrder(_ other: Decimal128) -> Int {
        if isNegative != other.isNegative { return isNegative ? -1 : 1 }
        let order = totalOrderOfMagnitudes(other)
        return isNegative ? -order : order
    }

    /// The total order of the two values without their signs.
    public func totalOrderOfMagnitudes(_ other: Decimal128) -> Int {
        if isNaN || other.isNaN {
            let (left, right) = (nanRank, other.nanRank)
            return left != right ? Decimal128.order(left, right) : Decimal128.order(payload, other.payload)
        }
        let order = Decimal128.orderOfMagnitudes(magnitude, other.magnitude)
        return order != 0 ? order : Decimal128.order(exponent, other.exponent)
    }

    /// Whether both values have the same exponent, or both are infinite, or both NaN.
    public func hasSameQuantum(as other: Decimal128) -> Bool {
        if isFinite && other.isFinite { return exponent == other.exponent }
        return (isInfinite && other.isInfinite) || (isNaN && other.isNaN)
    }

    private var nanRank: Int { !isNaN ? 0 : isSignalingNaN ? 1 : 2 }

    private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
        left < right ? -1 : left == right ? 0 : 1
    }
}

extension Decimal128 {
    /// The kinds of values that IEEE 754 tells apart.
    public enum NumberClass: String, Sendable, Hashable, CaseIterable {
        /// A signalling NaN.
        case signalingNaN = "sNaN"
        /// A quiet NaN.
        case quietNaN = "NaN"
        /// Negative infinity.
        case negativeInfinity = "-Infinity"
        /// A finite number of at most −10⁻⁶¹⁴³.
        case negativeNormal = "-Normal"
        /// A number between −10⁻⁶¹⁴³ and zero.
        case negativeSubnormal = "-Subnormal"
        /// Negative zero.
        case negativeZero = "-Zero"
        /// Positive zero.
        case positiveZero = "+Zero"
        /// A number between zero and 10⁻⁶¹⁴³.
        case positiveSubnormal = "+Subnormal"
        /// A finite number of at least 10⁻⁶¹⁴³.
        case positiveNormal = "+Normal"
        /// Positive infinity.
        case positiveInfinity = "+Infinity"
    }

    /// The kind of this value.
    public var numberClass: NumberClass {
        if isNaN { return isSignalingNaN ? .signalingNaN : .quietNaN }
        if isInfinite { return isNegative ? .negativeInfinity : .positiveInfinity }
        if isZero { return isNegative ? .negativeZero : .positiveZero }
        if isNormal { return isNegative ? .negativeNormal : .positiveNormal }
        return isNegative ? .negativeSubnormal : .positiveSubnormal
    }
}
