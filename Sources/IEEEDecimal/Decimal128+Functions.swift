extension Decimal128 {
    /// The square root, correctly rounded; NaN below zero.
    public func squareRoot() -> Decimal128 {
        var context = DecimalContext()
        return context.squareRoot(self)
    }

    /// Euler's number to the power of this value, correctly rounded.
    public func exp() -> Decimal128 {
        var context = DecimalContext()
        return context.exp(self)
    }

    /// The natural logarithm, correctly rounded; −∞ for zero, NaN below zero.
    public func ln() -> Decimal128 {
        var context = DecimalContext()
        return context.ln(self)
    }

    /// The decimal logarithm, correctly rounded and exact for powers of ten; −∞ for zero, NaN below zero.
    public func log10() -> Decimal128 {
        var context = DecimalContext()
        return context.log10(self)
    }

    /// This value to the power of `exponent`, correctly rounded; NaN for 0⁰ and for a fractional power of a negative number.
    public func power(_ exponent: Decimal128) -> Decimal128 {
        var context = DecimalContext()
        return context.power(self, exponent)
    }
}
