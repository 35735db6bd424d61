import FEEL
import Foundation
import Testing

/// Days, months, years and their texts, against slow counting and the calendar of the system.
@Suite struct CalendarTests {
    private func date(_ year: Int, _ month: Int, _ day: Int) throws -> CalendarDate {
        try #require(CalendarDate(year: year, month: month, day: day))
    }

    @Test(
        arguments: [
            (2_021, 1, 31), (2_021, 2, 28), (2_021, 3, 31), (2_021, 4, 30), (2_021, 5, 31), (2_021, 6, 30),
            (2_021, 7, 31),
            (2_021, 8, 31), (2_021, 9, 30), (2_021, 10, 31), (2_021, 11, 30), (2_021, 12, 31), (2_024, 2, 29),
            (1_900, 2, 28),
            (2_000, 2, 29), (2_100, 2, 28), (0, 2, 29), (-4, 2, 29), (-1, 2, 28), (-100, 2, 28), (-400, 2, 29),
        ]
    )
    func `a month has as many days as the calendar says`(year: Int, month: Int, last: Int) {
        for day in -1...33 {
            #expect((CalendarDate(year: year, month: month, day: day) != nil) == (1...last).contains(day))
        }
    }

    @Test func `months are twelve, and years have at most nine digits`() {
        for month in -1...14 {
            #expect((CalendarDate(year: 2_021, month: month, day: 1) != nil) == (1...12).contains(month))
        }
        for (year, exists) in [
            (999_999_999, true), (1_000_000_000, false), (-999_999_999, true), (-1_000_000_000, false),
        ] {
            #expect((CalendarDate(year: year, month: 1, day: 1) != nil) == exists)
        }
    }

    @Test func `the first and the last day are counted, and none beyond them`() throws {
        for edge in [try date(999_999_999, 12, 31), try date(-999_999_999, 1, 1)] {
            #expect(CalendarDate(daysSince1970: edge.daysSince1970) == edge)
            let beyond = edge.daysSince1970 + (edge.year > 0 ? 1 : -1)
            #expect(CalendarDate(daysSince1970: beyond) == nil)
            let inside = edge.daysSince1970 - (edge.year > 0 ? 1 : -1)
            #expect(CalendarDate(daysSince1970: inside) != nil)
        }
        for days in [Int64.max, .min, 400_000_000_000, -400_000_000_000] {
            #expect(CalendarDate(daysSince1970: days) == nil)
        }
    }

    @Test func `days of the week and of the year are counted on from day to day`() throws {
        var (day, weekday, ofYear) = (try date(-405, 1, 1), 0, 0)
        // The first of January 1970 was a Thursday.
        weekday = Int(((day.daysSince1970 % 7) + 7 + 3) % 7) + 1
        for _ in 0..<150_000 {
            ofYear = day.month == 1 && day.day == 1 ? 1 : ofYear + 1
            guard day.weekday == weekday, day.dayOfYear == ofYear else {
                Issue.record("\(day) is \(day.weekday) and \(day.dayOfYear), not \(weekday) and \(ofYear)")
                return
            }
            weekday = weekday == 7 ? 1 : weekday + 1
            guard let next = CalendarDate(daysSince1970: day.daysSince1970 + 1) else { break }
            #expect(day < next)
            day = next
        }
        #expect(try date(1970, 1, 1).weekday == 4 && date(2024, 2, 29).weekday == 4 && date(2024, 3, 3).weekday == 7)
    }

