extension Decimal128: SignedNumeric {
    /// The sum, rounded half to even.
    ///
    /// Two amounts of money (coefficients below 2⁶⁴, exponents at most 14 apart) are added without a call.
    @inlinable
    public static func + (left: Decimal128, right: Decimal128) -> Decimal128 {
        left.quickSum(right, signFlip: 0) ?? fullSum(left, right)
    }

    /// The difference, rounded half to even; as quick as a sum.
    @inlinable
    public static func - (left: Decimal128, right: Decimal128) -> Decimal128 {
        left.quickSum(right, signFlip: 1 << 63) ?? fullDifference(left, right)
    }

    /// The product, rounded half to even.
    @inlinable
    public static func * (left: Decimal128, right: Decimal128) -> Decimal128 {
        left.quickProduct(right) ?? fullProduct(left, right)
    }

    /// The quotient, rounded half to even; infinite if only the divisor is zero, NaN if both are.
    public static func / (left: Decimal128, right: Decimal128) -> Decimal128 {
        var context = DecimalContext()
        return context.divide(left, by: right)
    }

    /// Adds in place.
    @inlinable
    public static func += (left: inout Decimal128, right: Decimal128) {
        left = left + right
    }

    /// Subtracts in place.
    @inlinable
    public static func -= (left: inout Decimal128, right: Decimal128) {
        left = left - right
    }

    /// Multiplies in place.
    @inlinable
    public static func *= (left: inout Decimal128, right: Decimal128) {
        left = left * right
    }

    /// Divides in place.
    @inlinable
    public static func /= (left: inout Decimal128, right: Decimal128) {
        left = left / right
    }
}

extension Decimal128 {
    /// Whether both values are finite with coefficients below 2⁶⁴.
    @inlinable
    @inline(__always)
    static func areSmall(_ leftHigh: UInt64, _ rightHigh: UInt64) -> Bool {
        // No bit of the upper part of either coefficient, and no exponent field that begins with 11.
        let upper = (leftHigh | rightHigh) & ((1 << 49) - 1)
        let special = ((leftHigh & leftHigh << 1) | (rightHigh & rightHigh << 1)) & (1 << 62)
        return upper | special == 0
    }

    /// The sum of two small values, with the sign of the right one turned over by `signFlip`; nil if not applicable.
    @inlinable
    @inline(__always)
    func quickSum(_ other: Decimal128, signFlip: UInt64) -> Decimal128? {
        let (leftHigh, rightHigh) = (highWord, other.highWord ^ signFlip)
        guard Decimal128.areSmall(leftHigh, rightHigh) else { return nil }
        let (leftExponent, rightExponent) = (biasedExponent, other.biasedExponent)
        let gap = leftExponent &- rightExponent
        guard gap <= 14 && gap >= -14 else { return nil }
        // At most 2^64 × 10^14, less than ten to the power of 34: nothing to round.
        var (left, right) = (UInt128(lowWord), UInt128(other.lowWord))
        if gap > 0 {
            left = lowWord.wideProduct(PowersOfTen.narrow(gap))
        } else if gap < 0 {
            right = other.lowWord.wideProduct(PowersOfTen.narrow(0 &- gap))
        }
        let exponent = gap < 0 ? leftExponent : rightExponent
        let leftNegative = leftHigh >> 63 == 1
        if (leftHigh ^ rightHigh) >> 63 == 0 {
            return Decimal128(negative: leftNegative, biasedExponent: exponent, coefficient: left &+ right)
        }
        if left == right { return Decimal128(negative: false, biasedExponent: exponent, coefficient: 0) }
        let leftIsLarger = left > right
        let difference = leftIsLarger ? left &- right : right &- left
        return Decimal128(
            negative: leftNegative == leftIsLarger,
            biasedExponent: exponent,
            coefficient: difference
        )
    }

    /// The product of two small values if it needs no rounding; otherwise nil.
    @inlinable
    @inline(__always)
    func quickProduct(_ other: Decimal128) -> Decimal128? {
        let (leftHigh, rightHigh) = (highWord, other.highWord)
        guard Decimal128.areSmall(leftHigh, rightHigh) else { return nil }
        let exponent = biasedExponent &+ other.biasedExponent &- 6176
        let product = lowWord.wideProduct(other.lowWord)
        guard exponent >= 0 && exponent < 12288 && product < Decimal128.coefficientLimit else { return nil }
        return Decimal128(
            negative: (leftHigh ^ rightHigh) >> 63 == 1,
            biasedExponent: exponent,
            coefficient: product
        )
    }

    @usableFromInline
    static func fullSum(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        var context = DecimalContext()
        return context.add(left, right)
    }

    @usableFromInline
    static func fullDifference(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        var context = DecimalContext()
        return context.subtract(left, right)
    }

    @usableFromInline
    static func fullProduct(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        var context = DecimalContext()
        return context.multiply(left, right)
    }
}

extension Decimal128 {
    /// What remains after division by `divisor`, with the sign of this value; NaN if the divisor is zero or the integer
    /// quotient has more than 34 digits.
    public func remainder(_ divisor: Decimal128) -> Decimal128 {
        if let (left, right) = alignedWords(divisor) {
            let rest = UInt128(left % right)
            return Decimal128(negative: isNegative, biasedExponent: biasedExponent, coefficient: rest)
        }
        var context = DecimalContext()
        return context.remainder(self, by: divisor)
    }

    /// The quotient without its fraction; NaN if it has more than 34 digits.
    public func quotientInteger(_ divisor: Decimal128) -> Decimal128 {
        if let (left, right) = alignedWords(divisor) {
            let negative = isNegative != divisor.isNegative
            return Decimal128(negative: negative, biasedExponent: 6176, coefficient: UInt128(left / right))
        }
        var context = DecimalContext()
        return context.divideInteger(self, by: divisor)
    }

    /// The coefficients if both are below 2⁶⁴, the exponents are the same, and the divisor is not zero; otherwise nil.
    private func alignedWords(_ divisor: Decimal128) -> (UInt64, UInt64)? {
        guard Decimal128.areSmall(highWord, divisor.highWord), biasedExponent == divisor.biasedExponent else {
            return nil
        }
        return divisor.lowWord == 0 ? nil : (lowWord, divisor.lowWord)
    }

    /// `self × factor + addend`, rounded once.
    public func fusedMultiplyAdd(_ factor: Decimal128, _ addend: Decimal128) -> Decimal128 {
        var context = DecimalContext()
        return context.fusedMultiplyAdd(self, factor, addend)
    }
}

extension UInt64 {
    /// The full product of two words.
    @inlinable
    @inline(__always)
    func wideProduct(_ other: UInt64) -> UInt128 {
        let (high, low) = multipliedFullWidth(by: other)
        return UInt128(truncatingIfNeeded: high) << 64 | UInt128(truncatingIfNeeded: low)
    }
}
