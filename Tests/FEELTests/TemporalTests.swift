import FEEL
import Foundation
import Testing

@Suite struct TemporalTests {
    @Test(arguments: [
        ("@\"2021-01-31\" + @\"P1M\"", "2021-02-28"), ("@\"2020-02-29\" - @\"P1Y\"", "2019-02-28"),
        ("@\"2021-01-01\" + @\"PT36H\"", "2021-01-02"), ("@\"2021-01-02\" - @\"2021-01-01\"", "P1D"),
        ("@\"10:15:00\" + @\"P1D\"", "10:15:00"), ("@\"23:30:00\" + @\"PT1H\"", "00:30:00"),
        ("@\"10:00:00Z\" - @\"10:00:00+01:00\"", "PT1H"), ("@\"10:00:00\" - @\"10:00:00Z\"", "null"),
        ("@\"2021-03-28T01:30:00@Europe/Paris\" + @\"PT1H\"", "2021-03-28T03:30:00@Europe/Paris"),
        ("@\"2021-01-01T24:00:00\" + @\"PT1S\"", "2021-01-02T00:00:01"), ("@\"P1Y\" * 2.5", "P2Y6M"),
        ("@\"P10DT23H\" / 2.5", "P4DT9H12M"), ("@\"P10D\" / @\"P5D\"", "2"), ("@\"P1D\" + @\"P1M\"", "null"),
        ("-@\"P1D\"", "-P1D"), ("@\"-2021-01-01\" - @\"P1D\"", "-2022-12-31"),
        ("@\"999999999-12-31\" + @\"P1D\"", "null"), ("@\"P1D\" / 0", "null"),
    ])
    func arithmeticOfDatesTimesAndDurations(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("@\"2021-05-06\".weekday", "4"), ("@\"10:30:15.250\".second", "15.25"), ("@\"10:30:00Z\".time offset", "PT0S"),
        ("@\"10:30:00\".time offset", "null"), ("@\"2021-07-01T10:00:00@Europe/Paris\".time offset", "PT2H"),
        ("@\"2021-07-01T10:00:00@Europe/Paris\".timezone", "\"Europe/Paris\""),
        ("@\"10:00:00+01:00\".timezone", "null"),
        ("@\"P1Y14M\".months", "2"), ("@\"P1DT25H\".days", "2"), ("@\"P1D\".years", "null"),
        ("@\"PT1.5S\".seconds", "1.5"),
    ])
    func properties(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        "2021-13-01", "2021-02-29", "21-01-01", "+2021-01-01", "01211-12-31", "9999999999-01-01", "2021-01-01T",
        "10:60:00", "24:00:01", "7:00:00", "10:00:00+19:00", "10:00:00@No/Where", "10:00:00+02:00@Europe/Paris", "P",
        "PT",
        "P1H", "P1Y1D", "1D", "P1.5D", "",
    ])
    func wrongLiteralsAreNull(_ text: String) {
        #expect(Value(temporal: text) == nil)
    }

    @Test(arguments: [
        ("date and time(@\"2020-01-01\", @\"10:00:00Z\")", "2020-01-01T10:00:00Z"),
        ("time(11, 59, 45, duration(\"-PT2H\"))", "11:59:45-02:00"),
        ("date(2021, 2, 29)", "null"), ("date(-9223372036854775808, 1, 1)", "null"),
        ("time(@\"2020-01-01\")", "00:00:00Z"), ("now()", "2024-05-06T12:00:00Z"),
        ("today()", "2024-05-06"),
        ("years and months duration(@\"2013-08-24\", @\"2011-12-22\")", "-P1Y8M"),
        ("week of year(@\"2005-01-01\")", "53"),
        ("day of year(@\"2020-12-31\")", "366"), ("month of year(@\"2020-12-31\")", "\"December\""),
    ])
    func conversionsAndCalendar(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test(arguments: [
        ("@\"10:00:00Z\" = @\"11:00:00+01:00\"", "true"), ("is(@\"10:00:00Z\", @\"11:00:00+01:00\")", "false"),
        ("@\"10:00:00.1\" = @\"10:00:00.2\"", "true"), ("@\"2020-01-01T10:00:00\" < @\"2020-01-01T11:00:00Z\"", "true"),
        ("@\"2020-01-01\" = @\"2020-01-01T00:00:00\"", "null"), ("@\"P1D\" = @\"PT24H\"", "true"),
    ])
    func comparison(_ text: String, _ expected: String) {
        #expect(shown(text) == expected)
    }

    @Test func daysCountAsTheCalendarDoes() throws {
        var expected: Int64 = try #require(CalendarDate(year: -401, month: 1, day: 1)).daysSince1970
        for year in -401...2401 {
            for month in 1...12 {
                for day in 1...31 {
                    guard let date = CalendarDate(year: year, month: month, day: day) else { continue }
                    guard date.daysSince1970 == expected, CalendarDate(daysSince1970: expected) == date else {
                        Issue.record("\(date) is not day \(expected)")
                        return
                    }
                    expected += 1
                }
            }
        }
        #expect(CalendarDate(daysSince1970: 0)?.description == "1970-01-01")
    }

    @Test func zonesAgreeWithFoundation() throws {
        var generator = SeededGenerator(7)
        var calendar = Calendar(identifier: .iso8601)
        for name in ["Europe/Paris", "America/New_York", "Australia/Melbourne", "Asia/Kathmandu"] {
            calendar.timeZone = try #require(TimeZone(identifier: name))
            let zone = Zone.region(try #require(Region(name)))
            for _ in 0..<200 {
                let seconds = Int64.random(in: 0...2_000_000_000, using: &generator)
                let parts = calendar.dateComponents(
                    [.year, .month, .day, .hour, .minute, .second],
                    from: Date(timeIntervalSince1970: Double(seconds))
                )
                let ours = try #require(DateAndTime(nanoseconds: Int128(seconds) * 1_000_000_000, zone: zone))
                #expect(Int(ours.date.year) == parts.year && Int(ours.date.day) == parts.day)
                #expect(Int(ours.time.hour) == parts.hour && Int(ours.time.minute) == parts.minute)
                #expect(abs((ours.utcSeconds ?? 0) - seconds) <= 3600)
            }
        }
    }

    @Test func printedValuesReadBack() throws {
        var generator = SeededGenerator(11)
        for _ in 0..<2_000 {
            let nanoseconds =
                Int128(Int64.random(in: -60_000_000_000...60_000_000_000, using: &generator)) * 1_000_000_000
            let fraction = Int128(Int64.random(in: 0..<1_000_000_000, using: &generator))
            let offset = Int32.random(in: -64_000...64_000, using: &generator)
            let moment = try #require(DateAndTime(nanoseconds: nanoseconds + fraction, zone: .offset(offset)))
            let duration = try #require(DaysAndTimeDuration(nanoseconds: nanoseconds + fraction))
            let months = try #require(YearsAndMonthsDuration(months: Int64(offset)))
            for value: Value in [
                .dateAndTime(moment), .date(moment.date), .time(moment.time), .daysAndTimeDuration(duration),
                .yearsAndMonthsDuration(months),
            ] {
                #expect(Value(temporal: value.description)?.isSame(value) == true, "\(value)")
            }
        }
    }
}
