import Foundation

/// Names days and weeks in a time zone.
struct DayNames: Sendable {
    private let calendar: Calendar

    /// Creates the names for a time zone of the IANA database; an unknown name means UTC.
    init(timeZone: String) {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = TimeZone(identifier: timeZone) ?? .gmt
        self.calendar = calendar
    }

    /// The day of a time in microseconds since 1970, such as `2026-11-18`.
    func day(of moment: Int64) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: date(moment))
        return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
    }

    /// The ISO 8601 week of a time in microseconds since 1970, such as `2026-W47`.
    func week(of moment: Int64) -> String {
        let parts = calendar.dateComponents([.yearForWeekOfYear, .weekOfYear], from: date(moment))
        return "\(padded(parts.yearForWeekOfYear, 4))-W\(padded(parts.weekOfYear, 2))"
    }

    private func date(_ moment: Int64) -> Date { Date(timeIntervalSince1970: Double(moment) / 1_000_000) }

    private func padded(_ number: Int?, _ width: Int) -> String {
        let digits = String(number ?? 0)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
