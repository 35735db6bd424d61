public import JSONRPC

/// A moment in UTC to the microsecond, on the wire an RFC 3339 string such as `2026-11-21T08:30:00Z`.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 1970.
    public let microseconds: Int64

    /// A moment by its microseconds since 1970; years 1 to 9999.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Earlier moments come first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }
}

extension Timestamp: CustomStringConvertible {
    /// The moment in RFC 3339 with a `Z`; the fraction is absent, or has three or six digits.
    public var description: String {
        let (days, time) = microseconds.quotientAndRemainderFlooring(dividingBy: 86_400_000_000)
        let (year, month, day) = CivilDate.date(daysSince1970: days)
        let seconds = time / 1_000_000
        let fraction = time % 1_000_000
        var text = Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
        text += "T" + Self.padded(seconds / 3_600, 2) + ":" + Self.padded(seconds / 60 % 60, 2)
        text += ":" + Self.padded(seconds % 60, 2)
        if fraction % 1_000 != 0 {
            text += "." + Self.padded(fraction, 6)
        } else if fraction != 0 {
            text += "." + Self.padded(fraction / 1_000, 3)
        }
        return text + "Z"
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Timestamp: LosslessStringConvertible {
    /// Reads RFC 3339.
    ///
    /// That is a date, `T` or a space, a time with up to nine fractional digits, and `Z` or an offset. A date alone is
    /// its first moment in UTC. Nil for anything else, and for dates that do not exist.
    public init?(_ text: String) {
        var reader = TimestampReader(text)
        guard let microseconds = reader.read() else { return nil }
        self.microseconds = microseconds
    }
}

extension Timestamp: Codable {
    /// Reads the wire's string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(text) else {
            throw JSONDecodingError.expected("an RFC 3339 time such as 2026-11-21T08:30:00Z")
        }
        self = value
    }

    /// Writes the wire's string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Timestamp: JSONSchemaRepresentable {
    /// A string with the format `date-time`.
    public static var jsonSchema: JSON {
        ["type": "string", "format": "date-time", "examples": ["2026-11-21T08:30:00Z"]]
    }
}

/// Reads the parts of a timestamp from its bytes.
private struct TimestampReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func read() -> Int64? {
        guard let year = digits(4), take("-"), let month = digits(2), take("-"), let day = digits(2),
            let days = CivilDate.days(year: year, month: month, day: day)
        else { return nil }
        let midnight = days * 86_400_000_000
        if position == bytes.count { return midnight }
        guard take("T") || take("t") || take(" "), let hour = digits(2), hour < 24, take(":"),
            let minute = digits(2), minute < 60, take(":"), let second = digits(2), second < 60,
            let fraction = fraction(), let offset = offset(), position == bytes.count
        else { return nil }
        return midnight + ((hour * 60 + minute - offset) * 60 + second) * 1_000_000 + fraction
    }

    private mutating func take(_ character: Character) -> Bool {
        guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func digits(_ count: Int) -> Int64? {
        guard position + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<position + count] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        position += count
        return value
    }

    private mutating func fraction() -> Int64? {
        guard take(".") else { return 0 }
        var (value, count): (Int64, Int) = (0, 0)
        while position < bytes.count, (48...57).contains(bytes[position]) {
            if count < 6 { value = value * 10 + Int64(bytes[position] - 48) }
            count += 1
            position += 1
        }
        guard (1...9).contains(count) else { return nil }
        for _ in count..<max(count, 6) { value *= 10 }
        return value
    }

    /// The offset from UTC in minutes.
    private mutating func offset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = digits(2), hours < 24, take(":"), let minutes = digits(2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }
}

/// The proleptic Gregorian calendar by day numbers, after the algorithms of Howard Hinnant's
/// "chrono-compatible low-level date algorithms".
private enum CivilDate {
    static func days(year: Int64, month: Int64, day: Int64) -> Int64? {
        guard year >= 1, (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year: year) else {
            return nil
        }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func date(daysSince1970: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (daysSince1970 + 719_468).quotientAndRemainderFlooring(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Int64 {
    fileprivate func quotientAndRemainderFlooring(dividingBy divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
