/// A decimal floating-point number of 34 digits: IEEE 754-2008's decimal128.
///
/// A finite number is `(-1)^sign × coefficient × 10^exponent` with a coefficient of up to 34 digits and an exponent from
/// −6176 to 6111, so decimal fractions such as 0.10 are exact. The exponent is kept: `1.0` and `1.00` are equal but
/// print as they were written. There are signed zeros, infinities and NaNs; operators round half to even and never trap:
/// an undefined result is NaN, one too large an infinity. NaN equals nothing, itself included.
///
/// A value takes 16 bytes and no operation allocates except those that make text. Sums, differences, comparisons and products of
/// amounts of money (coefficients below 2⁶⁴) are done in the caller, without a division.
///
/// ## Topics
/// - Text: ``init(_:)``, ``init(utf8:)``, ``description``, ``plainDescription``
/// - Arithmetic: operators, ``remainder(_:)``, ``quotientInteger(_:)``, ``squareRoot()``, ``exp()``, ``ln()``,
///   ``log10()``, ``power(_:)``
/// - Rounding: ``rounded(scale:mode:)``, ``quantized(to:rounding:)``, ``floor``, ``ceiling``
/// - With status flags and another rounding: ``DecimalContext``
@frozen
public struct Decimal128: Sendable {
    /// The interchange format with a binary coefficient (IEEE 754-2008, 3.5.2), always canonical.
    ///
    /// Bit 127 is the sign, the 14 bits below it the biased exponent, the lower 113 bits the coefficient. If bits 126 and 125
    /// are set, the value is an infinity (11110…) or a NaN (11111, then 1 if it signals) with its payload below.
    public let bitPattern: UInt128

    /// A value from bits that are known to be canonical.
    @inlinable
    init(canonical bitPattern: UInt128) {
        self.bitPattern = bitPattern
    }

    /// A finite value from parts that are known to be in range.
    @inlinable
    init(negative: Bool, biasedExponent: Int, coefficient: UInt128) {
        let top = UInt64(truncatingIfNeeded: biasedExponent) << 49 | (negative ? 1 << 63 : 0)
        bitPattern = UInt128(truncatingIfNeeded: top) << 64 | coefficient
    }
}

extension Decimal128 {
    /// The number of digits a coefficient can have.
    public static let precision = 34
    /// The smallest exponent of a finite value, which subnormal numbers reach.
    public static let leastExponent = -6176
    /// The largest exponent of a finite value.
    public static let maximumExponent = 6111
    /// The smallest exponent of the leading digit of a normal number.
    static let leastAdjustedExponent = -6143
    /// The largest exponent of the leading digit.
    static let maximumAdjustedExponent = 6144

    /// The first coefficient with too many digits: ten to the power of 34.
    @inlinable static var coefficientLimit: UInt128 { PowersOfTen.wide(34) }
    /// The first payload of a NaN with too many digits.
    static var payloadLimit: UInt128 { PowersOfTen.wide(33) }
    @inlinable static var signMask: UInt128 { 1 << 127 }
    @inlinable static var coefficientMask: UInt128 { (1 << 113) - 1 }

    /// Positive zero with exponent 0.
    @inlinable public static var zero: Decimal128 { Decimal128(negative: false, biasedExponent: 6176, coefficient: 0) }
    /// One with exponent 0.
    @inlinable public static var one: Decimal128 { Decimal128(negative: false, biasedExponent: 6176, coefficient: 1) }
    /// Positive infinity.
    @inlinable public static var infinity: Decimal128 { Decimal128(canonical: 0b01111 << 123) }
    /// A quiet NaN.
    @inlinable public static var nan: Decimal128 { Decimal128(canonical: 0b011111 << 122) }
    /// A NaN that signals: every operation on it is invalid.
    @inlinable public static var signalingNaN: Decimal128 { Decimal128(canonical: 0b0111111 << 121) }
    /// The largest finite number, 9.99…×10⁶¹⁴⁴.
    public static var greatestFiniteMagnitude: Decimal128 {
        Decimal128(negative: false, biasedExponent: 12287, coefficient: coefficientLimit - 1)
    }
    /// The smallest number above zero, 10⁻⁶¹⁷⁶.
    public static var leastNonzeroMagnitude: Decimal128 {
        Decimal128(negative: false, biasedExponent: 0, coefficient: 1)
    }
    /// The smallest normal number above zero, 10⁻⁶¹⁴³.
    public static var leastNormalMagnitude: Decimal128 {
        Decimal128(negative: false, biasedExponent: 33, coefficient: 1)
    }

