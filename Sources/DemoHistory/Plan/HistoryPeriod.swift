import Foundation
import Measures

/// The days of a history, by the clock on the wall of the company.
package struct HistoryPeriod: Sendable, Hashable {
    /// Days since 1970.
    package let first: Int64
    package let last: Int64
    private let zone: TimeZone

    /// - Parameters:
    ///   - last: the last day.
    ///   - days: how many there are, from 1.
    ///   - timeZone: the name of the zone; an unknown one means UTC.
    package init(last: Int64, days: Int, timeZone: String) {
        (first, self.last) = (last - Int64(days) + 1, last)
        zone = TimeZone(identifier: timeZone) ?? .gmt
    }

    package var days: ClosedRange<Int64> { first...last }

    /// The moment at which a day begins, in microseconds since 1970.
    package func start(of day: Int64) -> Int64 {
        let wall = Double(day * 86_400)
        // The offset of the moment itself: on the day of a change of the clocks, the one before it counts.
        let near = wall - Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: wall)))
        return (day * 86_400 - Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: near)))) * 1_000_000
    }

    /// The moment at which the clock shows these seconds of a day.
    package func moment(_ day: Int64, _ seconds: Int) -> Int64 { start(of: day) + Int64(seconds) * 1_000_000 }

    /// The day of a moment.
    package func day(of moment: Int64) -> Int64 {
        let seconds = moment / 1_000_000
        return (seconds + Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))) / 86_400
    }

    /// 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday.
    static func weekday(of day: Int64) -> Int { Int(((day + 3) % 7 + 7) % 7) }

    /// The name of a day: `2026-11-29`.
    package static func name(of day: Int64) -> String { MeasureDays.name(of: day) }

    /// The day of a name; nil if it is none.
    package static func day(named name: String) -> Int64? { MeasureDays.day(named: name) }

    /// From 0 for January to 11.
    static func month(of day: Int64) -> Int { (Int(name(of: day).dropFirst(5).prefix(2)) ?? 1) - 1 }

    /// The days whose month and day are these, such as `03-09`; usually one.
    func days(named monthDay: String) -> [Int64] { days.filter { Self.name(of: $0).hasSuffix(monthDay) } }
}
