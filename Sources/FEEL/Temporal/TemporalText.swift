/// Reads dates, times and durations from their ISO 8601 forms, as 10.3.2.3 and XML Schema restrict them.
struct TemporalText {
    private let bytes: [UInt8]
    private var index = 0

    /// The longest text that can be one.
    private static let maximumLength = 200

    private init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength else { return nil }
        bytes = Array(text.utf8)
    }

    private var isAtEnd: Bool { index == bytes.count }
    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard let next, UInt32(next) == character.value else { return false }
        index += 1
        return true
    }

    private mutating func digits(_ count: Int) -> Int? {
        guard index + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<index + count] {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        index += count
        return value
    }

    private func countDigits() -> Int { bytes[index...].prefix { $0 >= 48 && $0 <= 57 }.count }

    /// The value of any temporal literal: date, date and time, time, or duration.
    static func value(_ text: String) -> Value? {
        if let date = date(text) { return .date(date) }
        if let moment = dateAndTime(text) { return .dateAndTime(moment) }
        if let time = time(text) { return .time(time) }
        return duration(text)
    }

    /// `YYYY-MM-DD`, the year with a sign or up to nine digits.
    static func date(_ text: String) -> CalendarDate? {
        guard var reader = TemporalText(text), let date = reader.readDate(), reader.isAtEnd else { return nil }
        return date
    }

    /// `hh:mm:ss`, a fraction, and `Z`, an offset or `@` and a region.
    static func time(_ text: String) -> TimeOfDay? {
        guard var reader = TemporalText(text), let (time, _) = reader.readTime() else { return nil }
        return time
    }

    /// A date, `T` and a time; midnight of a date alone; `24:00:00` is midnight of the next day.
    static func dateAndTime(_ text: String) -> DateAndTime? {
        guard var reader = TemporalText(text), let date = reader.readDate() else { return nil }
        guard reader.accept("T"), let (time, isNextDay) = reader.readTime() else { return nil }
        guard isNextDay else { return DateAndTime(date: date, time: time) }
        guard let next = CalendarDate(daysSince1970: date.daysSince1970 + 1) else { return nil }
        return DateAndTime(date: next, time: time)
    }

    private mutating func readDate() -> CalendarDate? {
        let isNegative = accept("-")
        let count = countDigits()
        guard count >= 4, count <= 9, count == 4 || bytes[index] != 48, let year = digits(count), accept("-"),
            let month = digits(2), accept("-"), let day = digits(2)
        else { return nil }
        return CalendarDate(year: isNegative ? -year : year, month: month, day: day)
    }

    /// The rest of the text as a time, and whether it was midnight at the end of the day.
    private mutating func readTime() -> (TimeOfDay, Bool)? {
        guard let hour = digits(2), accept(":"), let minute = digits(2), accept(":"), let second = digits(2) else {
            return nil
        }
        var nanosecond = 0
        if accept(".") {
            guard let fraction = readFraction() else { return nil }
            nanosecond = fraction
        }
        guard let zone = readZone(), isAtEnd else { return nil }
        if hour == 24 {
            guard minute == 0, second == 0, nanosecond == 0 else { return nil }
            return (.midnight(zone), true)
        }
        return TimeOfDay(hour: hour, minute: minute, second: second, nanosecond: nanosecond, zone: zone)
            .map { ($0, false) }
    }

    /// Digits of a fraction as nanoseconds; what is finer is cut off.
    private mutating func readFraction() -> Int? {
        let count = countDigits()
        guard count > 0 else { return nil }
        var value = 0
        for position in 0..<9 {
            value *= 10
            if position < count { value += Int(bytes[index + position] - 48) }
        }
        index += count
        return value
    }

    private mutating func readZone() -> Zone? {
        if isAtEnd { return Zone.none }
        if accept("Z") || accept("z") { return .utc }
        if accept("@") {
            defer { index = bytes.count }
            return Region(String(decoding: bytes[index...], as: UTF8.self)).map(Zone.region)
        }
        let isNegative = next == 45
        guard accept("+") || accept("-"), let hours = digits(2), accept(":"), let minutes = digits(2), minutes < 60
        else { return nil }
        var seconds = 0
        if accept(":") {
            guard let read = digits(2), read < 60 else { return nil }
            seconds = read
        }
        let total = hours * 3600 + minutes * 60 + seconds
        guard total <= Zone.maximumOffset else { return nil }
        return .offset(Int32(isNegative ? -total : total))
    }
}

extension TemporalText {
    /// A duration of years and months, or of days and time.
    static func duration(_ text: String) -> Value? {
        if let months = yearsAndMonths(text) { return .yearsAndMonthsDuration(months) }
        return daysAndTime(text).map(Value.daysAndTimeDuration)
    }

    /// `-PnYnM`.
    static func yearsAndMonths(_ text: String) -> YearsAndMonthsDuration? {
        guard var reader = TemporalText(text) else { return nil }
        let isNegative = reader.accept("-")
        guard reader.accept("P") else { return nil }
        let years = reader.component("Y")
        let months = reader.component("M")
        guard reader.isAtEnd, years != nil || months != nil else { return nil }
        let total = (years ?? 0) * 12 + (months ?? 0)
        return Int64(exactly: isNegative ? -total : total).flatMap(YearsAndMonthsDuration.init(months:))
    }

    /// `-PnDTnHnMn.nS`.
    static func daysAndTime(_ text: String) -> DaysAndTimeDuration? {
        guard var reader = TemporalText(text) else { return nil }
        let isNegative = reader.accept("-")
        guard reader.accept("P") else { return nil }
        let days = reader.component("D")
        var hasTime = false
        var total = (days ?? 0) * 86_400_000_000_000
        if reader.accept("T") {
            if let hours = reader.component("H") { (hasTime, total) = (true, total + hours * 3_600_000_000_000) }
            if let minutes = reader.component("M") { (hasTime, total) = (true, total + minutes * 60_000_000_000) }
            if let seconds = reader.seconds() { (hasTime, total) = (true, total + seconds) }
            guard hasTime else { return nil }
        }
        guard reader.isAtEnd, days != nil || hasTime else { return nil }
        return DaysAndTimeDuration(nanoseconds: isNegative ? -total : total)
    }

    /// Digits and a designator; nil, with nothing read, when they do not stand here.
    private mutating func component(_ designator: Unicode.Scalar) -> Int128? {
        let start = index
        let count = countDigits()
        guard count > 0, count <= 18, let value = digits(count), accept(designator) else {
            index = start
            return nil
        }
        return Int128(value)
    }

    private mutating func seconds() -> Int128? {
        let start = index
        let count = countDigits()
        guard count > 0, count <= 18, let whole = digits(count) else { return nil }
        var fraction = 0
        if accept("."), countDigits() > 0 { fraction = readFraction() ?? 0 }
        guard accept("S") else {
            index = start
            return nil
        }
        return Int128(whole) * 1_000_000_000 + Int128(fraction)
    }
}
