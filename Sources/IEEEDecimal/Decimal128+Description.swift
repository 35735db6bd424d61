extension Decimal128: CustomStringConvertible {
    /// The number as the specification's scientific string, which reads back as the same value with the same exponent.
    ///
    /// `1.20`, `0`, `-1E+3`, `1.5E-7`, `Infinity`, `NaN12`: without an exponent if the stored exponent is not above 0 and
    /// the leading digit is not below the sixth after the point.
    public var description: String {
        guard isFinite else { return specialDescription }
        let exponent = exponent
        let leading = leadingExponent
        if exponent <= 0 && leading >= -6 { return DecimalText.string(of: self) { $0.plain(exponent: exponent) } }
        return DecimalText.string(of: self) { $0.scientific(exponent: leading) }
    }

    /// The number without an exponent: `1200`, `0.00000015`.
    ///
    /// Zeros after the point are kept as stored. Very large and very small numbers take thousands of digits (at most 6,179
    /// characters). Infinities and NaNs are written as in ``description``.
    public var plainDescription: String {
        guard isFinite else { return specialDescription }
        let exponent = exponent
        let capacity = DecimalText.usualCapacity + abs(exponent)
        return DecimalText.string(of: self, capacity: capacity) { $0.plain(exponent: exponent) }
    }

    /// The number as ``description``, but with an exponent that is a multiple of three: `12.3E+6`, `150E-9`.
    public var engineeringDescription: String {
        guard isFinite else { return specialDescription }
        let leading = leadingExponent
        if exponent <= 0 && leading >= -6 { return description }
        return DecimalText.string(of: self) { $0.engineering(exponent: leading) }
    }

    /// The exponent of the first digit that is printed.
    private var leadingExponent: Int { exponent + max(digitCount, 1) - 1 }

    private var specialDescription: String {
        let sign = isNegative ? "-" : ""
        if isInfinite { return sign + "Infinity" }
        let name = isSignalingNaN ? "sNaN" : "NaN"
        return sign + name + (payload == 0 ? "" : String(payload))
    }
}
