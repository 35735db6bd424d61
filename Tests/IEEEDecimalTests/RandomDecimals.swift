import IEEEDecimal

/// A seeded generator, so that a failure repeats (Steele, Lea, Flood 2014: SplitMix).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// Random values of the shapes that matter.
enum RandomDecimals {
    /// An amount of money: two digits after the point.
    static func amount(_ generator: inout SeededGenerator) -> Decimal128 {
        let cents = UInt128(UInt64.random(in: 0..<100_000_000_000, using: &generator))
        return Decimal128(sign: sign(&generator), coefficient: cents, exponent: -2)
    }

    /// A coefficient of 1 to `digits` digits.
    static func coefficient(digits: Int = 34, _ generator: inout SeededGenerator) -> UInt128 {
        var limit: UInt128 = 1
        for _ in 0..<Int.random(in: 1...digits, using: &generator) { limit *= 10 }
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: return limit - 1
        case 1: return limit / 10
        default: return UInt128.random(in: 0..<limit, using: &generator)
        }
    }

    /// A finite value with an exponent in the range.
    static func finite(
        exponents: ClosedRange<Int> = -6176...6111,
        digits: Int = 34,
        _ generator: inout SeededGenerator
    ) -> Decimal128 {
        let coefficient = coefficient(digits: digits, &generator)
        let exponent = Int.random(in: exponents, using: &generator)
        return Decimal128(sign: sign(&generator), coefficient: coefficient, exponent: exponent)
    }

    /// Any value: money, near exponents, extremes, specials.
    static func any(_ generator: inout SeededGenerator) -> Decimal128 {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: return amount(&generator)
        case 1: return finite(&generator)
        case 2: return finite(exponents: -6176 ... -6140, &generator)
        case 3: return finite(exponents: 6080...6111, &generator)
        case 4, 5: return finite(exponents: -20...5, digits: 19, &generator)
        case 6: return special(&generator)
        default: return finite(exponents: -45...20, &generator)
        }
    }

    private static func special(_ generator: inout SeededGenerator) -> Decimal128 {
        let values: [Decimal128] = [
            .nan, -.nan, .signalingNaN, .infinity, -.infinity, .zero, -.zero, .greatestFiniteMagnitude,
            .leastNonzeroMagnitude, .leastNormalMagnitude,
        ]
        return values.randomElement(using: &generator) ?? .nan
    }

    private static func sign(_ generator: inout SeededGenerator) -> FloatingPointSign {
        Bool.random(using: &generator) ? .minus : .plus
    }
}
