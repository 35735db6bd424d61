import BusinessCalendar
import Testing
import Vocabulary

@Suite struct CalendarReadingTests {
    private static let head = "time_zone: Europe/Dublin\nhours: {mon-fri: 09:00-17:00}\n"

    private func calendar(_ rest: String) throws -> BusinessCalendar {
        try BusinessCalendar(yaml: Self.head + rest, file: "c.yaml")
    }

    @Test(arguments: [
        ("", "c.yaml:0:0: the file is empty"),
        ("- a", "c.yaml:1:1: the calendar is a list, expected a map"),
        ("a: [", "c.yaml:2:1: this is not YAML"),
        ("hours: {mon: 09:00-10:00}", "c.yaml:1:1: “time_zone” is missing in the calendar"),
        ("time_zone: Mars/Olympus\nhours: {mon: 09:00-10:00}", "c.yaml:1:12: there is no time zone “Mars/Olympus”"),
        ("time_zone: CEST\nhours: {mon: 09:00-10:00}", "c.yaml:1:12: there is no time zone “CEST”"),
        ("time_zone: UTC", "c.yaml:1:1: “hours” is missing in the calendar"),
        ("time_zone: UTC\nhours: {}", "c.yaml:2:8: “hours” has no hours at all"),
        ("time_zone: UTC\nhours: {mon: closed, tue: []}", "c.yaml:2:8: “hours” has no hours at all"),
        ("time_zone: UTC\nhours: {mon: 9-17}", "c.yaml:2:14: “mon” in “hours” has “9-17”, expected a span"),
        ("time_zone: UTC\nhours: {mon: 09:00-24:01}", "c.yaml:2:14: “mon” in “hours” has “09:00-24:01”"),
        ("time_zone: UTC\nhours: {mon: 09:00-09:00}", "c.yaml:2:14: “mon” in “hours” has “09:00-09:00”"),
        ("time_zone: UTC\nhours: {mon: {a: b}}", "c.yaml:2:14: “mon” in “hours” is a map"),
        ("time_zone: UTC\nhours: {day: 09:00-10:00}", "c.yaml:2:9: “day” in “hours” is no day"),
        ("time_zone: UTC\nhours: {mon-fri: 09:00-10:00, wed: closed}", "c.yaml:2:31: “wed” occurs twice"),
        (
            "time_zone: UTC\nhours:\n  mon: [09:00-12:00, 11:59-13:00]",
            "c.yaml:3:22: a span of “mon” in “hours” overlaps the one before it"
        ),
        (
            "time_zone: UTC\nhours:\n  mon: [13:00-14:00, 09:00-10:00]",
            "c.yaml:3:22: a span of “mon” in “hours” is before the one before it"
        ),
        (
            "time_zone: UTC\nhours: {sun: 22:00-06:00, mon: 05:00-12:00}",
            "c.yaml:2:8: the hours of sun in “hours” overlap those of mon"
        ),
    ])
    func `a mistake is reported with its place`(yaml: String, expected: String) throws {
        let error = try #require(throws: CalendarError.self) { try BusinessCalendar(yaml: yaml, file: "c.yaml") }
        #expect(error.findings.contains { $0.description.hasPrefix(expected) }, "\(error)")
    }

    @Test(arguments: [
        ("opening: x", "c.yaml:3:1: unknown member “opening” in the calendar"),
        ("teams: {a: {}}", "c.yaml:3:9: the team “a” has neither"),
        ("teams: {a: {hours: {mon: closed}}}", "c.yaml:3:20: “hours” of the team “a” has no hours at all"),
        ("teams: {a: {zone: UTC}}", "c.yaml:3:13: unknown member “zone” in the team “a”"),
        ("holidays: [{date: 2026-02-30, name: x}]", "c.yaml:3:19: “date” is “2026-02-30”"),
        ("holidays: [{date: 2026-02-03 10:00, name: x}]", "c.yaml:3:19: “date” is “2026-02-03 10:00”"),
        ("holidays: [{date: 1926-02-03, name: x}]", "c.yaml:3:19: “date” is “1926-02-03”"),
        ("holidays: [{date: 2026-02-03}]", "c.yaml:3:12: “name” is missing in a holiday"),
        (
            "holidays: [{date: 2026-02-03, name: x}, {date: 2026-02-03, name: y}]",
            "c.yaml:3:41: this date occurs twice among the holidays, expected once"
        ),
        (
            "holidays: [{date: 2026-02-03, name: x, teams: [a]}, {date: 2026-02-03, name: y, teams: [b, a]}]",
            "c.yaml:3:53: this date occurs twice among the holidays for the team “a”"
        ),
        (
            "holidays: [{date: 2026-02-03, name: x, hours: 16:00-10:00}]",
            "c.yaml:3:12: the hours of this date overlap those of the company on the day after it"
        ),
        ("holidays: [{date: 2026-02-03, name: x, teams: []}]", "c.yaml:3:47: “teams” is empty"),
        (
            "freezes: [{from: 2026-02-03, to: 2026-02-03, what: [code], reason: x}]",
            "c.yaml:3:53: “what” has “code”, expected policies, scripts, articles"
        ),
        ("freezes: [{from: 2026-02-03, to: 2026-02-03, reason: x}]", "c.yaml:3:11: “what” is missing in a freeze"),
        (
            "freezes: [{from: 2026-02-03, to: 2026-02-02, what: [scripts], reason: x}]",
            "c.yaml:3:34: “to” is not after “from”"
        ),
        ("peaks: [{from: 2026-02-03, to: 2026-02-04, factor: 0}]", "c.yaml:3:52: “factor” is “0”"),
        ("peaks: [{from: 2026-02-03, to: 2026-02-04, factor: nan}]", "c.yaml:3:52: “factor” is “nan”"),
        ("peaks: [{from: soon, to: 2026-02-04, factor: 2}]", "c.yaml:3:16: “from” is “soon”"),
    ])
    func `a mistake in the lists is reported with its place`(rest: String, expected: String) throws {
        let error = try #require(throws: CalendarError.self) { try calendar(rest) }
        #expect(error.findings.contains { $0.description.hasPrefix(expected) }, "\(error)")
    }

