/// A length of time in whole months.
@frozen
public struct YearsAndMonthsDuration: Sendable, Hashable, Comparable {
    /// The length; negative for a length backwards.
    public let months: Int64

    /// The maximum length, either way.
    static let maximumMonths: Int64 = 1_000_000_000_000

    /// A length in months; nil beyond what can be told as a duration.
    public init?(months: Int64) {
        guard months >= -Self.maximumMonths, months <= Self.maximumMonths else { return nil }
        self.months = months
    }

    /// Whether the left length is the lesser.
    public static func < (left: Self, right: Self) -> Bool { left.months < right.months }
}

/// A length of time in days, hours, minutes, seconds and fractions down to nanoseconds.
@frozen
public struct DaysAndTimeDuration: Sendable, Hashable, Comparable {
    /// The length; negative for a length backwards.
    public let nanoseconds: Int128

    /// The maximum length, either way: beyond twice the span of all dates.
    static let maximumNanoseconds: Int128 = 10_000_000_000_000_000_000 * 1_000_000_000

    /// A length in nanoseconds; nil beyond what can be told as a duration.
    public init?(nanoseconds: Int128) {
        guard nanoseconds >= -Self.maximumNanoseconds, nanoseconds <= Self.maximumNanoseconds else { return nil }
        self.nanoseconds = nanoseconds
    }

    /// A length in seconds.
    public init(seconds: Int64) { nanoseconds = Int128(seconds) * 1_000_000_000 }

    /// Whole seconds, rounded towards zero.
    var wholeSeconds: Int64 { Int64(nanoseconds / 1_000_000_000) }

    /// Whether the left length is the lesser.
    public static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }
}
