import FEEL

/// The moment of an evaluation, as the expression language has it.
enum PolicyClock {
    /// A moment in UTC, given in microseconds since 1970.
    static func moment(_ microseconds: Int64) -> DateAndTime {
        DateAndTime(nanoseconds: Int128(microseconds) * 1_000, zone: .utc) ?? .epoch
    }
}