    @Test func `every mistake is reported, in the order of the file`() throws {
        let yaml = "hours: {mon: x}\nteams: {a: 1}\nfoo: 1"
        let error = try #require(throws: CalendarError.self) { try BusinessCalendar(yaml: yaml, file: "c.yaml") }
        #expect(error.findings.map(\.line) == [1, 1, 2, 3])
    }

    @Test func `sizes are bounded`() throws {
        let spans = (0..<13).map { "\(10 + $0):00-\(10 + $0):30" }.joined(separator: ", ")
        for yaml in [
            Self.head + String(repeating: "#", count: 1 << 18),
            "time_zone: UTC\nhours: {mon: [\(spans)]}",
            Self.head + "teams: {"
                + (0..<201).map { "t\($0): {time_zone: UTC}" }.joined(separator: ", ") + "}",
            Self.head + "peaks: ["
                + (0..<501).map { _ in "{from: 2026-01-01, to: 2026-01-02, factor: 2}" }.joined(separator: ", ") + "]",
        ] {
            #expect(throws: CalendarError.self) { try BusinessCalendar(yaml: yaml, file: "c.yaml") }
        }
    }

    @Test func `a freeze lasts to the end of its last day, and names its reason`() throws {
        let calendar = try calendar(
            """
            freezes:
              - {from: 2026-10-24, to: 2026-10-25, what: [scripts, articles], reason: Autumn sale}
              - {from: 2026-10-25 08:00, to: 2026-10-27 18:00, what: [articles], reason: Stocktaking}
            """
        )
        // Summer time ends in this freeze: its first midnight is in UTC+1, its last one in UTC.
        #expect(calendar.freezes.map(\.from.description) == ["2026-10-23T23:00:00Z", "2026-10-25T08:00:00Z"])
        #expect(calendar.freezes.map(\.to.description) == ["2026-10-26T00:00:00Z", "2026-10-27T18:00:00Z"])
        let noon = try #require(Timestamp("2026-10-25T12:00:00Z"))
        #expect(calendar.freeze(at: noon)?.reason == "Stocktaking")
        #expect(calendar.freeze(of: .scripts, at: noon)?.reason == "Autumn sale")
        #expect(calendar.freeze(of: .articles, at: noon)?.reason == "Stocktaking")
        #expect(calendar.freeze(of: .policies, at: noon) == nil)
        #expect(calendar.freeze(at: try #require(Timestamp("2026-10-27T18:00:00Z"))) == nil)
    }

    /// In Dublin 01:30 was skipped on 2026-03-29 and occurred twice on 2026-10-25.
    @Test func `a period begins at the first and ends at the last of a repeated time`() throws {
        let calendar = try calendar(
            """
            freezes:
              - {from: 2026-10-25 01:30, to: 2026-10-26 09:00, what: [scripts], reason: a}
              - {from: 2026-10-24 09:00, to: 2026-10-25 01:30, what: [scripts], reason: b}
              - {from: 2026-03-29 01:30, to: 2026-03-29 09:00, what: [scripts], reason: c}
              - {from: 2026-03-28 09:00, to: 2026-03-29 01:30, what: [scripts], reason: d}
            """
        )
        #expect(calendar.freezes[0].from.description == "2026-10-25T00:30:00Z")
        #expect(calendar.freezes[1].to.description == "2026-10-25T01:30:00Z")
        #expect(calendar.freezes[2].from.description == "2026-03-29T01:00:00Z")
        #expect(calendar.freezes[3].to.description == "2026-03-29T01:00:00Z")
    }

    @Test func `the largest peak of a team counts`() throws {
        let calendar = try calendar(
            """
            peaks:
              - {from: 2026-12-01, to: 2026-12-24, factor: 1.5, name: Christmas}
              - {from: 2026-12-10, to: 2026-12-12, factor: 3, teams: [delivery]}
            """
        )
        let day = try #require(Timestamp("2026-12-11T12:00:00Z"))
        #expect(calendar.peak(at: day, team: "delivery") == 3)
        #expect(calendar.peak(at: day, team: "billing") == 1.5)
        #expect(calendar.peak(at: day, team: nil) == 1.5)
        #expect(calendar.peak(at: try #require(Timestamp("2026-12-25T12:00:00Z")), team: "delivery") == 1)
    }
}