    /// A value from the interchange format with a binary coefficient; non-canonical encodings become canonical.
    public init(bitPattern: UInt128) {
        let value = Decimal128(canonical: bitPattern)
        if value.isFinite {
            let coefficient = value.rawCoefficient
            let zero = coefficient >= Decimal128.coefficientLimit
            self.init(canonical: zero ? bitPattern & ~Decimal128.coefficientMask : bitPattern)
        } else if bitPattern >> 123 & 0b1111 != 0b1111 {
            // The form for coefficients of 2^113 and more, all of which have too many digits.
            let exponent = Int(truncatingIfNeeded: bitPattern >> 111 & 0x3FFF)
            self.init(negative: value.isNegative, biasedExponent: exponent, coefficient: 0)
        } else if value.isNaN {
            let payload = bitPattern & ((1 << 110) - 1)
            let kept = bitPattern & (0b1111111 << 121)
            self.init(canonical: kept | (payload < Decimal128.payloadLimit ? payload : 0))
        } else {
            self.init(canonical: bitPattern & (0b11111 << 123))
        }
    }

    /// The finite value `coefficient × 10^exponent`, negative if `sign` is `.minus`.
    ///
    /// Rounds half to even if the coefficient has more than 34 digits; an exponent out of range gives an infinity, a
    /// subnormal number or zero as IEEE 754 says.
    public init(sign: FloatingPointSign = .plus, coefficient: UInt128, exponent: Int) {
        var context = DecimalContext()
        // Beyond these bounds the outcome no longer depends on the exponent; bounding it avoids overflow further on.
        let bounded = min(max(exponent, -20_000), 20_000)
        self = context.finish(negative: sign == .minus, coefficient: UInt256(coefficient), exponent: bounded)
    }
}

extension Decimal128 {
    /// The upper half of the bits: sign, exponent and the upper 49 bits of the coefficient.
    @inlinable var highWord: UInt64 { UInt64(truncatingIfNeeded: bitPattern >> 64) }
    /// The lower 64 bits of the coefficient.
    @inlinable var lowWord: UInt64 { UInt64(truncatingIfNeeded: bitPattern) }
    /// The exponent plus 6176, from 0 to 12287, of a finite value.
    @inlinable var biasedExponent: Int { Int(truncatingIfNeeded: highWord >> 49 & 0x3FFF) }
    /// The lower 113 bits: the coefficient of a finite value.
    @inlinable var rawCoefficient: UInt128 { bitPattern & Decimal128.coefficientMask }
    /// The number of digits of the diagnostic payload of a NaN, as a number.
    var payload: UInt128 { bitPattern & ((1 << 110) - 1) }

    /// The exponent of a finite value; 0 for an infinity or a NaN.
    @inlinable public var exponent: Int { isFinite ? biasedExponent &- 6176 : 0 }
    /// The coefficient of a finite value; 0 for an infinity or a NaN.
    @inlinable public var coefficient: UInt128 { isFinite ? rawCoefficient : 0 }
    /// The sign, also of a zero or a NaN.
    @inlinable public var sign: FloatingPointSign { isNegative ? .minus : .plus }
    /// The number of decimal digits of the coefficient; zero has none.
    var digitCount: Int { PowersOfTen.digitCount(coefficient) }
    /// The exponent of the leading digit of a finite value other than zero.
    var adjustedExponent: Int { exponent + digitCount - 1 }
}
