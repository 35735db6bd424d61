extension DecimalContext {
    /// −1, 0 or 1 as the left value is smaller, equal or larger; NaN if either is.
    public mutating func compare(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        if let nan = propagatedNaN(left, right) { return nan }
        return Decimal128(left.compare(right) ?? 0)
    }

    /// As ``compare(_:_:)``, but any NaN is invalid.
    public mutating func compareSignaling(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        if left.isNaN || right.isNaN { status.insert(.invalidOperation) }
        return compare(left, right)
    }

    /// The larger of two values; of a number and a quiet NaN, the number.
    public mutating func maximum(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        choose(left, right) { $0.compare($1) ?? 0 }
    }

    /// The smaller of two values; of a number and a quiet NaN, the number.
    public mutating func minimum(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        choose(left, right, smaller: true) { $0.compare($1) ?? 0 }
    }

    /// The value with the larger magnitude, or the larger value if they are equal.
    public mutating func maximumMagnitude(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        choose(left, right) { $0.magnitude.compare($1.magnitude) ?? 0 }
    }

    /// The value with the smaller magnitude, or the smaller value if they are equal.
    public mutating func minimumMagnitude(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        choose(left, right, smaller: true) { $0.magnitude.compare($1.magnitude) ?? 0 }
    }

    private mutating func choose(
        _ left: Decimal128,
        _ right: Decimal128,
        smaller: Bool = false,
        order: (Decimal128, Decimal128) -> Int
    ) -> Decimal128 {
        if left.isNaN || right.isNaN {
            if left.isSignalingNaN || right.isSignalingNaN || left.isNaN == right.isNaN {
                return propagatedNaN(left, right) ?? .nan
            }
            return reporting(left.isNaN ? right : left)
        }
        let byValue = order(left, right)
        let byAll = byValue != 0 ? byValue : left.totalOrder(right)
        return reporting((byAll < 0) == smaller ? left : right)
    }
}

extension DecimalContext {
    /// Zero plus the value.
    public mutating func plus(_ value: Decimal128) -> Decimal128 {
        value.isFinite ? add(Decimal128.zero(like: value), value) : add(.zero, value)
    }

    /// Zero minus the value.
    public mutating func minus(_ value: Decimal128) -> Decimal128 {
        value.isFinite ? subtract(Decimal128.zero(like: value), value) : subtract(.zero, value)
    }

    /// The absolute value; unlike ``Decimal128/magnitude`` it leaves the sign of a NaN and heeds signalling ones.
    public mutating func absolute(_ value: Decimal128) -> Decimal128 {
        value.isNegative ? minus(value) : plus(value)
    }

    /// The value without trailing zeros.
    public mutating func reduce(_ value: Decimal128) -> Decimal128 {
        propagatedNaN(value) ?? reporting(value.reduced)
    }
}

extension Decimal128 {
    fileprivate static func zero(like value: Decimal128) -> Decimal128 {
        Decimal128(negative: false, biasedExponent: value.biasedExponent, coefficient: 0)
    }
}
