import Vocabulary

/// A date, or a time of a date, on the clock of the company.
struct LocalTime: Hashable {
    /// Since 1970 began on that clock; the start of the day for a date.
    let microseconds: Int64
    /// Whether it is a whole day.
    let isDate: Bool

    /// The years in which daylight-saving time is known.
    private static let years = "1970"..<"2200"

    /// Reads `2026-12-24` or `2026-12-24 18:00`, of the years 1970 to 2199.
    init?(_ text: String) {
        guard Self.years.contains(String(text.prefix(4))) else { return nil }
        switch text.utf8.count {
        case 10: isDate = true
        case 16: isDate = false
        default: return nil
        }
        guard let value = RFC3339.microseconds(isDate ? text : text + ":00Z") else { return nil }
        microseconds = value
    }
}
