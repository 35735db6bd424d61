/// When something is open by the clock on the wall: weekly hours, and days with hours of their own.
///
/// Times are microseconds on that clock since 1970 began on it; the clock knows no daylight-saving time. A span belongs
/// to the day on which it begins and may extend into the next one.
///
/// ``open(before:)`` counts open time with sums over weeks and over special days, without going through them: its cost
/// is a binary search among the special days.
struct WallHours: Sendable, Hashable {
    /// A span of a day, in microseconds after midnight; the end is at most a day after the start.
    struct Span: Sendable, Hashable {
        let start: Int64
        let end: Int64

        var length: Int64 { end - start }
        var isOverMidnight: Bool { end > WallHours.day }
    }

    /// A day, in microseconds.
    static let day: Int64 = 86_400_000_000

    /// The spans of the days from Monday to Sunday, in order.
    let week: [[Span]]
    /// The numbers of the special days since 1970, in order, and their spans.
    private let specialDays: [Int64]
    private let specialSpans: [[Span]]
    /// The open time of the days of a week before each day, and of the whole week.
    private let weekSums: [Int64]
    /// What the special days before each add to the weekly hours.
    private let specialSums: [Int64]

    /// Hours of a week, in which some days differ.
    ///
    /// - Precondition: seven days; no two spans overlap.
    init(week: [[Span]], special: [Int64: [Span]] = [:]) {
        precondition(week.count == 7, "a week has seven days")
        self.week = week
        specialDays = special.keys.sorted()
        specialSpans = specialDays.map { special[$0] ?? [] }
        weekSums = week.reduce(into: [0]) { $0.append($0[$0.count - 1] + Self.length($1)) }
        var sums: [Int64] = [0]
        for (day, spans) in zip(specialDays, specialSpans) {
            let usual = week[Self.weekday(day)]
            sums.append(sums[sums.count - 1] + Self.length(spans) - Self.length(usual))
        }
        specialSums = sums
    }

    /// The time open in a usual week.
    var weekLength: Int64 { weekSums[7] }

    private static func length(_ spans: [Span]) -> Int64 { spans.reduce(0) { $0 + $1.length } }

    /// The number of a day in its week, from 0 for Monday; 1970 began on a Thursday.
    static func weekday(_ day: Int64) -> Int {
        let remainder = (day + 3) % 7
        return Int(remainder < 0 ? remainder + 7 : remainder)
    }

    /// The number of the day that contains a time.
    static func number(ofDay local: Int64) -> Int64 {
        local >= 0 ? local / day : (local + 1) / day - 1
    }

    /// The spans that begin on a day.
    func spans(on day: Int64) -> [Span] {
        let place = place(of: day)
        return place < specialDays.count && specialDays[place] == day ? specialSpans[place] : week[Self.weekday(day)]
    }

    /// How many special days are before a day.
    private func place(of day: Int64) -> Int {
        var (low, high) = (0, specialDays.count)
        while low < high {
            let middle = (low + high) / 2
            if specialDays[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether it is open at a time.
    func isOpen(at local: Int64) -> Bool {
        let day = Self.number(ofDay: local)
        let time = local - day * Self.day
        return spans(on: day).contains { $0.start <= time && time < $0.end }
            || spans(on: day - 1).contains { time + Self.day < $0.end }
    }

    /// The open time before a time, counted from a fixed but arbitrary time: only differences mean something.
    func open(before local: Int64) -> Int64 {
        let day = Self.number(ofDay: local)
        let time = local - day * Self.day
        // What began two days ago has ended: a span begins before its day ends and lasts at most a day.
        return whole(before: day - 1) + part(of: day - 1, before: time + Self.day) + part(of: day, before: time)
    }

    /// The open time of everything that begins before a day.
    private func whole(before day: Int64) -> Int64 {
        let weekday = Self.weekday(day)
        let weeks = (day + 3 - Int64(weekday)) / 7
        return weeks * weekSums[7] + weekSums[weekday] + specialSums[place(of: day)]
    }

    private func part(of day: Int64, before time: Int64) -> Int64 {
        var sum: Int64 = 0
        for span in spans(on: day) where span.start < time { sum += min(time, span.end) - span.start }
        return sum
    }
}
