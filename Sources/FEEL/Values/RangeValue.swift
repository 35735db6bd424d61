/// A range of comparable values, as `[1..10)` or, with one operator, as `(>= 10)` (DMN 1.5, 10.3.2.7).
public final class RangeValue: Sendable {
    /// How the range was written; ranges of different forms are never equal.
    public enum Form: Sendable, Hashable {
        /// Two ends, as in `[1..10]`.
        case interval
        /// `< e`, `<= e`, `> e` or `>= e`: one side has no end.
        case comparison
        /// `= e`.
        case equal
        /// `!= e`.
        case notEqual
    }

    /// How the range was written.
    public let form: Form
    /// The lower end; null when there is none.
    public let start: Value
    /// Whether the lower end belongs to the range.
    public let startIncluded: Bool
    /// The upper end; null when there is none.
    public let end: Value
    /// Whether the upper end belongs to the range.
    public let endIncluded: Bool

    /// Makes a range; the ends are not checked against each other.
    public init(
        start: Value,
        startIncluded: Bool,
        end: Value,
        endIncluded: Bool,
        form: Form = .interval
    ) {
        self.form = form
        self.start = start
        self.startIncluded = startIncluded
        self.end = end
        self.endIncluded = endIncluded
    }

    /// Whether a value lies in the range: true, false, or null when it cannot be compared with an end.
    public func contains(_ value: Value) -> Value {
        switch form {
        case .equal: return value.equals(start)
        case .notEqual: return value.equals(start).negated
        case .interval, .comparison: break
        }
        if start.isNull && end.isNull { return .null }
        let above = start.isNull ? .boolean(true) : lower(value)
        guard case .boolean(let aboveStart) = above else { return .null }
        let below = end.isNull ? .boolean(true) : upper(value)
        guard case .boolean(let belowEnd) = below else { return .null }
        return .boolean(aboveStart && belowEnd)
    }

    private func lower(_ value: Value) -> Value {
        guard let order = value.compare(start) else { return .null }
        return .boolean(order > 0 || (order == 0 && startIncluded))
    }

    private func upper(_ value: Value) -> Value {
        guard let order = value.compare(end) else { return .null }
        return .boolean(order < 0 || (order == 0 && endIncluded))
    }
}

extension Value {
    /// The negation of a boolean; null for everything else.
    var negated: Value {
        if case .boolean(let value) = self { return .boolean(!value) }
        return .null
    }
}
