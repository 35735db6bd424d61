import FEEL

/// Finds dates in an utterance: "yesterday", "last Tuesday", "the 3rd of March", "03/04/2026", "in two weeks".
struct DateReader {
    /// Which date is meant where the words leave it open, as a day of the week or a date without a year does.
    enum Tense: String, Sendable, CaseIterable {
        case past, future
    }

    private static let years = 1_900...2_199
    /// The spans of time that words may name, in each unit.
    private static let longestSpan = 1_200

    private let utterance: Utterance
    private let language: SpokenLanguage
    private let today: CalendarDate
    private let tense: Tense

    init(_ utterance: Utterance, _ language: SpokenLanguage, today: CalendarDate, tense: Tense) {
        (self.utterance, self.language, self.today, self.tense) = (utterance, language, today, tense)
    }

    private typealias Found = (date: CalendarDate, end: Int)

    /// The dates, in the order of the text.
    func dates() -> [(date: CalendarDate, range: Range<Int>)] {
        var found: [(date: CalendarDate, range: Range<Int>)] = []
        var position = 0
        while position < utterance.tokens.count {
            if let (date, end) = date(at: position) {
                found.append((date, utterance.range(from: position, to: end)))
                position = end
            } else {
                position += 1
            }
        }
        return found
    }

    private func date(at position: Int) -> Found? {
        numeric(position) ?? dayAndMonth(position) ?? monthAndDay(position) ?? relative(position) ?? span(position)
            ?? weekday(position)
    }

    private func token(_ position: Int) -> Utterance.Token? {
        utterance.tokens.indices.contains(position) ? utterance.tokens[position] : nil
    }

    private func digits(_ position: Int, _ lengths: ClosedRange<Int>) -> Int? {
        guard let token = token(position), token.kind == .digits, lengths.contains(token.text.utf8.count) else {
            return nil
        }
        return Int(token.text)
    }

    // MARK: In digits

    /// 2026-03-04, 03/04/2026, 4.3.26 and, with full stops, 4.3.
    private func numeric(_ position: Int) -> Found? {
        guard let first = digits(position, 1...4), isApart(position), let mark = token(position + 1)?.text,
            ["-", "/", "."].contains(mark), utterance.areJoined(position + 1), utterance.areJoined(position + 2),
            let second = digits(position + 2, 1...2)
        else { return nil }
        let isFull = token(position + 3)?.text == mark && utterance.areJoined(position + 3)
        if isFull, utterance.areJoined(position + 4), let third = digits(position + 4, 1...4), ends(position + 5) {
            return full(first, second, third, mark, position).map { ($0, position + 5) }
        }
        guard mark == ".", language.isDayFirst, isFull, !utterance.areJoined(position + 4),
            let date = nearest(day: first, month: second)
        else { return nil }
        return (date, position + 4)
    }

    private func full(_ first: Int, _ second: Int, _ third: Int, _ mark: String, _ position: Int) -> CalendarDate? {
        if utterance.tokens[position].text.utf8.count == 4 {
            return Self.years.contains(first) ? CalendarDate(year: first, month: second, day: third) : nil
        }
        let isShort = utterance.tokens[position + 4].text.utf8.count == 2
        let year = isShort ? century(third) : third
        guard Self.years.contains(year) else { return nil }
        let isDayFirst = first > 12 || mark == "." || (language.isDayFirst && second <= 12)
        return CalendarDate(year: year, month: isDayFirst ? second : first, day: isDayFirst ? first : second)
    }

    /// The year of two digits, which is at most 20 years ahead.
    private func century(_ year: Int) -> Int {
        let present = Int(today.year)
        let candidate = present - present % 100 + year
        return candidate > present + 20 ? candidate - 100 : candidate
    }

    /// Whether nothing is joined to a token from the left: in "OH-26-10-2026" no date begins.
    private func isApart(_ position: Int) -> Bool {
        !utterance.areJoined(position) || ["(", "\"", "“", ":"].contains(utterance.tokens[position - 1].text)
    }

    /// Whether no digits or letters are joined to what ends before a token.
    private func ends(_ position: Int) -> Bool {
        guard utterance.areJoined(position), let next = token(position) else { return true }
        return next.kind == .mark && !utterance.areJoined(position + 1)
    }

    // MARK: With a month by name

