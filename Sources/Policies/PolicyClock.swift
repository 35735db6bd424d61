package import FEEL

/// The time of an evaluation, in the form used by the expression language.
package enum PolicyClock {
    /// Converts microseconds since 1970 to a date and time in UTC.
    package static func moment(_ microseconds: Int64) -> DateAndTime {
        DateAndTime(nanoseconds: Int128(microseconds) * 1_000, zone: .utc) ?? .epoch
    }
}
