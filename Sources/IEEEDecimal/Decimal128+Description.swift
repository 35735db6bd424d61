extension Decimal128: CustomStringConvertible {
    /// The number as the specification's scientific string, which reads back as the same value with the same exponent.
    ///
    /// `1.20`, `0`, `-1E+3`, `1.5E-7`, `Infinity`, `NaN12`: without an exponent if the stored exponent is not above 0 and
    /// the leading digit is not below the sixth after the point.
    public var description: String {
        guard isFinite else { return specialDescription }
        let adjusted = exponent + max(digitCount, 1) - 1
        if exponent <= 0 && adjusted >= -6 { return plainDescription }
        return DecimalText(self).scientific(exponent: adjusted)
    }

    /// The number without an exponent: `1200`, `0.00000015`.
    ///
    /// Zeros after the point are kept as stored. Very large and very small numbers take thousands of digits (at most 6,179
    /// characters). Infinities and NaNs are written as in ``description``.
    public var plainDescription: String {
        guard isFinite else { return specialDescription }
        return DecimalText(self).plain(exponent: exponent)
    }

    /// The number as ``description``, but with an exponent that is a multiple of three: `12.3E+6`, `150E-9`.
    public var engineeringDescription: String {
        guard isFinite else { return specialDescription }
        let adjusted = exponent + max(digitCount, 1) - 1
        if exponent <= 0 && adjusted >= -6 { return plainDescription }
        return DecimalText(self).engineering(exponent: adjusted)
    }

    private var specialDescription: String {
        let sign = isNegative ? "-" : ""
        if isInfinite { return sign + "Infinity" }
        let name = isSignalingNaN ? "sNaN" : "NaN"
        return sign + name + (payload == 0 ? "" : String(payload))
    }
}

/// The digits of a coefficient, and the texts made of them.
private struct DecimalText {
    private let negative: Bool
    private let digits: String

    init(_ value: Decimal128) {
        negative = value.isNegative
        let coefficient = value.coefficient
        digits = coefficient >> 64 == 0 ? String(UInt64(truncatingIfNeeded: coefficient)) : String(coefficient)
    }

    func scientific(exponent: Int) -> String {
        var text = negative ? "-" : ""
        let first = digits.utf8.index(after: digits.startIndex)
        text += digits[..<first]
        if first < digits.endIndex {
            text += "."
            text += digits[first...]
        }
        text += exponent < 0 ? "E" : "E+"
        text += String(exponent)
        return text
    }

    func engineering(exponent: Int) -> String {
        // One to three digits before the point; a zero shows as 0.00, 0.0 or 0.
        let places = ((exponent % 3) + 3) % 3
        let isZero = digits == "0"
        let power = isZero && places > 0 ? exponent - places + 3 : exponent - places
        let whole = isZero ? 1 : places + 1
        let missing = isZero ? (places > 0 ? 3 - places : 0) : max(0, whole - digits.utf8.count)
        let padded = digits + String(repeating: "0", count: missing)
        let point = padded.utf8.index(padded.startIndex, offsetBy: whole)
        var text = negative ? "-" : ""
        text += padded[..<point]
        if point < padded.endIndex {
            text += "."
            text += padded[point...]
        }
        if power != 0 { text += (power < 0 ? "E" : "E+") + String(power) }
        return text
    }

    func plain(exponent: Int) -> String {
        var text = negative ? "-" : ""
        let whole = digits.utf8.count + exponent
        if exponent >= 0 {
            text += digits
            if digits != "0" { text += String(repeating: "0", count: exponent) }
        } else if whole > 0 {
            let point = digits.utf8.index(digits.startIndex, offsetBy: whole)
            text += digits[..<point]
            text += "."
            text += digits[point...]
        } else {
            text += "0."
            text += String(repeating: "0", count: -whole)
            text += digits
        }
        return text
    }
}