    /// A day before its month, as in "the 3rd of March 2026" and "third of March".
    private func dayAndMonth(_ position: Int) -> Found? {
        guard isApart(position), let (day, end) = day(position) else { return nil }
        var next = end
        while let word = token(next)?.text, language.fillers.contains(word) { next += 1 }
        guard let month = token(next).flatMap({ language.months[$0.text] }) else { return nil }
        return finished(day: day, month: month, at: next + 1)
    }

    /// "March 3rd, 2026".
    private func monthAndDay(_ position: Int) -> Found? {
        guard let month = token(position).flatMap({ language.months[$0.text] }) else { return nil }
        var next = position + 1
        if token(next)?.text == "." { next += 1 }
        while let word = token(next)?.text, language.fillers.contains(word) { next += 1 }
        guard let (day, end) = day(next) else { return nil }
        return finished(day: day, month: month, at: end)
    }

    /// The day of a month at a token, with the suffix of an ordinal number, and the token behind it.
    private func day(_ position: Int) -> (day: Int, end: Int)? {
        if let token = token(position), let ordinal = language.ordinals[token.text] { return (ordinal, position + 1) }
        guard let day = digits(position, 1...2), (1...31).contains(day) else { return nil }
        let next = position + 1
        if let suffix = token(next), utterance.areJoined(next) {
            if language.ordinalSuffixes.contains(suffix.text) || suffix.text == "." { return (day, next + 1) }
            guard suffix.text == "," else { return nil }
        }
        return (day, next)
    }

    /// The date of a day and a month, with the year if one follows.
    private func finished(day: Int, month: Int, at position: Int) -> Found? {
        let comma = [",", "."].contains(token(position)?.text) ? 1 : 0
        if let year = digits(position + comma, 4...4), Self.years.contains(year), ends(position + comma + 1),
            let date = CalendarDate(year: year, month: month, day: day)
        {
            return (date, position + comma + 1)
        }
        return nearest(day: day, month: month).map { ($0, position) }
    }

    /// The last such day, or the next one, counting today.
    private func nearest(day: Int, month: Int) -> CalendarDate? {
        let present = Int(today.year)
        // 29 February may be up to eight years away.
        let candidates = (present - 8...present + 8).compactMap { CalendarDate(year: $0, month: month, day: day) }
        return tense == .past ? candidates.last { $0 <= today } : candidates.first { $0 >= today }
    }

    // MARK: From today

    private func moved(_ days: Int) -> CalendarDate? { CalendarDate(daysSince1970: today.daysSince1970 + Int64(days)) }

    private func relative(_ position: Int) -> Found? {
        guard let (days, end) = utterance.longest(of: language.relative, at: position), let date = moved(days) else {
            return nil
        }
        return (date, end)
    }

    /// "three days ago", "in a week", "vor zwei Monaten".
    private func span(_ position: Int) -> Found? {
        let before = utterance.longest(of: language.before, at: position)
        guard let count = language.count(in: utterance, at: before?.end ?? position), let number = count.whole,
            (0...Self.longestSpan).contains(number), let unit = token(count.end).flatMap({ language.spans[$0.text] })
        else { return nil }
        let after = before == nil ? utterance.longest(of: language.after, at: count.end + 1) : nil
        guard let sign = before?.meaning ?? after?.meaning, let date = moved(number * sign, unit) else { return nil }
        return (date, after?.end ?? count.end + 1)
    }

    private func moved(_ number: Int, _ span: SpokenLanguage.Span) -> CalendarDate? {
        switch span {
        case .day: moved(number)
        case .week: moved(number * 7)
        case .month: today.adding(months: Int64(number))
        case .year: today.adding(months: Int64(number * 12))
        }
    }

    /// "last Tuesday", "on Friday".
    private func weekday(_ position: Int) -> Found? {
        let choice = token(position).flatMap { language.choosing[$0.text] }
        let name = choice == nil ? position : position + 1
        guard let weekday = token(name).flatMap({ language.weekdays[$0.text] }) else { return nil }
        let ahead = (weekday - today.weekday + 7) % 7
        let days =
            switch choice {
            case .some(-1): ahead - 7
            case .some(0): weekday - today.weekday
            case .some: ahead == 0 ? 7 : ahead
            case nil: tense == .past ? (ahead == 0 ? 0 : ahead - 7) : ahead
            }
        return moved(days).map { ($0, name + 1) }
    }
}
