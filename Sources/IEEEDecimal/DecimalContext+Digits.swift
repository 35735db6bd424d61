extension DecimalContext {
    /// The coefficient's 34 digits moved left by `count` places, or right if it is negative; zeros come in.
    public mutating func shift(_ value: Decimal128, by count: Decimal128) -> Decimal128 {
        moveDigits(value, by: count) { coefficient, places in
            places >= 0
                ? coefficient % PowersOfTen.wide(34 - places) * PowersOfTen.wide(places)
                : coefficient / PowersOfTen.wide(-places)
        }
    }

    /// The coefficient's 34 digits moved left by `count` places, or right if it is negative; what leaves comes in again.
    public mutating func rotate(_ value: Decimal128, by count: Decimal128) -> Decimal128 {
        moveDigits(value, by: count) { coefficient, places in
            let left = places >= 0 ? places : 34 + places
            let upper = PowersOfTen.wide(34 - left)
            return coefficient % upper * PowersOfTen.wide(left) + coefficient / upper
        }
    }

    private mutating func moveDigits(
        _ value: Decimal128,
        by count: Decimal128,
        _ move: (UInt128, Int) -> UInt128
    ) -> Decimal128 {
        if let nan = propagatedNaN(value, count) { return nan }
        guard let places = count.plainInteger(atMost: UInt128(Decimal128.precision)) else { return invalid() }
        if value.isInfinite { return value }
        return Decimal128(
            negative: value.isNegative,
            biasedExponent: value.biasedExponent,
            coefficient: move(value.rawCoefficient, places)
        )
    }

    /// The digits that are 1 in both; operands are positive integers of digits 0 and 1 with exponent 0.
    public mutating func logicalAnd(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        combine(left, right) { $0 & $1 }
    }

    /// The digits that are 1 in either; operands as for ``logicalAnd(_:_:)``.
    public mutating func logicalOr(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        combine(left, right) { $0 | $1 }
    }

    /// The digits that are 1 in one of the two; operands as for ``logicalAnd(_:_:)``.
    public mutating func logicalXor(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        combine(left, right) { $0 ^ $1 }
    }

    /// The 34 digits turned over; the operand as for ``logicalAnd(_:_:)``.
    public mutating func logicalInvert(_ value: Decimal128) -> Decimal128 {
        combine(value, .zero) { digits, _ in ~digits & ((1 << 34) - 1) }
    }

    private mutating func combine(
        _ left: Decimal128,
        _ right: Decimal128,
        _ operation: (UInt64, UInt64) -> UInt64
    ) -> Decimal128 {
        guard let first = left.binaryDigits, let second = right.binaryDigits else { return invalid() }
        var (remaining, coefficient) = (operation(first, second), UInt128(0))
        for place in 0..<Decimal128.precision {
            if remaining & 1 == 1 { coefficient += PowersOfTen.wide(place) }
            remaining >>= 1
        }
        return Decimal128(negative: false, biasedExponent: 6176, coefficient: coefficient)
    }
}

extension Decimal128 {
    /// The digits 0 and 1 as bits; nil if the value is not a positive integer of such digits with exponent 0.
    fileprivate var binaryDigits: UInt64? {
        guard isFinite, !isNegative, exponent == 0 else { return nil }
        var (remaining, bits) = (rawCoefficient, UInt64(0))
        for place in 0..<UInt64(Decimal128.precision) {
            let (quotient, digit) = remaining.quotientAndRemainder(dividingBy: 10)
            guard digit <= 1 else { return nil }
            bits |= UInt64(digit) << place
            remaining = quotient
        }
        return bits
    }
}
