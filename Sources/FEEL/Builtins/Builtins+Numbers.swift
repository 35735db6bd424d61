import IEEEDecimal

extension Builtins {
    static let numbers: [Builtin] = [
        Builtin("decimal", [scaled(mode: .halfEven)]),
        rounding("floor", .floor), rounding("ceiling", .ceiling),
        Builtin("round up", [scaled(mode: .up)]), Builtin("round down", [scaled(mode: .down)]),
        Builtin("round half up", [scaled(mode: .halfUp)]), Builtin("round half down", [scaled(mode: .halfDown)]),
        Builtin(
            "abs",
            [FEELType.number, .yearsAndMonthsDuration, .daysAndTimeDuration].map { magnitude(of: $0) }
        ),
        Builtin(
            "modulo",
            [
                .init(["dividend": .number, "divisor": .number]) { arguments, call in
                    guard case .number(let dividend) = arguments[0], case .number(let divisor) = arguments[1] else {
                        return nil
                    }
                    return modulo(dividend, divisor, call)
                }
            ]
        ),
        function("sqrt", 1) { $0.isNegative && !$0.isZero ? nil : $0.squareRoot() },
        function("log", Cost.logarithm) { $0.isNegative || $0.isZero ? nil : $0.ln() },
        function("exp", Cost.logarithm) { $0.exp() },
        parity("odd", 1), parity("even", 0),
    ]

    private static func magnitude(of type: FEELType) -> Builtin.Signature {
        .init(["n": type]) { arguments, _ in
            let value = arguments[0]
            switch value {
            case .number(let number): return .number(number.magnitude)
            case .yearsAndMonthsDuration(let duration): return duration.months < 0 ? value.minus : value
            case .daysAndTimeDuration(let duration): return duration.nanoseconds < 0 ? value.minus : value
            default: return nil
            }
        }
    }

    private static func scaled(mode: DecimalRounding) -> Builtin.Signature {
        .init(["n": .number, "scale": .number]) { arguments, call in
            guard case .number(let number) = arguments[0], case .number(let scale) = arguments[1] else { return nil }
            return rounded(number, scale, mode, call)
        }
    }

    private static func rounding(_ name: String, _ mode: DecimalRounding) -> Builtin {
        Builtin(
            name,
            [
                .init(["n": .number]) { arguments, call in
                    guard case .number(let number) = arguments[0] else { return nil }
                    return rounded(number, .zero, mode, call)
                },
                scaled(mode: mode),
            ]
        )
    }

    private static func rounded(
        _ number: Decimal128,
        _ scale: Decimal128,
        _ mode: DecimalRounding,
        _ call: Call
    ) -> Value {
        guard let scale = Numbers.integer(scale), scale >= -6111, scale <= 6176 else {
            return call.fail(.argument, "the scale must be from -6111 to 6176")
        }
        let result = number.rounded(scale: scale, mode: mode)
        return result.isFinite ? .number(result) : call.fail(.arithmetic, "\(number) cannot have \(scale) decimals")
    }

    private static func modulo(_ dividend: Decimal128, _ divisor: Decimal128, _ call: Call) -> Value {
        guard !divisor.isZero else { return call.fail(.arithmetic, "division by zero") }
        var result = dividend.remainder(divisor)
        if !result.isFinite {
            result = dividend - divisor * (dividend / divisor).rounded(scale: 0, mode: .floor)
        } else if !result.isZero, result.isNegative != divisor.isNegative {
            result += divisor
        }
        return result.isFinite ? .number(result) : call.fail(.arithmetic, "the result is out of range")
    }

    private static func function(
        _ name: String,
        _ steps: Int,
        _ compute: @escaping @Sendable (Decimal128) -> Decimal128?
    ) -> Builtin {
        Builtin(
            name,
            [
                .init(["number": .number]) { arguments, call in
                    guard case .number(let number) = arguments[0] else { return nil }
                    guard call.count(steps) else { return .null }
                    guard let result = compute(number), result.isFinite else {
                        return call.fail(.arithmetic, "\(number) has no result")
                    }
                    return .number(result)
                }
            ]
        )
    }

    private static func parity(_ name: String, _ remainder: Int) -> Builtin {
        Builtin(
            name,
            [
                .init(["number": .number]) { arguments, _ in
                    guard case .number(let number) = arguments[0] else { return nil }
                    guard number.isInteger else { return .boolean(false) }
                    let rest = number.remainder(2)
                    let isOdd = rest.isFinite && !rest.isZero
                    return .boolean(isOdd == (remainder == 1))
                }
            ]
        )
    }
}
