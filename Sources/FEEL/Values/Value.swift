public import IEEEDecimal

/// A value of the expression language (DMN 1.5, 10.3.2).
///
/// Values are immutable and safe to share between threads. A copy costs at most one reference count. Equality
/// in the sense of the language is ``equals(_:)``, not `==`, because it has three outcomes; `Value` is therefore
/// not `Equatable`.
///
/// ## Topics
/// - ``List``, ``Context``, ``RangeValue``, ``Function``
/// - ``CalendarDate``, ``TimeOfDay``, ``DateAndTime``, ``YearsAndMonthsDuration``, ``DaysAndTimeDuration``
@frozen
public enum Value: Sendable {
    /// No value, or the outcome of an error.
    case null
    case boolean(Bool)
    /// An IEEE 754 decimal of 34 digits.
    case number(Decimal128)
    /// Text, counted in Unicode code points.
    case string(String)
    case date(CalendarDate)
    case time(TimeOfDay)
    case dateAndTime(DateAndTime)
    case yearsAndMonthsDuration(YearsAndMonthsDuration)
    case daysAndTimeDuration(DaysAndTimeDuration)
    case list(List)
    case context(Context)
    case range(RangeValue)
    case function(Function)

    /// Whether this is `null`.
    @inlinable public var isNull: Bool {
        if case .null = self { return true }
        return false
    }

    /// Whether this is the boolean `true`: not null, not another type.
    @inlinable public var isTrue: Bool {
        if case .boolean(true) = self { return true }
        return false
    }

    /// How deeply lists, contexts and functions nest in this value; 0 for a scalar.
    ///
    /// Values are bounded in depth so that comparing, printing and releasing them cannot exhaust a stack.
    public var depth: Int {
        switch self {
        case .list(let list): list.depth
        case .context(let context): context.depth
        case .function(let function): function.depth
        case .range: 1
        default: 0
        }
    }

    /// How many values there are in this value, long strings counting for several; 1 for a short scalar.
    ///
    /// A value that stands in several places counts in each of them: size bounds what comparing and printing cost.
    public var size: Int {
        switch self {
        case .list(let list): list.size
        case .context(let context): context.size
        case .string(let string): 1 + string.utf8.count >> 4
        default: 1
        }
    }

    /// A list of these elements.
    public static func list(_ elements: [Value]) -> Value { .list(List(elements)) }

    /// The number of an integer.
    public static func number(_ integer: Int) -> Value { .number(Decimal128(integer)) }
}

extension Value: ExpressibleByBooleanLiteral, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A number.
    public init(integerLiteral value: Int) { self = .number(Decimal128(value)) }
}
