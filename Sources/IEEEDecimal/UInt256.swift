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
        let (left0, left1) = (UInt128(left.lowHalf), left >> 64)
        let (right0, right1) = (UInt128(right.lowHalf), right >> 64)
        let lowest = left0 &* right0
        // Neither sum can overflow: a product of words is at most 2^128 − 2^65 + 1.
        let middle = left1 &* right0 &+ lowest >> 64
        let other = left0 &* right1 &+ UInt128(middle.lowHalf)
        low = other << 64 | UInt128(lowest.lowHalf)
        high = left1 &* right1 &+ middle >> 64 &+ other >> 64
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
        return self >= PowersOfTen.double(estimate) ? estimate + 1 : estimate
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

    /// The product with a word, which must fit.
    func multiplied(by word: UInt64) -> UInt256 {
        let factor = UInt128(word)
        let lowest = UInt128(low.lowHalf) &* factor
        let next = (low >> 64) &* factor &+ (lowest >> 64)
        let lower = next << 64 | UInt128(lowest.lowHalf)
        return UInt256(high: high &* factor &+ (next >> 64), lower)
    }

    /// The product with ten to the power of `exponent`, which must fit.
    func scaled(byPowerOfTen exponent: Int) -> UInt256 {
        var (result, remaining) = (self, exponent)
        while remaining > 0 {
            let step = min(remaining, PowersOfTen.largestNarrowExponent)
            result = result.multiplied(by: PowersOfTen.narrow(step))
            remaining -= step
        }
        return result
    }
}
