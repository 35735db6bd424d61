import Foundation

/// When the present day began in a time zone.
package struct DayStart: Sendable {
    private let calendar: Calendar

    /// A time zone by its name in the IANA database, such as `Europe/Berlin`; nil when there is none of that name.
    package init?(timeZone: String) {
        guard let zone = TimeZone(identifier: timeZone) else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    /// Coordinated universal time.
    package static let utc = DayStart(timeZone: "UTC")

    /// The first moment of the day, in microseconds since 1970.
    package func start(of now: Int64) -> Int64 {
        let seconds = now >= 0 ? now / 1_000_000 : (now - 999_999) / 1_000_000
        let midnight = calendar.startOfDay(for: Date(timeIntervalSince1970: Double(seconds)))
        return Int64(midnight.timeIntervalSince1970.rounded()) * 1_000_000
    }
}
