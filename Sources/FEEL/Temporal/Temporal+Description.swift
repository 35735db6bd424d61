/// Digits with leading zeros.
private func padded(_ number: some BinaryInteger, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// `.` and the digits of a fraction without trailing zeros; empty for none.
private func fraction(_ nanoseconds: some BinaryInteger) -> String {
    guard nanoseconds != 0 else { return "" }
    var digits = padded(nanoseconds, 9)
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
}

extension CalendarDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String {
        (year < 0 ? "-" : "") + padded(year.magnitude, 4) + "-" + padded(month) + "-" + padded(day)
    }
}

extension Zone: CustomStringConvertible {
    /// Nothing, `Z`, `±hh:mm`, `±hh:mm:ss` or `@` and a region.
    public var description: String {
        switch self {
        case .none: return ""
        case .region(let region): return "@" + region.name
        case .offset(0): return "Z"
        case .offset(let offset):
            let seconds = offset.magnitude
            let minutes = padded(seconds / 3600) + ":" + padded(seconds / 60 % 60)
            return (offset < 0 ? "-" : "+") + minutes + (seconds % 60 == 0 ? "" : ":" + padded(seconds % 60))
        }
    }
}

extension TimeOfDay: CustomStringConvertible {
    /// `hh:mm:ss`, the fraction and the zone.
    public var description: String {
        padded(hour) + ":" + padded(minute) + ":" + padded(second) + fraction(nanosecond) + zone.description
    }
}

extension DateAndTime: CustomStringConvertible {
    /// The date, `T` and the time.
    public var description: String { "\(date)T\(time)" }
}

extension YearsAndMonthsDuration: CustomStringConvertible {
    /// `PnYnM`, `P0M` for nothing.
    public var description: String {
        guard months != 0 else { return "P0M" }
        let years = months.magnitude / 12
        let rest = months.magnitude % 12
        return (months < 0 ? "-P" : "P") + (years == 0 ? "" : "\(years)Y") + (rest == 0 ? "" : "\(rest)M")
    }
}

extension DaysAndTimeDuration: CustomStringConvertible {
    /// `PnDTnHnMn.nS`, `PT0S` for nothing.
    public var description: String {
        guard nanoseconds != 0 else { return "PT0S" }
        let total = nanoseconds.magnitude / 1_000_000_000
        let part = fraction(nanoseconds.magnitude % 1_000_000_000)
        let (days, hours, minutes, seconds) = (total / 86_400, total / 3600 % 24, total / 60 % 60, total % 60)
        var text = nanoseconds < 0 ? "-P" : "P"
        if days > 0 { text += "\(days)D" }
        if hours > 0 || minutes > 0 || seconds > 0 || !part.isEmpty { text += "T" }
        if hours > 0 { text += "\(hours)H" }
        if minutes > 0 { text += "\(minutes)M" }
        if seconds > 0 || !part.isEmpty { text += "\(seconds)\(part)S" }
        return text
    }
}
