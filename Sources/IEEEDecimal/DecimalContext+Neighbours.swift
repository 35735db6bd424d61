extension DecimalContext {
    /// The smallest value larger than the operand.
    public mutating func nextUp(_ value: Decimal128) -> Decimal128 {
        if let nan = propagatedNaN(value) { return nan }
        return neighbour(of: value, above: true)
    }

    /// The largest value smaller than the operand.
    public mutating func nextDown(_ value: Decimal128) -> Decimal128 {
        if let nan = propagatedNaN(value) { return nan }
        return neighbour(of: value, above: false)
    }

    /// The neighbour of the operand in the direction of `target`; overflow and underflow are reported.
    public mutating func next(_ value: Decimal128, toward target: Decimal128) -> Decimal128 {
        if let nan = propagatedNaN(value, target) { return nan }
        let order = value.compare(target) ?? 0
        if order == 0 { return value.withSign(of: target) }
        let result = neighbour(of: value, above: order < 0)
        if result.isInfinite {
            status.formUnion([.overflow, .inexact, .rounded])
        } else if !result.isNormal {
            status.formUnion([.underflow, .subnormal, .inexact, .rounded])
            if result.isZero { status.insert(.clamped) }
        }
        return result
    }

    private func neighbour(of value: Decimal128, above: Bool) -> Decimal128 {
        if value.isInfinite && value.isNegative == above {
            return value.isNegative ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
        }
        var directed = DecimalContext(rounding: above ? .ceiling : .floor)
        let least = Decimal128.leastNonzeroMagnitude
        let result = directed.add(value, above ? least : -least)
        return result.isZero ? result.withSign(of: value) : result
    }

    /// The exponent of the leading digit as a number; −∞ for zero, which counts as a division by zero.
    public mutating func logB(_ value: Decimal128) -> Decimal128 {
        if let nan = propagatedNaN(value) { return nan }
        if value.isInfinite { return .infinity }
        if value.isZero {
            status.insert(.divisionByZero)
            return -.infinity
        }
        return Decimal128(value.adjustedExponent)
    }

    /// The value with `power`, an integer of at most 12,356 in magnitude, added to its exponent.
    public mutating func scaleB(_ value: Decimal128, _ power: Decimal128) -> Decimal128 {
        if let nan = propagatedNaN(value, power) { return nan }
        guard let shift = power.plainInteger(atMost: 12_356) else { return invalid() }
        if value.isInfinite { return value }
        let digits = UInt256(value.rawCoefficient)
        return finish(negative: value.isNegative, coefficient: digits, exponent: value.exponent + shift)
    }
}

extension Decimal128 {
    /// The smallest value larger than this one; NaN for NaN.
    public var nextUp: Decimal128 {
        var context = DecimalContext()
        return context.nextUp(self)
    }

    /// The largest value smaller than this one; NaN for NaN.
    public var nextDown: Decimal128 {
        var context = DecimalContext()
        return context.nextDown(self)
    }

    /// The value with the sign of another, also of a zero or a NaN.
    public func withSign(of other: Decimal128) -> Decimal128 {
        Decimal128(canonical: bitPattern & ~Decimal128.signMask | other.bitPattern & Decimal128.signMask)
    }

    /// The integer that a value with exponent 0 is, if its magnitude is at most `limit`.
    func plainInteger(atMost limit: UInt128) -> Int? {
        guard isFinite, exponent == 0, rawCoefficient <= limit else { return nil }
        let magnitude = Int(truncatingIfNeeded: rawCoefficient)
        return isNegative ? -magnitude : magnitude
    }
}
