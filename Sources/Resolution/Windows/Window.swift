import Foundation
import Synchronization

/// Whose grants are added up.
package enum WindowScope: String, Sendable, Hashable, CaseIterable {
    case customer
    case agent
    case team
    case site
    case reference
    case conversation
    case all
}

/// What is added up.
package enum WindowMeasure: String, Sendable, Hashable, CaseIterable {
    /// Amounts.
    case total
    /// How many there are.
    case count
}

/// A span of time that ends at the moment of the decision.
package enum WindowSpan: String, Sendable, Hashable, CaseIterable {
    /// Since midnight in the configured time zone.
    case today
    /// The last 24 hours, which no midnight cuts in two.
    case days1 = "1d"
    case days7 = "7d"
    case days30 = "30d"
    case days90 = "90d"
    case days365 = "365d"

    /// The days of 24 hours that it reaches back; nil for today.
    package var days: Int64? {
        switch self {
        case .today: nil
        case .days1: 1
        case .days7: 7
        case .days30: 30
        case .days90: 90
        case .days365: 365
        }
    }
}

/// Something that is known of the past at a decision: `history.customer.same_action.total_30d`.
package struct Window: Sendable, Hashable {
    /// Whose grants count.
    package let scope: WindowScope
    /// Whether only grants of the same action count.
    package let isSameAction: Bool
    /// What is added up.
    package let measure: WindowMeasure
    /// How far back.
    package let span: WindowSpan

    package init(_ scope: WindowScope, sameAction: Bool = false, _ measure: WindowMeasure, _ span: WindowSpan) {
        (self.scope, isSameAction, self.measure, self.span) = (scope, sameAction, measure, span)
    }

    /// Every window there is.
    package static let all: [Window] = WindowScope.allCases.flatMap { scope in
        [false, true].flatMap { sameAction in
            WindowMeasure.allCases.flatMap { measure in
                WindowSpan.allCases.map { Window(scope, sameAction: sameAction, measure, $0) }
            }
        }
    }

    private static let byPath = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })

    /// The window of a path such as `["customer", "total_30d"]`, without the leading `history`; nil when there is none.
    package init?(path: [String]) {
        guard let window = Self.byPath[path] else { return nil }
        self = window
    }

    /// The name of its last member, such as `total_30d`.
    package var member: String { "\(measure.rawValue)_\(span.rawValue)" }

    /// The path that names it, without the leading `history`.
    package var path: [String] { isSameAction ? [scope.rawValue, "same_action", member] : [scope.rawValue, member] }
}

extension Window: CustomStringConvertible {
    /// The path as models write it.
    package var description: String { "history." + path.joined(separator: ".") }
}

/// When the present day began in a time zone.
package struct DayStart: Sendable {
    private let calendar: Calendar
    private let last = LastDay()

    /// The day asked for last, in microseconds since 1970: a calendar takes longer to find it than a decision to be made.
    private final class LastDay: Sendable {
        let range = Mutex<Range<Int64>>(0..<0)
    }

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
        let known = last.range.withLock { $0 }
        if known.contains(now) { return known.lowerBound }
        let day = day(of: now)
        last.range.withLock { $0 = day }
        return day.lowerBound
    }

    private func day(of now: Int64) -> Range<Int64> {
        let seconds = now >= 0 ? now / 1_000_000 : (now - 999_999) / 1_000_000
        let midnight = calendar.startOfDay(for: Date(timeIntervalSince1970: Double(seconds)))
        let start = Self.microseconds(midnight)
        // Only what is known to be of the same day: a day may be cut short by a change of the clocks.
        let next = calendar.date(byAdding: .day, value: 1, to: midnight).map { calendar.startOfDay(for: $0) }
        return start..<max(now + 1, next.map(Self.microseconds) ?? 0)
    }

    private static func microseconds(_ date: Date) -> Int64 { Int64(date.timeIntervalSince1970.rounded()) * 1_000_000 }
}
