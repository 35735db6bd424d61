extension DecimalContext {
    /// The square root, correctly rounded; invalid below zero. If it is exact its exponent is as near as possible to half the
    /// operand's.
    public mutating func squareRoot(_ value: Decimal128) -> Decimal128 {
        if let nan = propagatedNaN(value) { return nan }
        let ideal = value.exponent >> 1
        if value.isZero { return zero(negative: value.isNegative, exponent: ideal) }
        if value.isNegative { return invalid() }
        if value.isInfinite { return value }
        // 70 or 71 digits whose exponent is even: a root of 35 or 36 digits.
        var shift = 70 - value.digitCount
        if (value.exponent - shift) & 1 != 0 { shift += 1 }
        let radicand = UInt256(value.rawCoefficient).scaled(byPowerOfTen: shift)
        let root = radicand.squareRoot
        let exponent = (value.exponent - shift) / 2
        if UInt256(product: root, root) < radicand {
            return finish(negative: false, coefficient: UInt256(root), exponent: exponent, more: true)
        }
        let (digits, dropped) = root.droppingTrailingZeros(atMost: ideal - exponent)
        return finish(negative: false, coefficient: UInt256(digits), exponent: exponent + dropped)
    }
}

extension UInt256 {
    /// The integer square root of a number from 2²⁰⁰ to 2²⁴⁰: Newton's iteration from a binary estimate.
    fileprivate var squareRoot: UInt128 {
        let estimate = (Double(high) * 0x1p128).squareRoot()
        var root = UInt128(estimate)
        for _ in 0..<2 { root = (root + quotientAndRemainder(dividingBy: root).quotient.low) / 2 }
        while UInt256(product: root, root) > self { root -= 1 }
        while UInt256(product: root + 1, root + 1) <= self { root += 1 }
        return root
    }
}
