extension Decimal128: Equatable, Comparable, Hashable {
    /// Whether the values are numerically equal: `1.0 == 1.00`, `0 == -0`, and a NaN equals nothing.
    @inlinable
    public static func == (left: Decimal128, right: Decimal128) -> Bool {
        if let order = left.quickOrder(right) { return order == 0 }
        return fullOrder(left, right) == 0
    }

    /// Whether the left value is the smaller; false if either is a NaN.
    @inlinable
    public static func < (left: Decimal128, right: Decimal128) -> Bool {
        if let order = left.quickOrder(right) { return order < 0 }
        return (fullOrder(left, right) ?? 0) < 0
    }

    /// Whether the left value is smaller or equal; false if either is a NaN.
    @inlinable
    public static func <= (left: Decimal128, right: Decimal128) -> Bool {
        if let order = left.quickOrder(right) { return order <= 0 }
        return (fullOrder(left, right) ?? 1) <= 0
    }

    /// Whether the left value is the larger; false if either is a NaN.
    @inlinable
    public static func > (left: Decimal128, right: Decimal128) -> Bool {
        right < left
    }

    /// Whether the left value is larger or equal; false if either is a NaN.
    @inlinable
    public static func >= (left: Decimal128, right: Decimal128) -> Bool {
        right <= left
    }

    /// Feeds the numeric value, so that equal values of different exponents have the same hash.
    public func hash(into hasher: inout Hasher) {
        var canonical = self
        if isFinite {
            let (digits, dropped) = rawCoefficient.droppingTrailingZeros(atMost: .max)
            let isZero = digits == 0
            canonical = Decimal128(
                negative: isNegative && !isZero,
                biasedExponent: isZero ? 0 : biasedExponent + dropped,
                coefficient: digits
            )
        }
        hasher.combine(canonical.lowWord)
        hasher.combine(canonical.highWord)
    }

    /// The numeric order of this value and `other`: −1, 0 or 1, or nil if either is a NaN.
    @inlinable
    public func compare(_ other: Decimal128) -> Int? {
        quickOrder(other) ?? Decimal128.fullOrder(self, other)
    }
}

extension Decimal128 {
    /// The order of two small values whose exponents are at most 19 apart; nil if not applicable.
    @inlinable
    @inline(__always)
    func quickOrder(_ other: Decimal128) -> Int? {
        let (leftHigh, rightHigh) = (highWord, other.highWord)
        guard Decimal128.areSmall(leftHigh, rightHigh) else { return nil }
        var (left, right) = (UInt128(lowWord), UInt128(other.lowWord))
        let gap = biasedExponent &- other.biasedExponent
        if gap != 0 {
            guard gap <= 19 && gap >= -19 else { return nil }
            if gap > 0 {
                left = lowWord.wideProduct(PowersOfTen.narrow(gap))
            } else {
                right = other.lowWord.wideProduct(PowersOfTen.narrow(0 &- gap))
            }
        }
        if (leftHigh ^ rightHigh) >> 63 == 0 {
            let order = left == right ? 0 : left < right ? -1 : 1
            return leftHigh >> 63 == 0 ? order : 0 &- order
        }
        if left | right == 0 { return 0 }
        return leftHigh >> 63 == 1 ? -1 : 1
    }

    @usableFromInline
    static func fullOrder(_ left: Decimal128, _ right: Decimal128) -> Int? {
        if left.isNaN || right.isNaN { return nil }
        let (leftSign, rightSign) = (left.signum, right.signum)
        if leftSign != rightSign { return leftSign < rightSign ? -1 : 1 }
        return leftSign * orderOfMagnitudes(left, right)
    }

    /// −1, 0 or 1 as the value is negative, zero or positive; a NaN counts by its sign.
    private var signum: Int { isZero ? 0 : isNegative ? -1 : 1 }

    /// The order of the absolute values of two numbers.
    static func orderOfMagnitudes(_ left: Decimal128, _ right: Decimal128) -> Int {
        if left.isInfinite || right.isInfinite {
            return (left.isInfinite ? 1 : 0) - (right.isInfinite ? 1 : 0)
        }
        if left.isZero || right.isZero { return (left.isZero ? 0 : 1) - (right.isZero ? 0 : 1) }
        let (leftAdjusted, rightAdjusted) = (left.adjustedExponent, right.adjustedExponent)
        if leftAdjusted != rightAdjusted { return leftAdjusted < rightAdjusted ? -1 : 1 }
        // The same leading position, so the exponents are less than 34 apart.
        let gap = left.exponent - right.exponent
        let first = UInt256(left.rawCoefficient).scaled(byPowerOfTen: max(gap, 0))
        let second = UInt256(right.rawCoefficient).scaled(byPowerOfTen: max(-gap, 0))
        return first == second ? 0 : first < second ? -1 : 1
    }
}
