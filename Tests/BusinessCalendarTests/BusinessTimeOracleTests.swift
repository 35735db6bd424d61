import BusinessCalendar
import Foundation
import Testing
import Vocabulary

/// Compares business time with a slow count that looks at the clock on the wall every minute.
@Suite struct BusinessTimeOracleTests {
    private static let zones = [
        "Europe/Dublin", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "America/St_Johns",
        "America/Sao_Paulo", "America/Santiago", "America/Havana", "Africa/Cairo", "Africa/Casablanca",
        "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Beirut", "Australia/Lord_Howe", "Australia/Adelaide",
        "Pacific/Apia", "Pacific/Chatham", "Atlantic/Azores", "UTC",
    ]
    private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let minute: Int64 = 60_000_000
    /// Spans compared in each zone; `FRONTLINE_CALENDAR_SPANS` is the number for all zones.
    private static let spans =
        (ProcessInfo.processInfo.environment["FRONTLINE_CALENDAR_SPANS"].flatMap(Int.init) ?? 4_000) / zones.count

    /// Hours made at random, as a file and as the minutes of each day.
    private struct Sample {
        var yaml: String
        /// By weekday from Monday: the minutes after midnight in pairs of start and end, which may be on the next day.
        var week: [[ClosedRange<Int>]] = []
        /// By the number of the day since 1970.
        var holidays: [Int64: [ClosedRange<Int>]] = [:]
    }

    private static func text(_ spans: [ClosedRange<Int>]) -> String {
        let texts = spans.map { span in
            [span.lowerBound, span.upperBound].map { minute in
                let minute = minute > 1_440 ? minute - 1_440 : minute
                return (minute < 600 ? "0" : "") + "\(minute / 60):" + (minute % 60 < 10 ? "0" : "") + "\(minute % 60)"
            }.joined(separator: "-")
        }
        return "[" + texts.joined(separator: ", ") + "]"
    }

    /// Up to three spans from a minute on; the last one may end on the next day before its tenth hour.
    private static func spans(using generator: inout SeededGenerator) -> [ClosedRange<Int>] {
        var (spans, place): ([ClosedRange<Int>], Int) = ([], 600)
        // Before the tenth hour there is one span at most, on days that follow none over midnight.
        for _ in 0..<Int.random(in: 0...3, using: &generator) where place < 1_400 {
            let start = Int.random(in: place...1_430, using: &generator)
            let end = Int.random(in: start + 1...min(start + 700, 2_039), using: &generator)
            spans.append(start...end)
            place = end
        }
        return spans
    }

    private static func sample(_ zone: String, around start: Int64, using generator: inout SeededGenerator) -> Sample {
        var sample = Sample(yaml: "time_zone: \(zone)\nhours:\n")
        for day in days {
            var spans = spans(using: &generator)
            let previous = sample.week.last?.last?.upperBound ?? 2_039
            if previous <= 1_440, day != "mon", Bool.random(using: &generator) { spans.insert(30...570, at: 0) }
            sample.week.append(spans)
            sample.yaml += "  \(day): \(text(spans))\n"
        }
        if sample.week.allSatisfy(\.isEmpty) {
            sample.week[2] = [600...700]
            sample.yaml = "time_zone: \(zone)\nhours: {wed: 10:00-11:40}\n"
        }
        var list = ""
        let first = start / 86_400_000_000
        for day in Set((0..<6).map { _ in first + Int64.random(in: 0...30, using: &generator) }).sorted() {
            let spans = spans(using: &generator)
            let weekday = Int((day + 1 + 3) % 7)
            // A holiday that would overlap the next day is left out.
            if let end = spans.last?.upperBound, end > 1_440, sample.week[weekday].first?.lowerBound == 30 { continue }
            sample.holidays[day] = spans
            let date = Timestamp(microseconds: day * 86_400_000_000).description.prefix(10)
            list += "  - {date: \(date), name: x, hours: \(text(spans))}\n"
        }
        if !list.isEmpty { sample.yaml += "holidays:\n" + list }
        return sample
    }

