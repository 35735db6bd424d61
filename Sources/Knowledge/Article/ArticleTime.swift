import Vocabulary

/// Reads and writes the times of articles, in microseconds since 1970 (UTC), for the years 1 to 9999.
package enum ArticleTime {
    private static let second: Int64 = 1_000_000

    /// Reads an RFC 3339 date (`2026-01-31`, its start) or a date and time with `Z` or an offset.
    ///
    /// - Returns: `nil` when the text is neither, or names a day or time that does not exist.
    package static func parse(_ text: String) -> Int64? { RFC3339.microseconds(text) }

    /// Also reads the forms found in foreign files: `2026-01-31 10:00:00` (taken as UTC) and RFC 822 dates as in RSS.
    package static func parseForeign(_ text: String) -> Int64? {
        RFC3339.microseconds(text) ?? RFC3339.microseconds(text + "Z") ?? parseMail(text)
    }

    /// The RFC 3339 text of a time: the date alone at midnight, and fractions only if there are any.
    package static func text(of time: Int64) -> String { RFC3339.date(of: time) ?? RFC3339.text(of: time) }

    /// Reads a date of RFC 822 (`Tue, 10 Jun 2003 04:00:00 GMT`), with a year of two or four digits and a named or
    /// numeric zone.
    private static func parseMail(_ text: String) -> Int64? {
        var words = text.prefix(64).split(whereSeparator: \.isWhitespace).map(String.init)
        if words.first?.hasSuffix(",") == true { words.removeFirst() }
        guard words.count >= 4, let day = Int64(words[0]), var year = Int64(words[2]) else { return nil }
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        guard let month = months.firstIndex(of: words[1].prefix(3).lowercased()) else { return nil }
        if (0..<100).contains(year) { year += year < 70 ? 2000 : 1900 }
        guard let date = RFC3339.microseconds(year: year, month: Int64(month) + 1, day: day),
            let time = clock(words[3])
        else { return nil }
        return zone(words.count > 4 ? words[4] : "GMT").map { date + time - $0 }
    }

    /// Reads the time of day, with or without seconds.
    private static func clock(_ text: String) -> Int64? {
        let time = text.split(separator: ":").count == 2 ? text + ":00" : text
        return RFC3339.microseconds("1970-01-01T\(time)Z")
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
}
