/// An unsigned binary fixed-point number with 384 bits after the point and 192 before it.
///
/// What the exponential and logarithms of ``Decimal128`` are computed in: enough bits that 34 digits round correctly even where a
/// result lies within 10⁻⁶⁷, relatively, of the middle between two values. Products and quotients are rounded down. Products
/// take operands below 2⁶⁴.
struct FixedPoint {
    private static let fractionWords = 6
    private static let productWords = 7
    private static let wordCount = 9

    /// From the least significant word on.
    private var words: InlineArray<9, UInt64>

    /// The number with the given seven low words, the least significant first.
    init(_ low: InlineArray<7, UInt64>) {
        words = InlineArray(repeating: 0)
        for index in 0..<FixedPoint.productWords { words[index] = low[index] }
    }

    /// An integer.
    init(_ value: UInt128) {
        words = InlineArray(repeating: 0)
        words[6] = UInt64(truncatingIfNeeded: value)
        words[7] = UInt64(truncatingIfNeeded: value >> 64)
    }

    /// A binary number from 0 up to, but not including, 1.
    init(fraction value: Double) {
        words = InlineArray(repeating: 0)
        words[5] = UInt64(value * 0x1p64)
    }

    /// The integer part, which must be below 2¹²⁸.
    var integerPart: UInt128 { UInt128(words[7]) << 64 | UInt128(words[6]) }
    /// The first 64 bits after the point.
    var leadingFraction: UInt64 { words[5] }

    /// The integer that the number is nearer to than 2⁻¹²⁰, if there is one.
    var nearInteger: UInt128? {
        let margin: UInt64 = 1 << 8
        if words[5] == 0 && words[4] < margin { return integerPart }
        return words[5] == .max && words[4] >= .max - margin ? integerPart + 1 : nil
    }

    /// The exponent of the leading bit: the number is at least 2 to this power and below the next; nil for zero.
    var leadingBitExponent: Int? {
        for index in stride(from: FixedPoint.wordCount - 1, through: 0, by: -1) where words[index] != 0 {
            return 64 * (index - FixedPoint.fractionWords) + 63 - words[index].leadingZeroBitCount
        }
        return nil
    }
}

extension FixedPoint: Comparable {
    static func == (left: FixedPoint, right: FixedPoint) -> Bool {
        for index in 0..<wordCount where left.words[index] != right.words[index] { return false }
        return true
    }

    static func < (left: FixedPoint, right: FixedPoint) -> Bool {
        for index in stride(from: wordCount - 1, through: 0, by: -1) where left.words[index] != right.words[index] {
            return left.words[index] < right.words[index]
        }
        return false
    }

    /// The sum, which must fit.
    static func + (left: FixedPoint, right: FixedPoint) -> FixedPoint {
        var (result, carry) = (left, UInt128(0))
        for index in 0..<wordCount {
            carry += UInt128(left.words[index]) + UInt128(right.words[index])
            result.words[index] = UInt64(truncatingIfNeeded: carry)
            carry >>= 64
        }
        return result
    }

    /// The difference; the left side must not be the smaller.
    static func - (left: FixedPoint, right: FixedPoint) -> FixedPoint {
        var (result, borrow) = (left, UInt64(0))
        for index in 0..<wordCount {
            let (partial, first) = left.words[index].subtractingReportingOverflow(right.words[index])
            let (word, second) = partial.subtractingReportingOverflow(borrow)
            result.words[index] = word
            borrow = first || second ? 1 : 0
        }
        return result
    }

    /// The product of two numbers below 2⁶⁴, which must itself be below 2⁶⁴.
    static func * (left: FixedPoint, right: FixedPoint) -> FixedPoint {
        var product = InlineArray<14, UInt64>(repeating: 0)
        for row in 0..<productWords {
            var carry: UInt64 = 0
            let factor = UInt128(left.words[row])
            for column in 0..<productWords {
                let sum = factor &* UInt128(right.words[column]) &+ UInt128(product[row + column]) &+ UInt128(carry)
                product[row + column] = UInt64(truncatingIfNeeded: sum)
                carry = UInt64(truncatingIfNeeded: sum >> 64)
            }
            product[row + productWords] = carry
        }
        var result = FixedPoint(0)
        for index in 0..<productWords { result.words[index] = product[index + fractionWords] }
        return result
    }

    /// The product with a word, which must fit.
    static func * (left: FixedPoint, right: UInt64) -> FixedPoint {
        var (result, carry) = (left, UInt128(0))
        for index in 0..<wordCount {
            carry &+= UInt128(left.words[index]) &* UInt128(right)
            result.words[index] = UInt64(truncatingIfNeeded: carry)
            carry >>= 64
        }
        return result
    }

    /// The quotient by a word other than zero.
    static func / (left: FixedPoint, right: UInt64) -> FixedPoint {
        var (result, remainder) = (left, UInt64(0))
        for index in stride(from: wordCount - 1, through: 0, by: -1) {
            if remainder == 0 && left.words[index] < right {
                (result.words[index], remainder) = (0, left.words[index])
            } else {
                (result.words[index], remainder) = right.dividingFullWidth((remainder, left.words[index]))
            }
        }
        return result
    }

    /// The number divided by a power of two, for exponents from 1 to 63.
    static func >> (left: FixedPoint, exponent: Int) -> FixedPoint {
        var result = left
        for index in 0..<wordCount {
            let above = index + 1 < wordCount ? left.words[index + 1] << UInt64(64 - exponent) : 0
            result.words[index] = left.words[index] >> UInt64(exponent) | above
        }
        return result
    }
}

extension FixedPoint {
    /// The product with `value`, which must fit.
    func multiplied(by value: UInt128) -> FixedPoint {
        let upper = self * UInt64(truncatingIfNeeded: value >> 64)
        var result = self * UInt64(truncatingIfNeeded: value)
        var shifted = FixedPoint(0)
        for index in 1..<FixedPoint.wordCount { shifted.words[index] = upper.words[index - 1] }
        result = result + shifted
        return result
    }

    /// The product with ten to the power of `exponent`, which may be negative; it must fit.
    func scaled(byPowerOfTen exponent: Int) -> FixedPoint {
        var (result, remaining) = (self, exponent.magnitude)
        while remaining > 0 {
            let step = min(remaining, UInt(PowersOfTen.largestNarrowExponent))
            let power = PowersOfTen.narrow(Int(step))
            result = exponent < 0 ? result / power : result * power
            remaining -= step
        }
        return result
    }

    /// The reciprocal of a number from 1 up to, but not including, 2⁵³, by Newton's iteration.
    var reciprocal: FixedPoint {
        let approximate = Double(words[6]) + Double(words[5]) * 0x1p-64
        var result = approximate == 1 ? FixedPoint(1) : FixedPoint(fraction: 1 / approximate)
        let two = FixedPoint(2)
        // 53, 106, 212, 424 bits.
        for _ in 0..<3 { result = result * (two - self * result) }
        return result
    }
}
