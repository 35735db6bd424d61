/// Reads and writes the times of articles: microseconds since 1970, UTC, years 1 to 9999.
package enum ArticleTime {
    private static let second: Int64 = 1_000_000
    private static let day: Int64 = 86_400 * second

    /// Reads an RFC 3339 date (`2026-01-31`, its first moment) or a date and time with `Z` or an offset.
    ///
    /// - Returns: `nil` when the text is neither; days and times that do not exist are refused.
    package static func parse(_ text: String) -> Int64? {
        var scanner = Scanner(text)
        guard let date = scanner.date() else { return nil }
        if scanner.isAtEnd { return date }
        guard scanner.skip("T", "t"), let time = scanner.time(), let offset = scanner.offset(), scanner.isAtEnd else {
            return nil
        }
        return date + time - offset
    }

    /// Reads what foreign files hold as well: `2026-01-31 10:00:00` (taken as UTC) and RFC 822 dates as in RSS.
    package static func parseForeign(_ text: String) -> Int64? {
        if let time = parse(text) { return time }
        var scanner = Scanner(text)
        if let date = scanner.date(), scanner.skip(" ", "T"), let time = scanner.time(), scanner.isAtEnd {
            return date + time
        }
        return parseMail(text)
    }

    /// The RFC 3339 text of a time: the date alone at midnight, fractions only where there are any.
    package static func text(of time: Int64) -> String {
        let days = time >= 0 ? time / day : (time - day + 1) / day
        let rest = time - days * day
        let (year, month, dayOfMonth) = civil(days: days)
        let date = "\(pad(year, 4))-\(pad(month, 2))-\(pad(dayOfMonth, 2))"
        if rest == 0 { return date }
        let seconds = rest / second
        let fraction = rest % second
        let clock = "\(pad(seconds / 3600, 2)):\(pad(seconds / 60 % 60, 2)):\(pad(seconds % 60, 2))"
        return "\(date)T\(clock)\(fraction == 0 ? "" : "." + pad(fraction, 6))Z"
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// `Tue, 10 Jun 2003 04:00:00 GMT` of RFC 822, with two or four digits of year and a named or numeric zone.
    private static func parseMail(_ text: String) -> Int64? {
        var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        if words.first?.hasSuffix(",") == true { words.removeFirst() }
        guard words.count >= 4, let dayOfMonth = Int64(words[0]), var year = Int64(words[2]) else { return nil }
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        guard let month = months.firstIndex(of: words[1].prefix(3).lowercased()) else { return nil }
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        var clock = Scanner(words[3].split(separator: ":").count == 2 ? words[3] + ":00" : words[3])
        guard let date = moment(year, Int64(month) + 1, dayOfMonth), let time = clock.time(), clock.isAtEnd else {
            return nil
        }
        return zone(words.count > 4 ? words[4] : "GMT").map { date + time - $0 }
    }

    private static func zone(_ text: String) -> Int64? {
        let hours: [String: Int64] = [
            "GMT": 0, "UT": 0, "UTC": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
            "PST": -8, "PDT": -7,
        ]
        if let known = hours[text.uppercased()] { return known * 3600 * second }
        guard text.count == 5, let sign = text.first, sign == "+" || sign == "-", let value = Int64(text.dropFirst())
        else { return nil }
        let offset = (value / 100 * 60 + value % 100) * 60 * second
        return sign == "-" ? -offset : offset
    }

    /// The first moment of a day of the Gregorian calendar; `nil` where there is no such day.
    fileprivate static func moment(_ year: Int64, _ month: Int64, _ dayOfMonth: Int64) -> Int64? {
        guard (1...9999).contains(year), (1...12).contains(month), dayOfMonth >= 1 else { return nil }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard dayOfMonth <= lengths[Int(month) - 1] else { return nil }
        // Days from the civil calendar, with years that begin in March (H. Hinnant, "chrono-compatible date algorithms").
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - 719_468) * day
    }

    private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// Reads fixed-width digits from ASCII.
    fileprivate struct Scanner {
        private let bytes: [UInt8]
        private var index = 0

        init(_ text: String) { bytes = Array(text.utf8.prefix(64)) }

        var isAtEnd: Bool { index == bytes.count }

        mutating func skip(_ characters: Character...) -> Bool {
            guard index < bytes.count, characters.contains(Character(Unicode.Scalar(bytes[index]))) else {
                return false
            }
            index += 1
            return true
        }

        private mutating func digits(_ count: Int) -> Int64? {
            guard index + count <= bytes.count else { return nil }
            var value: Int64 = 0
            for byte in bytes[index..<index + count] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - 0x30)
            }
            index += count
            return value
        }

        mutating func date() -> Int64? {
            guard let year = digits(4), skip("-"), let month = digits(2), skip("-"), let day = digits(2) else {
                return nil
            }
            return moment(year, month, day)
        }

        mutating func time() -> Int64? {
            guard let hour = digits(2), skip(":"), let minute = digits(2), skip(":"), let seconds = digits(2),
                hour < 24, minute < 60, seconds < 60
            else { return nil }
            return ((hour * 60 + minute) * 60 + seconds) * second + (fraction() ?? 0)
        }

        private mutating func fraction() -> Int64? {
            guard skip(".") else { return nil }
            var value: Int64 = 0
            var unit: Int64 = 100_000
            while let digit = digits(1) {
                value += digit * unit
                unit /= 10
            }
            return value
        }

        mutating func offset() -> Int64? {
            if skip("Z", "z") { return 0 }
            let negative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
            guard skip("+", "-"), let hours = digits(2), skip(":"), let minutes = digits(2), hours < 24, minutes < 60
            else { return nil }
            return (hours * 60 + minutes) * 60 * second * (negative ? -1 : 1)
        }
    }
}