    @Test func `weeks are those of ISO 8601`() throws {
        for year in 1_990...2_030 {
            for month in [1, 2, 12] {
                for day in 1...28 {
                    let date = try date(year, month, day)
                    // The week of a day is that of its Thursday: how many Thursdays its year has had.
                    let thursday = try #require(
                        CalendarDate(daysSince1970: date.daysSince1970 + Int64(4 - date.weekday))
                    )
                    #expect(date.weekOfYear == (thursday.dayOfYear - 1) / 7 + 1, "\(date)")
                }
            }
        }
        for (text, week) in [
            ("2020-12-31", 53), ("2021-01-03", 53), ("2021-01-04", 1), ("2019-12-30", 1), ("2018-12-31", 1),
            ("2015-12-31", 53),
        ] {
            #expect(shown("week of year(@\"\(text)\")") == String(week))
        }
        #expect(
            shown("day of week(@\"2024-05-06\")") == "\"Monday\""
                && shown("day of week(@\"2024-05-12\")") == "\"Sunday\""
        )
    }

    @Test func `months are added one at a time as all at once, to the last day where there is no other`() throws {
        var generator = SeededGenerator(3)
        for _ in 0..<2_000 {
            let (year, month) = (
                Int.random(in: -2_005...2_405, using: &generator), Int.random(in: 1...12, using: &generator)
            )
            let day = Int.random(in: 1...31, using: &generator)
            guard let date = CalendarDate(year: year, month: month, day: day) else { continue }
            let count = Int64.random(in: -60...60, using: &generator)
            var (there, at) = (year, month)
            for _ in 0..<abs(count) {
                at += count > 0 ? 1 : -1
                if at == 13 { (there, at) = (there + 1, 1) }
                if at == 0 { (there, at) = (there - 1, 12) }
            }
            let last = (28...31).last { CalendarDate(year: there, month: at, day: $0) != nil } ?? 28
            #expect(
                date.adding(months: count) == CalendarDate(year: there, month: at, day: min(day, last)),
                "\(date) \(count)"
            )
        }
        let (first, last) = (try date(-999_999_999, 1, 1), try date(999_999_999, 12, 1))
        #expect(first.adding(months: -1) == nil && last.adding(months: 1) == nil && last.adding(months: .max) == nil)
        #expect(
            try first.adding(months: 1) == date(-999_999_999, 2, 1)
                && last.adding(months: -12) == date(999_999_998, 12, 1)
        )
        #expect(first.adding(months: 1_999_999_998 * 12 + 11) == last)
    }

    @Test(
        arguments: [
            ("2011-12-22", "2013-08-24", "P1Y8M"), ("2013-08-24", "2011-12-22", "-P1Y8M"),
            ("2021-01-31", "2021-02-28", "P0M"),
            ("2021-01-28", "2021-02-28", "P1M"), ("2021-01-29", "2021-02-28", "P0M"),
            ("2021-02-28", "2021-01-29", "P0M"),
            ("2021-02-28", "2021-01-28", "-P1M"), ("2021-02-28", "2021-01-27", "-P1M"),
            ("2021-05-05", "2021-05-04", "P0M"),
            ("2020-12-31", "2021-01-01", "P0M"), ("2020-12-01", "2021-01-01", "P1M"),
            ("2021-01-01", "2021-01-01", "P0M"),
        ]
    )
    func `between two days lie whole months, towards zero`(from: String, to: String, expected: String) {
        #expect(shown("years and months duration(@\"\(from)\", @\"\(to)\")") == expected)
    }

    // MARK: Texts

    @Test(
        arguments: [
            // Dates and years.
            ("2021-01-31", "2021-01-31"), ("0001-01-01", "0001-01-01"), ("-0001-01-01", "-0001-01-01"),
            ("0000-01-01", "0000-01-01"),
            ("12021-01-01", "12021-01-01"), ("999999999-12-31", "999999999-12-31"), ("1000000000-01-01", nil),
            ("02021-01-01", nil),
            ("021-01-01", nil), ("2021-1-01", nil), ("2021-01-1", nil), ("2021-01-011", nil), ("2021/01/01", nil),
            ("2021-01-31 ", nil),
            (" 2021-01-31", nil), ("--2021-01-01", nil), ("2021-00-01", nil), ("2021-01-00", nil), ("2021-01", nil),
            // Times.
            ("00:00:00", "00:00:00"), ("23:59:59", "23:59:59"), ("24:00:00", "00:00:00"), ("24:00:01", nil),
            ("24:01:00", nil), ("24:00:00.1", nil),
            ("25:00:00", nil), ("23:60:00", nil), ("23:59:60", nil), ("23:59", nil), ("1:00:00", nil),
            ("10:00:00.", nil), ("10:00:00.5", "10:00:00.5"),
            ("10:00:00.50", "10:00:00.5"), ("10:00:00.000000001", "10:00:00.000000001"),
            ("10:00:00.0000000019", "10:00:00.000000001"),
            ("10:00:00.123456789", "10:00:00.123456789"), ("10:00:00.0", "10:00:00"), ("10:00:00Z", "10:00:00Z"),
            ("10:00:00z", "10:00:00Z"),
            ("10:00:00+00:00", "10:00:00Z"), ("10:00:00-00:00", "10:00:00Z"), ("10:00:00+01:30", "10:00:00+01:30"),
            ("10:00:00-01:30", "10:00:00-01:30"),
            ("10:00:00+18:00", "10:00:00+18:00"), ("10:00:00+18:00:01", nil), ("10:00:00+18:01", nil),
            ("10:00:00-18:00", "10:00:00-18:00"),
            ("10:00:00+17:59:59", "10:00:00+17:59:59"), ("10:00:00+01:60", nil), ("10:00:00+01:59", "10:00:00+01:59"),
            ("10:00:00+01:00:60", nil),
            ("10:00:00+01:00:59", "10:00:00+01:00:59"), ("10:00:00+1:00", nil), ("10:00:00+0100", nil),
            ("10:00:00@Europe/Paris", "10:00:00@Europe/Paris"),
            ("10:00:00@", nil), ("10:00:00Zx", nil), ("10:00:00 Z", nil),
            // Both.
            ("2021-01-31T10:00:00", "2021-01-31T10:00:00"), ("2021-12-31T24:00:00", "2022-01-01T00:00:00"),
            ("2021-01-31t10:00:00", nil),
            ("2021-01-31 10:00:00", nil), ("999999999-12-31T24:00:00", nil), ("2021-02-30T10:00:00", nil),
            ("2021-01-31T10:00:00-03:00", "2021-01-31T10:00:00-03:00"),
            // Durations.
            ("P1Y", "P1Y"), ("P12M", "P1Y"), ("P13M", "P1Y1M"), ("P11M", "P11M"), ("-P1M", "-P1M"), ("P0Y", "P0M"),
            ("P1M1Y", nil), ("PY", nil), ("+P1Y", nil),
            ("P1.5Y", nil), ("P-1Y", nil), ("P1D", "P1D"), ("PT24H", "P1D"), ("PT23H", "PT23H"), ("PT60M", "PT1H"),
            ("PT59M", "PT59M"), ("PT60S", "PT1M"),
            ("PT59S", "PT59S"), ("PT0.5S", "PT0.5S"), ("PT0S", "PT0S"), ("P0D", "PT0S"),
            ("P1DT1H1M1.000000001S", "P1DT1H1M1.000000001S"),
            ("-P1DT1S", "-P1DT1S"), ("PT1.S", "PT1S"), ("PT.5S", nil), ("PT1H1D", nil), ("P1DT", nil), ("PT1S1M", nil),
            ("P1S", nil), ("PT1D", nil),
            ("PT1H1S", "PT1H1S"), ("PT3661S", "PT1H1M1S"), ("P1W", nil), ("p1d", nil), ("P1D ", nil),
            ("P999999999999999999D", nil),
        ] as [(String, String?)]
    )
    func `a literal is read as ISO 8601 has it, and shown in one form`(text: String, shown: String?) {
        let value = Value(temporal: text)
        #expect(
            value?.description == shown || (text.hasPrefix("P9999") && value != nil),
            "\(value?.description ?? "nil")"
        )
    }

    @Test(
        arguments: [
            ("time(10, 59, 59)", "10:59:59"), ("time(23, 59, 59.999999999)", "23:59:59.999999999"),
            ("time(24, 0, 0)", "null"), ("time(10, 60, 0)", "null"),
            ("time(10, 0, 60)", "null"), ("time(-1, 0, 0)", "null"), ("time(10, 0, 1.5)", "10:00:01.5"),
            ("time(10, 0, 0, @\"PT18H\")", "10:00:00+18:00"),
            ("time(10, 0, 0, @\"PT18H1S\")", "null"), ("time(10, 0, 0, @\"-PT18H\")", "10:00:00-18:00"),
            ("time(10, 0, 0, @\"-PT18H1S\")", "null"),
            ("time(10, 0, 0, null)", "10:00:00"), ("date(2024, 2, 29)", "2024-02-29"), ("date(2023, 2, 29)", "null"),
            ("date(\"2024-02-30\")", "null"),
            ("date(@\"2024-02-29T10:00:00\")", "2024-02-29"), ("date and time(\"2024-02-29\")", "2024-02-29T00:00:00"),
            ("date and time(@\"2024-02-29\")", "2024-02-29T00:00:00Z"),
            ("time(@\"2024-02-29T10:00:00Z\")", "10:00:00Z"),
            ("duration(\"P1Y\")", "P1Y"), ("duration(\"P1Y1D\")", "null"), ("duration(@\"P1D\")", "P1D"),
            ("duration(1)", "null"),
        ]
    )
    func `parts and texts become values, or null where there is none`(text: String, expected: String) {
        #expect(shown(text) == expected)
    }
}
