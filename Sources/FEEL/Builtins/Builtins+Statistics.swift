import IEEEDecimal

extension Builtins {
    static let statistics: [Builtin] = [
        Builtin(
            "mean",
            [
                .variadic { elements, call in
                    guard let numbers = numbers(elements) else { return nil }
                    return finite(numbers.reduce(.zero, +) / Decimal128(numbers.count), call)
                }
            ]
        ),
        Builtin(
            "median",
            [
                .variadic { elements, call in
                    guard call.count(elements.count >> 1) else { return .null }
                    guard let numbers = numbers(elements)?.sorted() else { return nil }
                    let middle = numbers.count / 2
                    if numbers.count % 2 == 1 { return .number(numbers[middle]) }
                    return finite((numbers[middle - 1] + numbers[middle]) / 2, call)
                }
            ]
        ),
        Builtin(
            "stddev",
            [
                .variadic { elements, call in
                    guard let numbers = numbers(elements), numbers.count > 1 else { return nil }
                    guard call.count(numbers.count >> 1) else { return .null }
                    let mean = numbers.reduce(.zero, +) / Decimal128(numbers.count)
                    let squares = numbers.reduce(.zero) { $0 + ($1 - mean) * ($1 - mean) }
                    return finite((squares / Decimal128(numbers.count - 1)).squareRoot(), call)
                }
            ]
        ),
        Builtin(
            "mode",
            [
                .variadic { elements, call in
                    if elements.isEmpty { return .list([]) }
                    guard call.count(elements.count >> 1) else { return .null }
                    guard let numbers = numbers(elements)?.sorted() else { return nil }
                    return call.bounded(modes(numbers).map(Value.number))
                }
            ]
        ),
    ]

    /// The numbers that stand most often in a sorted list.
    private static func modes(_ sorted: [Decimal128]) -> [Decimal128] {
        var best: [Decimal128] = []
        var bestCount = 0
        var start = 0
        while start < sorted.count {
            var end = start
            while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
            if end - start > bestCount { (best, bestCount) = ([], end - start) }
            if end - start == bestCount { best.append(sorted[start]) }
            start = end
        }
        return best
    }
}
