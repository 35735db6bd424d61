import IEEEDecimal

/// Arithmetic of numbers beyond the operators.
enum Numbers {
    static func power(_ base: Decimal128, _ exponent: Decimal128) -> Decimal128 {
        if exponent.isZero { return .one }
        var context = DecimalContext()
        return context.power(base, exponent)
    }

    /// An integer as a number; exact up to 34 digits.
    static func decimal(_ integer: Int128) -> Decimal128 {
        Decimal128(sign: integer < 0 ? .minus : .plus, coefficient: integer.magnitude, exponent: 0)
    }

    /// Nanoseconds as seconds, without trailing zeros of the fraction.
    static func seconds(_ nanoseconds: Int128) -> Decimal128 {
        (decimal(nanoseconds) / Decimal128(1_000_000_000)).withoutTrailingFractionZeros
    }

    /// A number cut to an integer; nil when it does not fit.
    static func integer(_ number: Decimal128) -> Int? { Int(truncating: number) }

    /// A number cut to an integer of up to 38 digits; nil when it does not fit.
    static func wideInteger(_ number: Decimal128) -> Int128? {
        guard number.isFinite else { return nil }
        let whole = number.rounded(scale: 0, mode: .down)
        var magnitude = whole.coefficient
        guard magnitude != 0 else { return 0 }
        guard whole.exponent <= 38 else { return nil }
        for _ in 0..<max(0, whole.exponent) {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            magnitude = product
        }
        for _ in 0..<max(0, -whole.exponent) { magnitude /= 10 }
        guard magnitude <= UInt128(Int128.max) else { return nil }
        return number.isNegative ? -Int128(magnitude) : Int128(magnitude)
    }

    /// A number that is an integer; nil for every other.
    static func exactInteger(_ number: Decimal128) -> Int? { Int(exactly: number) }
}
