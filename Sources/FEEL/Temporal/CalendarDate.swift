/// A day of the proleptic Gregorian calendar, years −999,999,999 to 999,999,999, year 0 included.
@frozen
public struct CalendarDate: Sendable, Hashable, Comparable {
    /// Astronomical: the year 0 comes before the year 1.
    public let year: Int32
    /// 1 to 12.
    public let month: UInt8
    /// 1 to 31.
    public let day: UInt8

    /// The maximum year, either way.
    public static let maximumYear = 999_999_999

    private init(uncheckedYear year: Int, month: Int, day: Int) {
        self.year = Int32(year)
        self.month = UInt8(month)
        self.day = UInt8(day)
    }

    /// A date; nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard year.magnitude <= UInt(Self.maximumYear), month >= 1, month <= 12, day >= 1,
            day <= Self.days(inMonth: month, year: year)
        else { return nil }
        self.init(uncheckedYear: year, month: month, day: day)
    }

    /// The date of a count of days since 1970-01-01; nil out of range.
    ///
    /// After Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March.
    public init?(daysSince1970 days: Int64) {
        guard days.magnitude < 400_000_000_000 else { return nil }
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.init(year: Int(year), month: Int(month), day: Int(day))
    }

    /// Days since 1970-01-01.
    public var daysSince1970: Int64 {
        let year = Int64(self.year) - (month <= 2 ? 1 : 0)
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let shiftedMonth = Int64(month) + (month > 2 ? -3 : 9)
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Monday is 1, Sunday 7.
    public var weekday: Int {
        let remainder = (daysSince1970 + 3) % 7
        return Int(remainder < 0 ? remainder + 7 : remainder) + 1
    }

    /// 1 to 366.
    public var dayOfYear: Int {
        var days = Int(day)
        for month in 1..<Int(month) { days += Self.days(inMonth: month, year: Int(year)) }
        return days
    }

    /// The week of ISO 8601, 1 to 53.
    public var weekOfYear: Int {
        let week = (dayOfYear - weekday + 10) / 7
        if week < 1 { return Self.weeks(inYear: Int(year) - 1) }
        return week > Self.weeks(inYear: Int(year)) ? 1 : week
    }

    /// This day so many months later; the last day of the month where the day does not exist there.
    public func adding(months: Int64) -> CalendarDate? {
        let (total, overflow) = (Int64(year) * 12 + Int64(month) - 1).addingReportingOverflow(months)
        guard !overflow, abs(total) < 24_000_000_000 else { return nil }
        let remainder = total % 12
        let monthIndex = remainder < 0 ? remainder + 12 : remainder
        let year = Int((total - monthIndex) / 12)
        guard abs(year) <= Self.maximumYear else { return nil }
        let month = Int(monthIndex) + 1
        return CalendarDate(
            uncheckedYear: year,
            month: month,
            day: min(Int(day), Self.days(inMonth: month, year: year))
        )
    }

    /// Whether the left day comes first.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.order < right.order }

    /// A number that grows with the date.
    var order: Int64 { Int64(year) << 16 | Int64(month) << 8 | Int64(day) }

    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func weeks(inYear year: Int) -> Int {
        func lastWeekday(_ year: Int) -> Int {
            let sum = year + year.flooredQuotient(4) - year.flooredQuotient(100) + year.flooredQuotient(400)
            return sum - sum.flooredQuotient(7) * 7
        }
        return lastWeekday(year) == 4 || lastWeekday(year - 1) == 3 ? 53 : 52
    }
}

extension FixedWidthInteger {
    /// The quotient rounded towards negative infinity; the divisor is positive.
    func flooredQuotient(_ divisor: Self) -> Self {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
