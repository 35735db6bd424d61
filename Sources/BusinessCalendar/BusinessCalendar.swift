package import Vocabulary

/// When the company works, what may not be released when, and when many contacts are expected.
///
/// It is read from `rules/calendar.yaml` and published under the policy name `calendar`.
///
/// ## Topics
/// - ``init(yaml:file:)``
/// - ``alwaysOpen``
/// - ``hours(of:)``, ``BusinessHours``
/// - ``freeze(at:)``, ``freeze(of:at:)``
/// - ``peak(at:team:)``
/// - ``CalendarStore``
package struct BusinessCalendar: Sendable {
    private let company: BusinessHours
    /// The hours of teams that differ from the company's.
    private let hoursByTeam: [String: BusinessHours]
    /// The freezes, in order of the file.
    package let freezes: [Freeze]
    /// The expected peaks, in order of the file.
    package let peaks: [Peak]

    init(company: BusinessHours, teams: [String: BusinessHours], freezes: [Freeze], peaks: [Peak]) {
        (self.company, hoursByTeam, self.freezes, self.peaks) = (company, teams, freezes, peaks)
    }

    /// The calendar before one is published: every moment is business time, and nothing is frozen.
    package static let alwaysOpen = BusinessCalendar(
        company: BusinessHours(
            WallHours(week: Array(repeating: [WallHours.Span(start: 0, end: WallHours.day)], count: 7)),
            in: .utc
        ),
        teams: [:],
        freezes: [],
        peaks: []
    )

    /// The teams with hours or holidays of their own, sorted.
    package var teams: [String] { hoursByTeam.keys.sorted() }

    /// The hours of a team: its own, or else the company's.
    package func hours(of team: String?) -> BusinessHours { team.flatMap { hoursByTeam[$0] } ?? company }

    /// The freeze at a moment, whatever it concerns; if there are several, the one that ends last.
    package func freeze(at moment: Timestamp) -> Freeze? {
        freezes.filter { $0.from <= moment && moment < $0.to }.max { $0.to < $1.to }
    }

    /// The freeze that prevents a release at a moment; if there are several, the one that ends last.
    package func freeze(of release: Freeze.Release, at moment: Timestamp) -> Freeze? {
        freezes.filter { $0.holds(release, at: moment) }.max { $0.to < $1.to }
    }

    /// How many contacts are expected at a moment for each usual one; 1 outside of peaks.
    ///
    /// If several peaks concern the team, the largest factor counts.
    package func peak(at moment: Timestamp, team: String?) -> Double {
        peaks.filter { $0.holds(at: moment, team: team) }.map(\.factor).max() ?? 1
    }
}
