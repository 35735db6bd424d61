extension DecimalContext {
    /// The square root, correctly rounded; invalid below zero.
    ///
    /// If it is exact its exponent is as near as possible to half the
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
    /// The integer square root of a number from 2²⁰⁰ to 2²⁴⁰, by Newton's iteration.
    fileprivate var squareRoot: UInt128 {
        // First in binary floating point on the leading 64 bits, with an even number of bits left out.
        let shift = high.leadingZeroBitCount & ~1
        let leading = UInt64(truncatingIfNeeded: (high << UInt128(shift)) >> 64)
        let fraction = Double(leading) * 0x1p-64
        var estimate = 0.625 * fraction + 0.4
        for _ in 0..<4 { estimate = (estimate + fraction / estimate) * 0.5 }
        // The root of 2^256 is 2^128; each bit pair left out halves it.
        var root = UInt128(UInt64(estimate * 0x1p63)) << UInt128(65 - shift / 2)
        for _ in 0..<2 { root = (root + quotientAndRemainder(dividingBy: root).quotient.low) >> 1 }
        while UInt256(product: root, root) > self { root -= 1 }
        while UInt256(product: root + 1, root + 1) <= self { root += 1 }
        return root
    }
}
