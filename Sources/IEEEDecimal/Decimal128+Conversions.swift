extension Decimal128 {
    /// The integer, with exponent 0.
    @inlinable
    public init(_ value: Int) {
        self.init(negative: value < 0, biasedExponent: 6176, coefficient: UInt128(value.magnitude))
    }

    /// The integer, with exponent 0, or nil if it has more than 34 digits.
    public init?(exactly value: some BinaryInteger) {
        guard let coefficient = UInt128(exactly: value.magnitude) else { return nil }
        guard coefficient < Decimal128.coefficientLimit else { return nil }
        self.init(negative: value < 0, biasedExponent: 6176, coefficient: coefficient)
    }

    /// The number that the shortest decimal text of `value` writes, such as 0.1 for `0.1`; infinities and NaN stay such.
    ///
    /// A whole number has exponent 0 if it has at most 16 digits.
    public init(_ value: Double) {
        let text = value.description
        var parsed = Decimal128(text) ?? .nan
        if parsed.isFinite && parsed.exponent == -1 && parsed.isInteger {
            parsed = parsed.quantized(to: 0)
        }
        self = parsed
    }

    /// The exact value of `value`, or nil if it takes more than 34 digits or is infinite or NaN.
    public init?(exactly value: Double) {
        guard value.isFinite else { return nil }
        if value.isZero {
            self = value.sign == .minus ? -.zero : .zero
            return
        }
        // An odd integer times a power of two.
        let isSubnormal = value.exponentBitPattern == 0
        let digits = value.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
        let zeros = digits.trailingZeroBitCount
        let power = (isSubnormal ? 1 : Int(value.exponentBitPattern)) - 1075 + zeros
        let odd = UInt128(digits >> UInt64(zeros))
        var context = DecimalContext()
        let scale = context.power(2, Decimal128(power))
        let result = context.multiply(Decimal128(sign: value.sign, coefficient: odd, exponent: 0), scale)
        guard !context.status.contains(.inexact) else { return nil }
        self = result
    }
}

extension Int {
    /// The value of a decimal that is an integer in range; otherwise nil.
    public init?(exactly value: Decimal128) {
        guard value.isInteger, let result = Int(truncating: value) else { return nil }
        self = result
    }

    /// The integer part of a decimal, or nil if it is out of range, infinite or NaN.
    public init?(truncating value: Decimal128) {
        guard value.isFinite else { return nil }
        var coefficient = value.coefficient
        if value.exponent < 0 {
            coefficient = value.exponent > -39 ? coefficient / PowersOfTen.wide(-value.exponent) : 0
        } else if coefficient != 0 && value.exponent > 0 {
            guard value.exponent <= PowersOfTen.largestNarrowExponent else { return nil }
            let (product, overflow) = coefficient.multipliedReportingOverflow(
                by: PowersOfTen.wide(value.exponent)
            )
            if overflow { return nil }
            coefficient = product
        }
        guard let magnitude = Int128(exactly: coefficient) else { return nil }
        guard let result = Int(exactly: value.isNegative ? -magnitude : magnitude) else { return nil }
        self = result
    }
}

extension Double {
    /// The nearest binary number; infinite if out of range.
    ///
    /// Exact operations for coefficients up to 2⁵³ and exponents within ±22; otherwise by way of text.
    public init(_ value: Decimal128) {
        let coefficient = value.coefficient
        if value.isFinite && coefficient <= 1 << 53 && abs(value.exponent) <= 22 {
            // Both factors are exact, so one correctly rounded operation is the nearest result.
            let scale = Double(PowersOfTen.wide(abs(value.exponent)))
            let digits = Double(UInt64(truncatingIfNeeded: coefficient))
            let magnitude = value.exponent < 0 ? digits / scale : digits * scale
            self = value.isNegative ? -magnitude : magnitude
        } else {
            self = value.isNaN ? .nan : Double(value.description) ?? .nan
        }
    }
}

extension Decimal128: Codable {
    /// Reads the text of a number, or an integer.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            guard let value = Decimal128(text) else {
                let message = "\"\(text.prefix(80))\" is not a decimal number."
                throw DecodingError.dataCorruptedError(in: container, debugDescription: message)
            }
            self = value
        } else {
            self.init(try container.decode(Int.self))
        }
    }

    /// Writes the number as text, so that no digit and no trailing zero is lost.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
