import Yams

/// Reads the hours of weeks and of days.
struct HoursReader {
    /// The most spans of a day.
    private static let maximumSpans = 12
    private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let expectedDays = "days such as mon or mon-fri"
    private static let expectedSpan = "a span such as 09:00-17:30, or 22:00-06:00 over midnight"

    let findings: CalendarFindings

    /// The hours of a week, in which days that are not named are closed; nil with a mistake.
    func week(_ node: Node, of what: String) -> [[WallHours.Span]]? {
        guard let entries = findings.entries(node, of: what, limit: Self.days.count) else { return nil }
        var week: [[WallHours.Span]?] = Array(repeating: nil, count: Self.days.count)
        var isValid = true
        for entry in entries {
            guard let days = Self.range(entry.name) else {
                let name = CalendarFindings.short(entry.name)
                findings.error("“\(name)” in \(what) is no day, expected \(Self.expectedDays)", at: entry.key)
                isValid = false
                continue
            }
            let spans = day(entry.value, of: "“\(entry.name)” in \(what)")
            isValid = isValid && spans != nil
            for day in days {
                if week[day] != nil {
                    findings.error("“\(Self.days[day])” occurs twice in \(what), expected once", at: entry.key)
                    isValid = false
                }
                week[day] = spans ?? []
            }
        }
        let known = week.map { $0 ?? [] }
        for day in known.indices where CalendarReader.overlap(known[day], known[(day + 1) % known.count]) {
            let next = Self.days[(day + 1) % known.count]
            findings.error("the hours of \(Self.days[day]) in \(what) overlap those of \(next)", at: node)
            isValid = false
        }
        if isValid, known.allSatisfy(\.isEmpty) {
            findings.error("\(what) has no hours at all, expected some", at: node)
            return nil
        }
        return isValid ? known : nil
    }

    /// The spans of a day in order: one, a list of them, or `closed`; nil with a mistake.
    func day(_ node: Node, of what: String) -> [WallHours.Span]? {
        if node.scalar?.string == "closed" { return [] }
        if node.scalar != nil { return span(node, of: what).map { [$0] } }
        guard node.sequence != nil else {
            let expected = "\(Self.expectedSpan), a list of them, or closed"
            findings.error("\(what) is \(CalendarFindings.kind(node)), expected \(expected)", at: node)
            return nil
        }
        let nodes = findings.elements(node, of: what, limit: Self.maximumSpans)
        guard nodes.count == node.sequence?.count else { return nil }
        let read = nodes.map { (node: $0, span: span($0, of: what)) }
        var spans: [WallHours.Span] = []
        for (node, span) in read {
            guard let span else { return nil }
            if let last = spans.last, span.start < last.end {
                let problem = span.end > last.start ? "overlaps the one before it" : "is before the one before it"
                findings.error("a span of \(what) \(problem), expected spans in order", at: node)
                return nil
            }
            spans.append(span)
        }
        return spans
    }

    private func span(_ node: Node, of what: String) -> WallHours.Span? {
        let parts = (node.scalar?.string ?? "").split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = Self.time(parts[0]), let end = Self.time(parts[1]), start != end,
            start < WallHours.day
        else {
            findings.error("\(what) has \(CalendarFindings.kind(node)), expected \(Self.expectedSpan)", at: node)
            return nil
        }
        return WallHours.Span(start: start, end: end > start ? end : end + WallHours.day)
    }

    /// The microseconds after midnight of a text such as `09:00`, up to `24:00`.
    private static func time(_ text: Substring) -> Int64? {
        let digits = text.utf8.map { Int64($0) - 48 }
        guard digits.count == 5, digits[2] == 10 else { return nil }
        guard [0, 1, 3, 4].allSatisfy({ (0...9).contains(digits[$0]) }) else { return nil }
        let (hour, minute) = (digits[0] * 10 + digits[1], digits[3] * 10 + digits[4])
        guard minute < 60, hour * 60 + minute <= 1_440 else { return nil }
        return (hour * 60 + minute) * 60_000_000
    }

    /// The numbers of the days of `mon`, `mon-fri`, `sat-mon`.
    private static func range(_ name: String) -> [Int]? {
        let ends = name.split(separator: "-", omittingEmptySubsequences: false).map { days.firstIndex(of: String($0)) }
        switch ends.count {
        case 1: return ends[0].map { [$0] }
        case 2:
            guard let first = ends[0], let last = ends[1] else { return nil }
            return (0...(last - first + days.count) % days.count).map { (first + $0) % days.count }
        default: return nil
        }
    }
}
