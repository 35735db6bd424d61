import BusinessCalendar
import Testing
import Vocabulary

@Suite struct BusinessHoursTests {
    private let calendar: BusinessCalendar

    init() throws {
        calendar = try BusinessCalendar(
            yaml: """
                time_zone: Europe/Dublin
                hours:
                  mon-fri: [09:00-12:30, 13:00-17:30]
                  sat: 10:00-14:00
                teams:
                  night:
                    hours: {mon-sun: 22:00-06:00}
                  berlin:
                    time_zone: Europe/Berlin
                  small hours:
                    hours: {sun: [01:00-01:30, 02:30-03:00]}
                  always:
                    hours: {mon-sun: 00:00-24:00}
                holidays:
                  - {date: 2026-12-25, name: Christmas Day}
                  - {date: 2026-12-24, name: Christmas Eve, hours: 09:00-13:00}
                  - {date: 2026-12-24, name: Christmas Eve, teams: [berlin], hours: closed}
                """,
            file: "calendar.yaml"
        )
    }

    private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

    @Test(arguments: [
        ("2026-11-27T09:00:00Z", true), ("2026-11-27T08:59:59.999Z", false), ("2026-11-27T12:29:59Z", true),
        ("2026-11-27T12:30:00Z", false), ("2026-11-27T17:30:00Z", false), ("2026-11-28T13:59:00Z", true),
        ("2026-11-29T11:00:00Z", false), ("2026-12-24T12:00:00Z", true), ("2026-12-24T13:30:00Z", false),
        ("2026-12-25T10:00:00Z", false), ("2026-07-01T08:00:00Z", true),
    ])
    func `hours follow the clock on the wall`(at: String, isOpen: Bool) throws {
        #expect(calendar.hours(of: nil).isOpen(at: try moment(at)) == isOpen)
    }

    @Test(
        arguments: [
            (nil, "2026-11-27T16:30:00Z", 3_600, "2026-11-27T17:30:00Z"),
            (nil, "2026-11-27T16:30:00Z", 3_601, "2026-11-28T10:00:01Z"),
            (nil, "2026-11-28T13:00:00Z", 7_200, "2026-11-30T10:00:00Z"),
            (nil, "2026-12-24T12:00:00Z", 7_200, "2026-12-26T11:00:00Z"),
            (nil, "2026-11-29T11:00:00Z", 0, "2026-11-29T11:00:00Z"),
            ("berlin", "2026-11-27T15:30:00Z", 3_600, "2026-11-27T16:30:00Z"),
            ("berlin", "2026-12-23T16:30:00Z", 1, "2026-12-26T09:00:01Z"),
            ("night", "2026-11-27T05:00:00Z", 7_200, "2026-11-27T23:00:00Z"),
            ("nobody", "2026-11-27T16:30:00Z", 3_600, "2026-11-27T17:30:00Z"),
        ] as [(String?, String, Int, String)]
    )
    func `business time is added`(team: String?, after: String, seconds: Int, expected: String) throws {
        let hours = calendar.hours(of: team)
        #expect(hours.instant(.seconds(seconds), after: try moment(after))?.description == expected)
        #expect(hours.duration(from: try moment(after), to: try moment(expected)) == .seconds(seconds))
    }

    /// In Dublin the clocks went forward on 2026-03-29 at 01:00 and back on 2026-10-25 at 02:00.
    @Test(arguments: [
        ("night", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", 7.0),
        ("night", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", 9.0),
        ("small hours", "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z", 0.5),
        ("small hours", "2026-10-24T22:00:00Z", "2026-10-25T12:00:00Z", 1.5),
        ("always", "2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z", 48.0),
    ])
    func `a repeated hour counts twice and a skipped one not at all`(
        team: String,
        from: String,
        to: String,
        expected: Double
    ) throws {
        let duration = calendar.hours(of: team).duration(from: try moment(from), to: try moment(to))
        #expect(duration == .seconds(expected * 3_600))
        #expect(calendar.hours(of: team).duration(from: try moment(to), to: try moment(from)) == .zero - duration)
    }

    @Test func `openings and closings are the edges of the hours`() throws {
        let hours = calendar.hours(of: nil)
        let (open, closed) = (try moment("2026-11-27T10:00:00Z"), try moment("2026-11-28T15:00:00Z"))
        #expect(hours.nextOpening(after: open) == open)
        #expect(hours.nextClosing(after: open)?.description == "2026-11-27T12:30:00Z")
        #expect(hours.nextOpening(after: closed)?.description == "2026-11-30T09:00:00Z")
        #expect(hours.nextClosing(after: closed) == closed)
        #expect(BusinessCalendar.alwaysOpen.hours(of: nil).nextClosing(after: open) == nil)
        // The edge of spans that meet at midnight is none.
        #expect(
            calendar.hours(of: "night").nextClosing(after: try moment("2026-11-27T23:00:00Z"))?.description
                == "2026-11-28T06:00:00Z"
        )
    }

    @Test func `what is beyond the horizon is nil`() throws {
        let start = try moment("2026-11-27T10:00:00Z")
        let hours = calendar.hours(of: "small hours")
        #expect(hours.instant(.seconds(500 * 3_600), after: start) != nil)
        #expect(hours.instant(.seconds(600 * 3_600), after: start) == nil)
        #expect(hours.instant(.seconds(Int64.max), after: start) == nil)
        #expect(hours.instant(.seconds(-5), after: start) == start)
        #expect(hours.instant(.seconds(1), after: Timestamp(microseconds: .max)) == nil)
        #expect(hours.duration(from: Timestamp(microseconds: .min), to: Timestamp(microseconds: .max)) > .zero)
    }

    @Test func `without a calendar every moment is business time`() throws {
        let hours = BusinessCalendar.alwaysOpen.hours(of: "any")
        let start = try moment("2026-10-25T00:30:00Z")
        #expect(hours.isOpen(at: start))
        #expect(hours.instant(.seconds(90_000), after: start)?.description == "2026-10-26T01:30:00Z")
        #expect(hours.timeZone == "UTC" && hours.week == .seconds(7 * 86_400))
        #expect(BusinessCalendar.alwaysOpen.freeze(at: start) == nil)
        #expect(BusinessCalendar.alwaysOpen.peak(at: start, team: nil) == 1)
    }
}
