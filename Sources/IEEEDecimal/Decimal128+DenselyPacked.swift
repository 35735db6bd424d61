extension Decimal128 {
    /// The interchange format with a decimal coefficient: eleven declets of three digits (IEEE 754-2008, 3.5.2).
    public var denselyPackedBitPattern: UInt128 {
        let sign = bitPattern & Decimal128.signMask
        if isInfinite { return sign | 0b11110 << 122 }
        if isNaN { return bitPattern & (0b1111111 << 121) | Decimal128.declets(of: payload) }
        let (leading, rest) = rawCoefficient.quotientAndRemainder(dividingBy: Decimal128.payloadLimit)
        let exponent = UInt128(biasedExponent)
        let top = exponent >> 12
        let combination = leading < 8 ? top << 3 | leading : 0b11000 | top << 1 | leading & 1
        return sign | combination << 122 | (exponent & 0xFFF) << 110 | Decimal128.declets(of: rest)
    }

    /// A value from the interchange format with a decimal coefficient; non-canonical declets are read as the digits they stand
    /// for.
    public init(denselyPackedBitPattern bits: UInt128) {
        let negative = bits & Decimal128.signMask != 0
        let combination = bits >> 122 & 0b11111
        let rest = Decimal128.digits(ofDeclets: bits & ((1 << 110) - 1))
        if combination == 0b11111 {
            self.init(canonical: bits & (0b1111111 << 121) | rest)
        } else if combination == 0b11110 {
            self = negative ? -.infinity : .infinity
        } else {
            let isLarge = combination >> 3 == 0b11
            let top = isLarge ? combination >> 1 & 0b11 : combination >> 3
            let leading = isLarge ? 8 | combination & 1 : combination & 0b111
            let exponent = top << 12 | bits >> 110 & 0xFFF
            let coefficient = leading * Decimal128.payloadLimit + rest
            self.init(negative: negative, biasedExponent: Int(exponent), coefficient: coefficient)
        }
    }

    private static func declets(of digits: UInt128) -> UInt128 {
        var (remaining, result) = (digits, UInt128(0))
        for index in 0..<11 {
            let (quotient, group) = remaining.quotientAndRemainder(dividingBy: 1000)
            result |= UInt128(declet(of: UInt16(group))) << UInt128(10 * index)
            remaining = quotient
        }
        return result
    }

    private static func digits(ofDeclets bits: UInt128) -> UInt128 {
        var result: UInt128 = 0
        for index in stride(from: 10, through: 0, by: -1) {
            let declet = UInt16(truncatingIfNeeded: bits >> UInt128(10 * index) & 0x3FF)
            result = result * 1000 + UInt128(digits(ofDeclet: declet))
        }
        return result
    }

    /// Packs three digits into ten bits: a digit of 8 or 9 gives only its last bit, and a code says which do.
    private static func declet(of group: UInt16) -> UInt16 {
        let (first, second, third) = (group / 100, group / 10 % 10, group % 10)
        // The two upper bits of a small digit, and the last bit of any.
        let (bc, fg, jk) = (first >> 1 & 3, second >> 1 & 3, third >> 1 & 3)
        let last = (first & 1) << 7 | (second & 1) << 4 | third & 1
        switch (first >> 3, second >> 3, third >> 3) {
        case (0, 0, 0): return last | bc << 8 | fg << 5 | jk << 1
        case (0, 0, _): return last | bc << 8 | fg << 5 | 0b1000
        case (0, _, 0): return last | bc << 8 | jk << 5 | 0b1010
        case (_, 0, 0): return last | jk << 8 | fg << 5 | 0b1100
        case (_, _, 0): return last | jk << 8 | 0b000_1110
        case (_, 0, _): return last | fg << 8 | 0b010_1110
        case (0, _, _): return last | bc << 8 | 0b100_1110
        default: return last | 0b110_1110
        }
    }

    private static func digits(ofDeclet bits: UInt16) -> UInt16 {
        let (high, middle, low) = (bits >> 8 & 3, bits >> 5 & 3, bits >> 1 & 3)
        let (first, second, third) = (bits >> 7 & 1, bits >> 4 & 1, bits & 1)
        func number(_ a: UInt16, _ b: UInt16, _ c: UInt16) -> UInt16 {
            (a << 1 | first) * 100 + (b << 1 | second) * 10 + (c << 1 | third)
        }
        if bits & 0b1000 == 0 { return number(high, middle, low) }
        switch (low, middle) {
        case (0, _): return number(high, middle, 4)
        case (1, _): return number(high, 4, middle)
        case (2, _): return number(4, middle, high)
        case (_, 0): return number(4, 4, high)
        case (_, 1): return number(4, high, 4)
        case (_, 2): return number(high, 4, 4)
        default: return number(4, 4, 4)
        }
    }
}
