import IEEEDecimal

extension Builtins {
    static let aggregates: [Builtin] = [
        Builtin("min", [.variadic { elements, _ in extreme(elements) { $0 < 0 } }]),
        Builtin("max", [.variadic { elements, _ in extreme(elements) { $0 > 0 } }]),
        Builtin("sum", [.variadic { elements, call in fold(elements, call, +) }]),
        Builtin("product", [.variadic { elements, call in fold(elements, call, *) }]),
        Builtin("all", [.variadic { elements, _ in logical(elements, decisive: false) }]),
        Builtin("any", [.variadic { elements, _ in logical(elements, decisive: true) }]),
    ]

    private static func extreme(_ elements: [Value], _ wins: (Int) -> Bool) -> Value? {
        guard var best = elements.first, best.compare(best) != nil else { return nil }
        for element in elements.dropFirst() {
            guard let order = element.compare(best) else { return nil }
            if wins(order) { best = element }
        }
        return best
    }

    /// Numbers of a list; nil when there are none or something else is among them.
    static func numbers(_ elements: [Value]) -> [Decimal128]? {
        guard !elements.isEmpty else { return nil }
        var result: [Decimal128] = []
        result.reserveCapacity(elements.count)
        for element in elements {
            guard case .number(let number) = element else { return nil }
            result.append(number)
        }
        return result
    }

    private static func fold(
        _ elements: [Value],
        _ call: Call,
        _ combine: (Decimal128, Decimal128) -> Decimal128
    ) -> Value? {
        guard let numbers = numbers(elements), let first = numbers.first else { return nil }
        return finite(numbers.dropFirst().reduce(first, combine), call)
    }

    static func finite(_ number: Decimal128, _ call: Call) -> Value {
        number.isFinite ? .number(number) : call.fail(.arithmetic, "the result is out of range")
    }

    /// `all` and `any`: null and what is no boolean leave the outcome open.
    private static func logical(_ elements: [Value], decisive: Bool) -> Value? {
        var isKnown = true
        for element in elements {
            guard case .boolean(let boolean) = element else {
                isKnown = false
                continue
            }
            if boolean == decisive { return .boolean(decisive) }
        }
        return isKnown ? .boolean(!decisive) : nil
    }
}
