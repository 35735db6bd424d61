extension DecimalContext {
    /// The base multiplied by itself `exponent` times, by repeated squaring; rounds at every step.
    mutating func integerPower(_ base: Decimal128, _ exponent: UInt64) -> Decimal128 {
        var (result, square, remaining) = (Decimal128.one, base, exponent)
        while remaining != 0 {
            if remaining & 1 == 1 { result = multiply(result, square) }
            remaining >>= 1
            if remaining != 0 { square = multiply(square, square) }
        }
        return result
    }
}
