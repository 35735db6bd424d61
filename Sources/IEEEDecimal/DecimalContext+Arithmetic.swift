extension DecimalContext {
    /// The sum, whose exponent is the smaller of the two if it is exact.
    public mutating func add(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        guard left.isFinite && right.isFinite else { return addSpecial(left, right) }
        return left.biasedExponent >= right.biasedExponent ? addAligned(left, right) : addAligned(right, left)
    }

    /// The difference, whose exponent is the smaller of the two if it is exact.
    public mutating func subtract(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        add(left, right.isNaN ? right : -right)
    }

    /// The product, whose exponent is the sum of the two if it is exact.
    public mutating func multiply(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        let negative = left.isNegative != right.isNegative
        guard left.isFinite && right.isFinite else {
            if let nan = propagatedNaN(left, right) { return nan }
            if left.isZero || right.isZero { return invalid() }
            return negative ? -.infinity : .infinity
        }
        let product = UInt256(product: left.rawCoefficient, right.rawCoefficient)
        return finish(
            negative: negative,
            coefficient: product,
            exponent: left.biasedExponent &+ right.biasedExponent &- 12352
        )
    }

    /// `left × right + addend`, rounded once.
    public mutating func fusedMultiplyAdd(
        _ left: Decimal128,
        _ right: Decimal128,
        _ addend: Decimal128
    ) -> Decimal128 {
        guard left.isFinite && right.isFinite && addend.isFinite else {
            return fusedSpecial(left, right, addend)
        }
        let product = UInt256(product: left.rawCoefficient, right.rawCoefficient)
        let first = Term(left.isNegative != right.isNegative, product, left.exponent + right.exponent)
        let second = Term(addend.isNegative, UInt256(addend.rawCoefficient), addend.exponent)
        return first.exponent >= second.exponent ? sum(first, second) : sum(second, first)
    }

    private mutating func addSpecial(_ left: Decimal128, _ right: Decimal128) -> Decimal128 {
        if let nan = propagatedNaN(left, right) { return nan }
        if left.isInfinite && right.isInfinite && left.isNegative != right.isNegative { return invalid() }
        return left.isInfinite ? left : right
    }

    private mutating func fusedSpecial(
        _ left: Decimal128,
        _ right: Decimal128,
        _ addend: Decimal128
    ) -> Decimal128 {
        let anySignals = left.isSignalingNaN || right.isSignalingNaN
        if addend.isSignalingNaN && !anySignals { return propagatedNaN(addend) ?? .nan }
        if left.isNaN || right.isNaN { return propagatedNaN(left, right) ?? .nan }
        if !left.isFinite || !right.isFinite { return add(multiply(left, right), addend) }
        return propagatedNaN(addend) ?? addend
    }

    private mutating func addAligned(_ upper: Decimal128, _ lower: Decimal128) -> Decimal128 {
        sum(
            Term(upper.isNegative, UInt256(upper.rawCoefficient), upper.biasedExponent &- 6176),
            Term(lower.isNegative, UInt256(lower.rawCoefficient), lower.biasedExponent &- 6176)
        )
    }
}

/// A finite number with more digits than a value can have.
private struct Term {
    var negative: Bool
    var coefficient: UInt256
    var exponent: Int

    init(_ negative: Bool, _ coefficient: UInt256, _ exponent: Int) {
        self.negative = negative
        self.coefficient = coefficient
        self.exponent = exponent
    }
}

extension DecimalContext {
    /// The sum of two terms, of which `upper` has the larger exponent.
    private mutating func sum(_ upper: Term, _ lower: Term) -> Decimal128 {
        var (upper, lower) = (upper, lower)
        if upper.coefficient.isZero { return sumWithZero(lower, zeroIsNegative: upper.negative, upper.exponent) }
        // With 75 digits or fewer the sum and its carry fit; with at least 38 the digits below cannot touch the rounding.
        let gap = upper.exponent - lower.exponent
        // 113 bits have at most 34 digits.
        let isShort = gap <= 41 && upper.coefficient.high == 0 && upper.coefficient.low >> 113 == 0
        let shift = isShort ? gap : min(gap, 75 - upper.coefficient.digitCount)
        upper.coefficient = upper.coefficient.scaled(byPowerOfTen: shift)
        upper.exponent -= shift
        let (aligned, discarded) = lower.coefficient.droppingDigits(gap - shift)
        lower.coefficient = aligned
        return combine(upper, lower, more: discarded != .nothing)
    }

    /// Adds terms of the same exponent; `more` says that the true magnitude of `lower` is larger by less than a unit.
    private mutating func combine(_ upper: Term, _ lower: Term, more: Bool) -> Decimal128 {
        var negative = upper.negative
        var total: UInt256
        if upper.negative == lower.negative {
            total = upper.coefficient + lower.coefficient
        } else if upper.coefficient > lower.coefficient {
            total = upper.coefficient - lower.coefficient
            if more { total = total - UInt256(1) }
        } else {
            total = lower.coefficient - upper.coefficient
            negative = total.isZero ? rounding == .floor : lower.negative
        }
        return finish(negative: negative, coefficient: total, exponent: upper.exponent, more: more)
    }

    private mutating func sumWithZero(_ term: Term, zeroIsNegative: Bool, _ exponent: Int) -> Decimal128 {
        var negative = term.negative
        if term.coefficient.isZero && zeroIsNegative != negative { negative = rounding == .floor }
        return finish(negative: negative, coefficient: term.coefficient, exponent: min(term.exponent, exponent))
    }
}
