import Foundation
import IEEEDecimal
import Testing

/// Times of single operations; run in a release build:
/// `FRONTLINE_BENCHMARK=1 swift test -c release --filter ArithmeticBenchmark`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FRONTLINE_BENCHMARK"] != nil, "Set FRONTLINE_BENCHMARK=1."))
struct ArithmeticBenchmark {
    private static let count = 1024

    /// Amounts such as 1234.56, all with two digits after the point.
    private static let amounts = values {
        Decimal128(sign: .plus, coefficient: UInt128($0 % 100_000_000), exponent: -2)
    }
    /// Amounts and rates with none to four digits after the point.
    private static let mixed = values {
        Decimal128(
            sign: $0 & 1 == 0 ? .plus : .minus,
            coefficient: UInt128($0 % 10_000_000),
            exponent: -Int($0 >> 40 % 5)
        )
    }
    /// Coefficients of 34 digits.
    private static let long = values {
        let coefficient = UInt128($0) * 300_000_000_000_000 + 1_000_000_000_000_000_000_000_000_000_000_000
        return Decimal128(sign: .plus, coefficient: coefficient, exponent: -Int($0 % 30))
    }

    @Test
    func printsNanosecondsPerOperation() {
        for (name, operands) in [("money", Self.amounts), ("mixed", Self.mixed), ("34 digits", Self.long)] {
            let others = Array(operands.reversed())
            report(name, "add", Self.time(operands, others) { $0 + $1 })
            report(name, "subtract", Self.time(operands, others) { $0 - $1 })
            report(name, "multiply", Self.time(operands, others) { $0 * $1 })
            report(name, "divide", Self.time(operands, others) { $0 / $1 })
            report(name, "remainder", Self.time(operands, others) { $0.remainder($1) })
            report(name, "less", Self.time(operands, others) { $0 < $1 })
            report(name, "equal", Self.time(operands, others) { $0 == $1 })
            report(name, "hash", Self.time(operands, others) { left, _ in left.hashValue })
            report(name, "round to cents", Self.time(operands, others) { left, _ in left.rounded(scale: 1) })
            report(name, "square root", Self.time(operands, others, rounds: 20) { left, _ in left.squareRoot() })
        }
        let rates = Self.values { Decimal128(sign: .plus, coefficient: UInt128($0 % 100_000), exponent: -4) }
        report("rates", "exp", Self.time(rates, rates, rounds: 2) { left, _ in left.exp() })
        report("rates", "ln", Self.time(rates, rates, rounds: 2) { left, _ in left.ln() })
        report("rates", "power", Self.time(rates, rates, rounds: 2) { $0.power($1) })
        let texts = Self.mixed.map { Array($0.description.utf8) }
        report("mixed", "print", Self.time(Self.mixed, Self.mixed, rounds: 20) { left, _ in left.description })
        report(
            "mixed",
            "parse",
            Self.time(texts, texts, rounds: 100) { left, _ in left.withUnsafeBufferPointer { Decimal128(utf8: $0) } }
        )
    }

    private func report(_ operands: String, _ operation: String, _ nanoseconds: Double) {
        print("decimal \(operands): \(operation) \((nanoseconds * 10).rounded() / 10) ns")
    }

    private static func values(_ make: (UInt64) -> Decimal128) -> [Decimal128] {
        var state: UInt64 = 42
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return make(state >> 8)
        }
    }

    /// The least time of an operation over several runs.
    @inline(__always)
    private static func time<Operand, Result>(
        _ left: [Operand],
        _ right: [Operand],
        rounds: Int = 200,
        _ operation: (Operand, Operand) -> Result
    ) -> Double {
        var results: [Result] = (0..<count).map { operation(left[$0], right[$0]) }
        var best = Double.infinity
        for _ in 0..<7 {
            let start = ContinuousClock.now
            for _ in 0..<rounds {
                for index in 0..<count { results[index] = operation(left[index], right[index]) }
            }
            let nanoseconds = (ContinuousClock.now - start) / .nanoseconds(1)
            best = min(best, nanoseconds / Double(count * rounds))
        }
        return results.isEmpty ? 0 : best
    }
}
