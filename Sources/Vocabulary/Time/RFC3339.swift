/// Converts times between RFC 3339 text and microseconds since 1970 (UTC), for the years 1 to 9999.
package enum RFC3339 {
    /// Reads a date, `T` or a space, a time with up to nine fractional digits, and `Z` or an offset.
    ///
    /// A date alone means its start in UTC; digits beyond microseconds are dropped.
    ///
    /// - Returns: nil for anything else, and for days and times that do not exist.
    package static func microseconds(_ text: String) -> Int64? {
        var reader = RFC3339Reader(text)
        return reader.read()
    }

    /// The start of a day of the Gregorian calendar; nil if the day does not exist.
    package static func microseconds(year: Int64, month: Int64, day: Int64) -> Int64? {
        CivilDate.days(year: year, month: month, day: day).map { $0 * 86_400_000_000 }
    }

    /// The text of a time in UTC with `Z`; the fraction is absent, or has three or six digits.
    package static func text(of microseconds: Int64) -> String {
        let (days, time) = microseconds.quotientAndRemainderFlooring(dividingBy: 86_400_000_000)
        let seconds = time / 1_000_000
        let fraction = time % 1_000_000
        var text = date(days: days)
        text += "T" + padded(seconds / 3_600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2)
        if fraction % 1_000 != 0 {
            text += "." + padded(fraction, 6)
        } else if fraction != 0 {
            text += "." + padded(fraction / 1_000, 3)
        }
        return text + "Z"
    }

    /// The date alone, if the time is the start of a day in UTC; otherwise nil.
    package static func date(of microseconds: Int64) -> String? {
        let (days, time) = microseconds.quotientAndRemainderFlooring(dividingBy: 86_400_000_000)
        return time == 0 ? date(days: days) : nil
    }

    private static func date(days: Int64) -> String {
        let (year, month, day) = CivilDate.date(daysSince1970: days)
        return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
