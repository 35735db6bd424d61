/// An unsigned integer of 256 bits: what the product of two coefficients needs.
struct UInt256 {
    var high: UInt128
    var low: UInt128

    init(high: UInt128 = 0, _ low: UInt128) {
        self.high = high
        self.low = low
    }

    /// The full product of two integers.
    init(product left: UInt128, _ right: UInt128) {
        (high, low) = left.multipliedFullWidth(by: right)
    }
}

extension UInt256: Comparable {
    static func < (left: UInt256, right: UInt256) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}

extension UInt256 {
    var isZero: Bool { high | low == 0 }

    /// The number of decimal digits; zero has none.
    var digitCount: Int {
        if high == 0 { return PowersOfTen.digitCount(low) }
        let bitCount = 256 - high.leadingZeroBitCount
        let estimate = (bitCount * 1233) >> 12
        return self >= UInt256.powerOfTen(estimate) ? estimate + 1 : estimate
    }

    /// Ten to the power of `exponent`, for 0 to 77.
    static func powerOfTen(_ exponent: Int) -> UInt256 {
        UInt256(PowersOfTen.wide(min(exponent, 38))).scaled(byPowerOfTen: max(0, exponent - 38))
    }

    /// The sum, which must fit.
    static func + (left: UInt256, right: UInt256) -> UInt256 {
        let (low, carry) = left.low.addingReportingOverflow(right.low)
        return UInt256(high: left.high &+ right.high &+ (carry ? 1 : 0), low)
    }

    /// The difference; the left side must be the larger.
    static func - (left: UInt256, right: UInt256) -> UInt256 {
        let (low, borrow) = left.low.subtractingReportingOverflow(right.low)
        return UInt256(high: left.high &- right.high &- (borrow ? 1 : 0), low)
    }

    /// Quotient and remainder by a divisor other than zero.
    func quotientAndRemainder(dividingBy divisor: UInt128) -> (quotient: UInt256, remainder: UInt128) {
        if high == 0 {
            let (quotient, remainder) = low.quotientAndRemainder(dividingBy: divisor)
            return (UInt256(quotient), remainder)
        }
        let (upper, rest) = high.quotientAndRemainder(dividingBy: divisor)
        let (lower, remainder) = divisor.dividingFullWidth((rest, low))
        return (UInt256(high: upper, lower), remainder)
    }

    /// The quotient by ten to the power of `count`, and where what is cut off lies; any `count` from 0.
    func droppingDigits(_ count: Int) -> (quotient: UInt256, discarded: DiscardedPart) {
        let limit = PowersOfTen.largestExponent
        if count == 0 { return (self, .nothing) }
        if count <= limit {
            let divisor = PowersOfTen.wide(count)
            let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
            return (quotient, DiscardedPart(remainder: remainder, divisor: divisor))
        }
        if count > 77 { return (UInt256(0), isZero ? .nothing : .belowHalf) }
        let (upper, firstRemainder) = quotientAndRemainder(dividingBy: PowersOfTen.wide(limit))
        let (quotient, discarded) = upper.droppingDigits(count - limit)
        return (quotient, discarded.adding(something: firstRemainder != 0))
    }
}
