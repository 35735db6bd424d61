/// A date with a time of day and, where given, a zone.
@frozen
public struct DateAndTime: Sendable, Hashable {
    /// The day by the local calendar.
    public let date: CalendarDate
    /// The time by the local clock, with the zone.
    public let time: TimeOfDay

    /// Puts a day and a time together.
    public init(date: CalendarDate, time: TimeOfDay) {
        self.date = date
        self.time = time
    }

    /// The zone, which the time carries.
    public var zone: Zone { time.zone }

    /// Seconds since 1970 by the local clock, without the fraction.
    public var localSeconds: Int64 { date.daysSince1970 * 86_400 + time.secondOfDay }

    /// Seconds since 1970 UTC without the fraction; nil without zone.
    public var utcSeconds: Int64? {
        guard let offset = zone.offset(atLocal: localSeconds) else { return nil }
        return localSeconds - offset
    }

    /// The date and time of a moment as told in a zone; without a zone the moment counts as local.
    ///
    /// `nanoseconds` counts from 1970 UTC, or from 1970 local without zone.
    public init?(nanoseconds: Int128, zone: Zone) {
        let (seconds128, fraction) = Self.split(nanoseconds)
        guard let seconds = Int64(exactly: seconds128), seconds.magnitude < 40_000_000_000_000_000 else { return nil }
        let local = seconds + (zone.offset(atUTC: seconds) ?? 0)
        let day = local.flooredQuotient(86_400)
        guard let date = CalendarDate(daysSince1970: day) else { return nil }
        self.date = date
        time = TimeOfDay(uncheckedSecondOfDay: local - day * 86_400, nanosecond: fraction, zone: zone)
    }

    /// Nanoseconds since 1970 UTC, or since 1970 local without zone.
    public var nanoseconds: Int128 {
        Int128(utcSeconds ?? localSeconds) * 1_000_000_000 + Int128(time.nanosecond)
    }

    /// This moment so much later, told in the same zone; nil out of range.
    func adding(_ duration: DaysAndTimeDuration) -> DateAndTime? {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.nanoseconds)
        return overflow ? nil : DateAndTime(nanoseconds: sum, zone: zone)
    }

    /// This date so many months later, at the same time of day.
    func adding(_ duration: YearsAndMonthsDuration) -> DateAndTime? {
        guard let date = date.adding(months: duration.months) else { return nil }
        return DateAndTime(date: date, time: time)
    }

    private static func split(_ nanoseconds: Int128) -> (Int128, Int64) {
        let seconds = nanoseconds.flooredQuotient(1_000_000_000)
        return (seconds, Int64(nanoseconds - seconds * 1_000_000_000))
    }
}
