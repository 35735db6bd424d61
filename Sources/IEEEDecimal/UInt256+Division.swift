extension UInt256 {
    /// Quotient and remainder by a divisor other than zero: long division with words as digits (Knuth, volume 2, 4.3.1).
    func quotientAndRemainder(dividingBy divisor: UInt128) -> (quotient: UInt256, remainder: UInt128) {
        if divisor >> 64 == 0 {
            let (quotient, remainder) = quotientAndRemainder(dividingBy: UInt64(truncatingIfNeeded: divisor))
            return (quotient, UInt128(remainder))
        }
        if high == 0 && low < divisor { return (UInt256(0), low) }
        // Both shifted left until the divisor fills its words.
        let shift = UInt128(divisor.leadingZeroBitCount)
        let normalized = divisor &<< shift
        let carried = shift == 0 ? 0 : low &>> (128 &- shift)
        let (upper, lower) = (high &<< shift | carried, low &<< shift)
        // What is shifted out on the left is below the divisor, as the divisor has more than 64 bits.
        let top = shift == 0 ? 0 : high &>> (128 &- shift)
        var remainder = top << 64 | upper >> 64
        var quotient = UInt256(0)
        if high != 0 {
            quotient.high = UInt128(normalized.divide(&remainder, upper.lowHalf))
        } else {
            remainder = upper
        }
        let first = UInt128(normalized.divide(&remainder, lower.highHalf))
        quotient.low = first << 64 | UInt128(normalized.divide(&remainder, lower.lowHalf))
        return (quotient, remainder &>> shift)
    }

    /// Quotient and remainder by a word other than zero.
    @inline(__always)
    func quotientAndRemainder(dividingBy divisor: UInt64) -> (quotient: UInt256, remainder: UInt64) {
        var (quotient, remainder) = (UInt256(0), UInt64(0))
        if high != 0 {
            let (first, next) = divisor.dividing(remainder, high.highHalf)
            let (second, rest) = divisor.dividing(next, high.lowHalf)
            quotient.high = UInt128(first) << 64 | UInt128(second)
            remainder = rest
        }
        let (third, next) = divisor.dividing(remainder, low.highHalf)
        let (fourth, rest) = divisor.dividing(next, low.lowHalf)
        quotient.low = UInt128(third) << 64 | UInt128(fourth)
        return (quotient, rest)
    }

    /// The quotient by ten to the power of `count`, and where what is cut off lies; any `count` from 0.
    func droppingDigits(_ count: Int) -> (quotient: UInt256, discarded: DiscardedPart) {
        if count == 0 { return (self, .nothing) }
        if count <= PowersOfTen.largestNarrowFive { return droppingFewDigits(count) }
        if count > 77 { return (UInt256(0), isZero ? .nothing : .belowHalf) }
        let (upper, first) = droppingFewDigits(PowersOfTen.largestNarrowFive)
        let (quotient, discarded) = upper.droppingDigits(count - PowersOfTen.largestNarrowFive)
        return (quotient, discarded.adding(something: first != .nothing))
    }

    /// Divides by 2^count and 5^count, which fits a word.
    private func droppingFewDigits(_ count: Int) -> (quotient: UInt256, discarded: DiscardedPart) {
        let shift = UInt128(truncatingIfNeeded: count)
        let below = low & ((1 &<< shift) &- 1)
        let shifted = UInt256(high: high &>> shift, low &>> shift | high &<< (128 &- shift))
        let (quotient, rest) = shifted.quotientAndRemainder(dividingBy: PowersOfTen.five(count))
        let remainder = UInt128(rest) &<< shift | below
        return (quotient, DiscardedPart(remainder: remainder, divisor: PowersOfTen.wide(count)))
    }
}

extension UInt64 {
    /// Divides `high × 2^64 + low`, where `high` is below this divisor.
    @inline(__always)
    fileprivate func dividing(_ high: UInt64, _ low: UInt64) -> (quotient: UInt64, remainder: UInt64) {
        if high == 0 { return low.quotientAndRemainder(dividingBy: self) }
        return dividingFullWidth((high, low))
    }
}

extension UInt128 {
    @inline(__always)
    var highHalf: UInt64 { UInt64(truncatingIfNeeded: self >> 64) }
    @inline(__always)
    var lowHalf: UInt64 { UInt64(truncatingIfNeeded: self) }

    /// One digit of a long division by this divisor, whose top bit must be set.
    ///
    /// Takes `remainder`, which is below the divisor, and the next word down; leaves the new remainder.
    fileprivate func divide(_ remainder: inout UInt128, _ next: UInt64) -> UInt64 {
        let (top, bottom) = (highHalf, UInt128(lowHalf))
        var digit = UInt64.max
        var rest: UInt128
        if remainder.highHalf < top {
            let (quotient, left) = top.dividing(remainder.highHalf, remainder.lowHalf)
            (digit, rest) = (quotient, UInt128(left))
        } else {
            rest = UInt128(remainder.lowHalf) &+ UInt128(top)
        }
        // The digit is at most two too large.
        var product = UInt128(digit) &* bottom
        while rest >> 64 == 0 && product > rest << 64 | UInt128(next) {
            digit &-= 1
            rest &+= UInt128(top)
            product &-= bottom
        }
        remainder = (rest << 64 | UInt128(next)) &- product
        return digit
    }
}
