/// A time of day with a fraction down to nanoseconds and, where given, a zone.
@frozen
public struct TimeOfDay: Sendable, Hashable {
    /// 0 to 23.
    public let hour: UInt8
    /// 0 to 59.
    public let minute: UInt8
    /// 0 to 59.
    public let second: UInt8
    /// The fraction of the second, 0 to 999,999,999.
    public let nanosecond: Int32
    /// Where the time is told.
    public let zone: Zone

    /// A time; nil when there is none such (`24:00:00` belongs to ``DateAndTime`` and is read as midnight).
    public init?(hour: Int, minute: Int, second: Int, nanosecond: Int = 0, zone: Zone = .none) {
        guard hour >= 0, hour < 24, minute >= 0, minute < 60, second >= 0, second < 60, nanosecond >= 0,
            nanosecond < 1_000_000_000
        else { return nil }
        self.init(
            uncheckedSecondOfDay: Int64(hour * 3600 + minute * 60 + second),
            nanosecond: Int64(nanosecond),
            zone: zone
        )
    }

    init(uncheckedSecondOfDay second: Int64, nanosecond: Int64, zone: Zone) {
        hour = UInt8(second / 3600)
        minute = UInt8(second / 60 % 60)
        self.second = UInt8(second % 60)
        self.nanosecond = Int32(nanosecond)
        self.zone = zone
    }

    /// Midnight in a zone.
    public static func midnight(_ zone: Zone = .none) -> TimeOfDay {
        TimeOfDay(uncheckedSecondOfDay: 0, nanosecond: 0, zone: zone)
    }

    /// Seconds since midnight, without the fraction.
    public var secondOfDay: Int64 { Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second) }

    /// Nanoseconds since midnight.
    public var nanosecondOfDay: Int64 { secondOfDay * 1_000_000_000 + Int64(nanosecond) }

    /// The offset from UTC in seconds; for a region its standard offset of 1 January 1970 is of no use, so the
    /// offset on `day` (days since 1970) counts.
    func offset(onDay day: Int64 = 0) -> Int64? { zone.offset(atLocal: day * 86_400 + secondOfDay) }

    /// This time so many nanoseconds later, round the clock, in the same zone.
    func adding(nanoseconds: Int128) -> TimeOfDay {
        let day: Int128 = 86_400_000_000_000
        let sum = (Int128(nanosecondOfDay) + nanoseconds) % day
        let wrapped = Int64(sum < 0 ? sum + day : sum)
        return TimeOfDay(
            uncheckedSecondOfDay: wrapped / 1_000_000_000,
            nanosecond: wrapped % 1_000_000_000,
            zone: zone
        )
    }
}
