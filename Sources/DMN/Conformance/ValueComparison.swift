import FEEL
import IEEEDecimal

/// Compares values as the public runners of the conformance suite do.
enum ValueComparison {
    /// How far numbers may lie apart: 10⁻⁸.
    private static let tolerance = Decimal128(coefficient: 1, exponent: -8)

    /// What differs between the expected and the actual value, as a sentence; nil when they agree.
    ///
    /// Numbers agree within 10⁻⁸, lists item by item, contexts with the same keys in any order. Depth is bounded by
    /// the reader of test cases.
    static func difference(expected: Value, actual: Value) -> String? {
        switch (expected, actual) {
        case (.null, .null):
            return nil
        case (.list(let left), .list(let right)):
            return difference(left, right)
        case (.context(let left), .context(let right)):
            return difference(left, right)
        case (.number(let left), .number(let right)):
            let distance = left < right ? right - left : left - right
            return left == right || distance <= tolerance ? nil : describe(expected, actual)
        default:
            return expected.equals(actual).isTrue ? nil : describe(expected, actual)
        }
    }

    private static func difference(_ expected: List, _ actual: List) -> String? {
        guard expected.count == actual.count else {
            return "expected \(expected.count) items, got \(actual.count): "
                + describe(.list(expected), .list(actual))
        }
        for (index, (left, right)) in zip(expected, actual).enumerated() {
            if let difference = difference(expected: left, actual: right) {
                return "item \(index + 1): \(difference)"
            }
        }
        return nil
    }

    private static func difference(_ expected: Context, _ actual: Context) -> String? {
        for (key, value) in expected.entries {
            guard let other = actual[key] else {
                return "entry '\(key)' is missing"
            }
            if let difference = difference(expected: value, actual: other) {
                return "entry '\(key)': \(difference)"
            }
        }
        let extra = actual.entries.first { expected[$0.key] == nil }
        return extra.map { "entry '\($0.key)' was not expected" }
    }

    private static func describe(_ expected: Value, _ actual: Value) -> String {
        "expected \(String(describing: expected).prefix(200)), got \(String(describing: actual).prefix(200))"
    }
}
