import Foundation
import Vocabulary

/// Days, weeks and months in a time zone.
///
/// A day is the number of the civil day since 1970-01-01 that a clock on the wall shows: one of a change of the clocks has 23
/// or 25 hours, and what falls into an hour that comes twice counts on the day that the clock shows.
package struct MeasureDays: Sendable {
    /// The name of the time zone as it was given.
    let zone: String
    /// The time zone's name in the IANA database.
    package let name: String
    private let offsets: TimeZone

    /// No zone's clock is further from UTC than this, in seconds, with some reserve for changes.
    private static let furthest: Int64 = 16 * 3_600
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// Makes the days of a time zone; an unknown name means UTC.
    package init(timeZone: String) {
        zone = timeZone
        offsets = TimeZone(identifier: timeZone) ?? .gmt
        name = offsets.identifier
    }

    /// The seconds that a wall clock shows since 1970, at a time in microseconds since 1970.
    private func wall(_ moment: Int64) -> Int64 {
        let seconds = moment.flooring(1_000_000)
        return seconds + Int64(offsets.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }

    /// The day of a time in microseconds since 1970.
    package func day(of moment: Int64) -> Int64 { wall(moment).flooring(86_400) }

    /// The hour of the day, 0 to 23, and the name of the weekday.
    func hour(of moment: Int64) -> (hour: Int64, weekday: String) {
        let wall = wall(moment)
        let day = wall.flooring(86_400)
        return ((wall - day * 86_400) / 3_600, Self.weekdays[Int(Self.weekday(day))])
    }

    /// Times in microseconds between which the whole day lies; some of what is in between belongs to its neighbours.
    static func range(of day: Int64) -> (from: Int64, to: Int64) {
        let start = day * 86_400
        return ((start - furthest) * 1_000_000, (start + 86_400 + furthest) * 1_000_000)
    }

    /// 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday.
    private static func weekday(_ day: Int64) -> Int64 { (day + 3) - (day + 3).flooring(7) * 7 }

    /// The name of a day: `2026-11-29`.
    package static func name(of day: Int64) -> String {
        RFC3339.date(of: day * 86_400_000_000) ?? ""
    }

    /// The name of the ISO 8601 week of a day: `2026-W48`.
    package static func week(of day: Int64) -> String {
        // A week belongs to the year of its Thursday.
        let thursday = day - weekday(day) + 3
        let year = name(of: thursday).prefix(4)
        guard let first = Self.day(named: "\(year)-01-01") else { return "" }
        let number = (thursday - first) / 7 + 1
        return "\(year)-W" + (number < 10 ? "0" : "") + "\(number)"
    }

    /// The name of the month of a day: `2026-11`.
    package static func month(of day: Int64) -> String { String(name(of: day).prefix(7)) }

    /// The day of a name such as `2026-11-29`; nil for anything else.
    package static func day(named text: String) -> Int64? {
        guard text.utf8.count == 10, let moment = RFC3339.microseconds(text) else { return nil }
        return moment.flooring(86_400_000_000)
    }
}

extension Int64 {
    /// The quotient, rounded down.
    func flooring(_ divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
