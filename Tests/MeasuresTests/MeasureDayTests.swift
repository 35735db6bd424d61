import Measures
import Testing
import Vocabulary

@Suite struct MeasureDayTests {
    private let berlin = MeasureDays(timeZone: "Europe/Berlin")

    private func day(_ text: String) throws -> String {
        MeasureDays.name(of: berlin.day(of: try #require(Timestamp(text)).microseconds))
    }

    @Test(
        "days begin by the wall clock, also when the clocks change",
        arguments: [
            // 2026-03-29 has 23 hours, from 23:00 UTC to 22:00 UTC.
            ("2026-03-28T22:59:59Z", "2026-03-28"), ("2026-03-28T23:00:00Z", "2026-03-29"),
            ("2026-03-29T21:59:59Z", "2026-03-29"), ("2026-03-29T22:00:00Z", "2026-03-30"),
            // 2026-10-25 has 25 hours, from 22:00 UTC to 23:00 UTC.
            ("2026-10-24T22:00:00Z", "2026-10-25"), ("2026-10-25T22:59:59Z", "2026-10-25"),
            ("2026-10-25T23:00:00Z", "2026-10-26"),
        ]
    )
    func clocks(time: String, name: String) throws {
        #expect(try day(time) == name)
    }

    @Test func `an hour that comes twice counts on the day that the clock shows`() throws {
        // On the Azores the clock goes from 01:00 back to 00:00 of the same day.
        let azores = MeasureDays(timeZone: "Atlantic/Azores")
        let before = try #require(Timestamp("2026-10-25T00:30:00Z")).microseconds
        let after = try #require(Timestamp("2026-10-25T01:30:00Z")).microseconds
        #expect(MeasureDays.name(of: azores.day(of: before)) == "2026-10-25")
        #expect(MeasureDays.name(of: azores.day(of: after)) == "2026-10-25")
    }

    @Test(
        "weeks are those of ISO 8601",
        arguments: [
            ("2026-11-29", "2026-W48"), ("2026-11-30", "2026-W49"), ("2021-01-03", "2020-W53"),
            ("2018-12-31", "2019-W01"), ("2026-01-01", "2026-W01"), ("1969-12-29", "1970-W01"),
        ]
    )
    func weeks(day: String, week: String) throws {
        #expect(MeasureDays.week(of: try #require(MeasureDays.day(named: day))) == week)
    }

    @Test func `names are read and written`() throws {
        #expect(MeasureDays.day(named: "1970-01-02") == 1)
        #expect(MeasureDays.name(of: 0) == "1970-01-01" && MeasureDays.month(of: 40) == "1970-02")
        for wrong in ["2026-02-30", "2026-1-1", "today", "2026-11-29T10:00:00Z"] {
            #expect(MeasureDays.day(named: wrong) == nil)
        }
    }

    @Test func `an unknown time zone means UTC`() throws {
        #expect(MeasureDays(timeZone: "Nowhere/At_All").name == MeasureDays(timeZone: "GMT").name)
    }
}
