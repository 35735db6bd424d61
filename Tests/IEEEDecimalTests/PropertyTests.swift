import IEEEDecimal
import Testing

/// Properties that hold for all values, on random ones.
@Suite
struct PropertyTests {
    private static let count = 10_000

    /// Calls the check with random pairs of values.
    private func forPairs(seed: UInt64, _ check: (Decimal128, Decimal128) throws -> Void) rethrows {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<Self.count {
            let left = RandomDecimals.any(&generator)
            let right = RandomDecimals.any(&generator)
            try check(left, right)
            // Operands of the same exponent take other paths.
            if left.isFinite && right.isFinite && left.exponent < 6000 {
                try check(left, Decimal128(sign: right.sign, coefficient: right.coefficient, exponent: left.exponent))
            }
        }
    }

    @Test
    func textReadsBackAsTheSameBits() {
        forPairs(seed: 1) { value, _ in
            #expect(Decimal128(value.description)?.bitPattern == value.bitPattern)
            #expect(Decimal128(value.engineeringDescription) == value || value.isNaN)
        }
    }

    @Test
    func plainTextReadsBackAsTheSameNumber() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<2_000 {
            let value = RandomDecimals.any(&generator)
            let text = value.plainDescription
            #expect(!value.isFinite || !text.contains("E"))
            #expect(Decimal128(text) == value || value.isNaN, "\(value) \(text)")
        }
    }

    @Test
    func encodingsReadBackAsTheSameBits() {
        forPairs(seed: 3) { value, _ in
            #expect(Decimal128(bitPattern: value.bitPattern).bitPattern == value.bitPattern)
            let packed = value.denselyPackedBitPattern
            #expect(Decimal128(denselyPackedBitPattern: packed).bitPattern == value.bitPattern)
        }
    }

    @Test
    func operatorsAgreeWithTheContext() {
        forPairs(seed: 4) { left, right in
            var context = DecimalContext()
            #expect((left + right).bitPattern == context.add(left, right).bitPattern, "\(left) + \(right)")
            #expect((left - right).bitPattern == context.subtract(left, right).bitPattern, "\(left) - \(right)")
            #expect((left * right).bitPattern == context.multiply(left, right).bitPattern, "\(left) * \(right)")
            let rest = context.remainder(left, by: right)
            #expect(left.remainder(right).bitPattern == rest.bitPattern, "\(left) remainder \(right)")
            let quotient = context.divideInteger(left, by: right)
            #expect(left.quotientInteger(right).bitPattern == quotient.bitPattern, "\(left) quotient \(right)")
        }
    }

    @Test
    func addingAndSubtractingAnAmountGivesTheFirstAgain() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<Self.count {
            let (left, right) = (RandomDecimals.amount(&generator), RandomDecimals.amount(&generator))
            let result = left + right - right
            #expect(result == left && (result.exponent == left.exponent))
        }
    }

    @Test
    func orderAgreesWithTheSignOfTheDifference() {
        forPairs(seed: 6) { left, right in
            var context = DecimalContext()
            let difference = context.subtract(left, right)
            if left.isNaN || right.isNaN {
                #expect(left.compare(right) == nil && left != right)
                #expect(!(left < right) && !(left <= right) && !(left > right) && !(left >= right))
            } else if !difference.isNaN {
                let order = difference.isZero ? 0 : difference.isNegative ? -1 : 1
                #expect(left.compare(right) == order, "\(left) \(right)")
                #expect((left < right) == (order < 0) && (left > right) == (order > 0))
                #expect((left <= right) == (order <= 0) && (left >= right) == (order >= 0))
                #expect((left == right) == (order == 0))
            }
        }
    }

    @Test
    func equalNumbersHaveEqualHashes() {
        forPairs(seed: 7) { value, _ in
            guard value.isFinite else { return }
            let reduced = value.reduced
            #expect(reduced == value && reduced.hashValue == value.hashValue)
            #expect(reduced.isZero || reduced.coefficient % 10 != 0 || reduced.exponent == 6111)
            let padded = value.quantized(to: max(value.exponent - 3, -6176))
            #expect(padded.isNaN || (padded == value && padded.hashValue == value.hashValue))
        }
        #expect(Decimal128.zero.hashValue == (-Decimal128.zero).hashValue)
    }

    @Test
    func quotientAndRemainderMakeUpTheDividend() {
        forPairs(seed: 8) { dividend, divisor in
            var context = DecimalContext()
            let quotient = context.divideInteger(dividend, by: divisor)
            let rest = context.remainder(dividend, by: divisor)
            guard dividend.isFinite && divisor.isFinite && !quotient.isNaN && !rest.isNaN else { return }
            context.status = []
            #expect(context.fusedMultiplyAdd(quotient, divisor, rest) == dividend, "\(dividend) \(divisor)")
            #expect(!context.status.contains(.inexact))
            #expect(rest.magnitude < divisor.magnitude)
        }
    }

    @Test
    func roundedQuotientsAreNearest() {
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<Self.count {
            let dividend = RandomDecimals.finite(exponents: -30...30, &generator)
            let divisor = RandomDecimals.finite(exponents: -30...30, &generator)
            let quotient = dividend / divisor
            guard quotient.isFinite && !quotient.isZero else { continue }
            // The error of the quotient times the divisor is at most half a unit of the quotient's last digit.
            let error = (-quotient).fusedMultiplyAdd(divisor, dividend).magnitude
            let half = Decimal128(coefficient: 5, exponent: quotient.exponent - 1)
            #expect(error <= (half * divisor).magnitude.nextUp, "\(dividend) / \(divisor)")
        }
    }

    @Test
    func rootsBracketTheirSquare() {
        var generator = SeededGenerator(seed: 10)
        for _ in 0..<Self.count {
            let value = RandomDecimals.finite(exponents: -3000...3000, &generator).magnitude
            let root = value.squareRoot()
            guard !value.isZero else { continue }
            #expect(root.nextDown.fusedMultiplyAdd(root.nextDown, -value).isNegative, "\(value)")
            #expect(!root.nextUp.fusedMultiplyAdd(root.nextUp, -value).isNegative, "\(value)")
        }
    }

    @Test(arguments: DecimalRounding.allCases)
    func roundingAgreesWithQuantizing(mode: DecimalRounding) {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<5_000 {
            let value = RandomDecimals.finite(exponents: -40...3, &generator)
            let scale = Int.random(in: -5...20, using: &generator)
            var context = DecimalContext(rounding: mode)
            let expected = scale < -value.exponent ? context.quantize(value, toExponent: -scale) : value
            #expect(value.rounded(scale: scale, mode: mode).bitPattern == expected.bitPattern, "\(value) \(scale)")
        }
    }

    @Test
    func logarithmsUndoExponentials() {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<200 {
            let value = RandomDecimals.finite(exponents: -6 ... -2, digits: 6, &generator)
            let back = value.exp().ln()
            #expect((back - value).magnitude <= Decimal128(coefficient: 2, exponent: -32), "\(value)")
        }
    }

    @Test
    func anyBytesReadAsANumberOrAsNone() {
        var generator = SeededGenerator(seed: 13)
        let alphabet = Array("0123456789+-.eEnNaAsSiIfFtTyY \u{0}é".utf8)
        for _ in 0..<Self.count {
            let count = Int.random(in: 0..<24, using: &generator)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            let value = bytes.withUnsafeBufferPointer { Decimal128(utf8: $0) }
            guard let value else { continue }
            #expect(Decimal128(value.description)?.bitPattern == value.bitPattern)
        }
    }
}