    /// Whether the clock on the wall shows a time within the hours.
    private static func isOpen(_ sample: Sample, _ zone: TimeZone, _ moment: Int64) -> Bool {
        let seconds = moment / 1_000_000
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        let local = seconds + Int64(offset)
        let (day, minute) = (local / 86_400, Int(local % 86_400 / 60))
        func spans(_ day: Int64) -> [ClosedRange<Int>] { sample.holidays[day] ?? sample.week[Int((day + 3) % 7)] }
        return spans(day).contains { $0.lowerBound <= minute && minute < $0.upperBound }
            || spans(day - 1).contains { minute + 1_440 < $0.upperBound }
    }

    @Test(arguments: zones)
    func `business time is what the clock on the wall shows minute by minute`(name: String) throws {
        let zone = try #require(TimeZone(identifier: name))
        var generator = SeededGenerator(seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
        var compared = 0
        while compared < Self.spans {
            // Every second window contains a change of the clocks, if the zone has any.
            let year = Int64.random(in: 631_152_000...2_800_000_000, using: &generator)
            let change = zone.nextDaylightSavingTimeTransition(after: Date(timeIntervalSince1970: Double(year)))
            let middle = compared % 2 == 0 ? change.map { Int64($0.timeIntervalSince1970) } ?? year : year
            let start = (middle - Int64.random(in: 0...1_500_000, using: &generator)) / 60 * Self.minute
            let sample = Self.sample(name, around: start, using: &generator)
            let calendar = try BusinessCalendar(yaml: sample.yaml, file: "calendar.yaml")
            let minutes = 25 * 1_440
            let open = (0..<minutes).map { Self.isOpen(sample, zone, start + Int64($0) * Self.minute) }
            compared += try compare(calendar.hours(of: nil), with: open, from: start, using: &generator)
        }
    }

    /// Compares a hundred spans within the minutes, and returns their number.
    private func compare(
        _ hours: BusinessHours,
        with open: [Bool],
        from start: Int64,
        using generator: inout SeededGenerator
    ) throws -> Int {
        var sums: [Int64] = [0]
        for isOpen in open { sums.append(sums[sums.count - 1] + (isOpen ? Self.minute : 0)) }
        let end = Int64(open.count) * Self.minute - 1
        func before(_ place: Int64) -> Int64 {
            let minute = Int(place / Self.minute)
            return sums[minute] + (open[minute] ? place % Self.minute : 0)
        }
        for _ in 0..<100 {
            let ends = [Int64.random(in: 0...end, using: &generator), Int64.random(in: 0...end, using: &generator)]
                .sorted()
            let (from, to) = (Timestamp(microseconds: start + ends[0]), Timestamp(microseconds: start + ends[1]))
            let expected = before(ends[1]) - before(ends[0])
            try #require(hours.duration(from: from, to: to) == .microseconds(expected), "\(from) to \(to)")
            try #require(hours.isOpen(at: from) == open[Int(ends[0] / Self.minute)], "\(from)")
            let found = try #require(hours.instant(.microseconds(expected), after: from), "\(from)")
            // The first moment with this sum, which is before a closed time.
            try #require(found <= to && before(found.microseconds - start) - before(ends[0]) == expected, "\(from)")
            if found > from {
                try #require(before(found.microseconds - start - 1) - before(ends[0]) == expected - 1, "\(from)")
            }
            let next = open[Int(ends[0] / Self.minute)...].firstIndex(of: true)
            if let next {
                let expected = max(ends[0], Int64(next) * Self.minute) + start
                try #require(hours.nextOpening(after: from)?.microseconds == expected, "\(from)")
            }
            if let next = open[Int(ends[0] / Self.minute)...].firstIndex(of: false) {
                let expected = max(ends[0], Int64(next) * Self.minute) + start
                try #require(hours.nextClosing(after: from)?.microseconds == expected, "\(from)")
            }
        }
        return 100
    }
}

/// SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
