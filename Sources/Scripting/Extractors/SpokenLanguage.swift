import FEEL

/// How one language says numbers, dates and currencies; all of it is read from `rules/extractors.yaml`.
struct SpokenLanguage: Sendable {
    /// What a span of time is counted in.
    enum Span: String, Sendable, CaseIterable {
        case day, week, month, year
    }

    typealias Phrases<Meaning: Sendable> = [([String], Meaning)]

    /// The mark before decimals; the other of the two groups thousands.
    var decimal: Character = "."
    /// Whether 03/04 is the third of April.
    var isDayFirst = true
    /// Numbers as words.
    var numbers: [String: Int] = [:]
    /// Words inside a number: "and".
    var joiners: Set<String> = []
    /// Words that mean 1, but only before what is counted: "a", "one".
    var articles: Set<String> = []
    /// Ordinal numbers as words.
    var ordinals: [String: Int] = [:]
    /// What follows the digits of an ordinal number: "rd".
    var ordinalSuffixes: Set<String> = []
    /// Months by name, 1 to 12.
    var months: [String: Int] = [:]
    /// Days of the week by name, from Monday, 1 to 7.
    var weekdays: [String: Int] = [:]
    /// Days by their distance from today: "yesterday".
    var relative: Phrases<Int> = []
    /// Words before a day of the week that choose the one before, on or after today: -1, 0, 1.
    var choosing: [String: Int] = [:]
    /// Spans of time by name.
    var spans: [String: Span] = [:]
    /// What stands before and after a span of time that has passed or is to come: "vor" and "ago", -1; "in", 1.
    var before: Phrases<Int> = []
    var after: Phrases<Int> = []
    /// Words without meaning between the parts of a date: "of".
    var fillers: Set<String> = []
    /// Currencies by name or mark.
    var currencies: Phrases<String> = []

    // MARK: Numbers

    /// A number as it was said.
    struct Number: Sendable {
        /// Decimal digits with a point.
        let text: String
        /// The token behind it.
        let end: Int
        /// The integer; nil for a number with decimals or of more than 18 digits.
        var whole: Int? { Int(text) }
    }

    /// The number that begins at a token, in digits or words; nil if there is none.
    func number(in utterance: Utterance, at position: Int) -> Number? {
        guard position < utterance.tokens.count else { return nil }
        switch utterance.tokens[position].kind {
        case .digits: return digits(in: utterance, at: position)
        case .word: return words(in: utterance, at: position)
        case .mark: return nil
        }
    }

    /// The number, or the article that stands for 1, before what it counts.
    func count(in utterance: Utterance, at position: Int) -> Number? {
        if let number = number(in: utterance, at: position) { return number }
        guard position < utterance.tokens.count, articles.contains(utterance.tokens[position].text) else { return nil }
        return Number(text: "1", end: position + 1)
    }

    /// Where the digits and marks that begin at a token end, as far as nothing separates them.
    static func cluster(in utterance: Utterance, at position: Int) -> Int {
        var end = position + 1
        while end + 1 < utterance.tokens.count, utterance.areJoined(end), utterance.areJoined(end + 1),
            utterance.tokens[end + 1].kind == .digits, [".", ",", "'", "’"].contains(utterance.tokens[end].text)
        {
            end += 2
        }
        return end
    }

    private func digits(in utterance: Utterance, at position: Int) -> Number? {
        // Digits that belong to a code, a time or a date are no number.
        guard !utterance.areJoined(position) || Self.isMarkOfCurrency(utterance.tokens[position - 1]) else {
            return nil
        }
        let end = Self.cluster(in: utterance, at: position)
        if utterance.areJoined(end), end < utterance.tokens.count {
            let next = utterance.tokens[end]
            if next.kind == .word, ordinalSuffixes.contains(next.text) { return nil }
            if next.kind == .mark, ["-", "/", ":", "–", "_"].contains(next.text), utterance.areJoined(end + 1) {
                return nil
            }
        }
        let tokens = utterance.tokens[position..<end]
        let groups = tokens.filter { $0.kind == .digits }.map(\.text)
        let marks = tokens.filter { $0.kind == .mark }.map(\.text)
        guard let text = decimal(groups, marks) else { return nil }
        return Number(text: text, end: end)
    }

    private static func isMarkOfCurrency(_ token: Utterance.Token) -> Bool {
        token.text.unicodeScalars.allSatisfy { $0.properties.generalCategory == .currencySymbol || $0 == "(" }
    }

    /// Digits in groups and the marks between them as decimal text; nil if they are no number.
    private func decimal(_ groups: [String], _ marks: [String]) -> String? {
        guard groups.reduce(0, { $0 + $1.utf8.count }) <= 30 else { return nil }
        guard let last = marks.last, let tail = groups.last else { return groups.first }
        let point = String(decimal)
        let inner = marks.dropLast()
        let isGrouped = { (groups: ArraySlice<String>) in
            (1...3).contains(groups.first?.utf8.count ?? 0) && groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
        }
        let isUniform = Set(inner).count <= 1
        // "49,99" has decimals in every language, because no group of thousands has two digits.
        let hasDecimals = last == point ? !inner.contains(point) : inner.isEmpty && tail.utf8.count < 3 && last != "'"
        if hasDecimals {
            guard isUniform, !inner.contains(last), inner.isEmpty || isGrouped(groups.dropLast()) else { return nil }
            return groups.dropLast().joined() + "." + tail
        }
        guard last != point, isUniform, inner.allSatisfy({ $0 == last }), isGrouped(groups[...]) else { return nil }
        return groups.joined()
    }

    /// The longest word that is taken apart, in scalars.
    private static let longestWord = 100

    private func words(in utterance: Utterance, at position: Int) -> Number? {
        var sum = NumberSum()
        var end = position
        var next = position
        while next < utterance.tokens.count {
            let token = utterance.tokens[next]
            if token.text == "-", utterance.areJoined(next), end > position {
                next += 1
                continue
            }
            guard token.kind == .word else { break }
            if joiners.contains(token.text), end > position {
                sum.join()
                next += 1
                continue
            }
            // "One" counts inside a number: "twenty-one".
            let one: [NumberSum.Atom]? = end > position && articles.contains(token.text) ? [.value(1)] : nil
            guard let atoms = atoms(of: token.text) ?? one, sum.add(atoms) else { break }
            next += 1
            end = next
        }
        guard end > position, let text = sum.text else { return nil }
        return Number(text: text, end: end)
    }

    /// The parts of a word that is a number, as in “fünfundvierzig”: 5, and, 40; nil if it is none.
    private func atoms(of word: String) -> [NumberSum.Atom]? {
        if let value = numbers[word] { return [.value(value)] }
        let scalars = Array(word.unicodeScalars)
        guard (4...Self.longestWord).contains(scalars.count) else { return nil }
        // For each length, the parts of the word up to there, the fewest first found.
        var parts = [[NumberSum.Atom]?](repeating: nil, count: scalars.count + 1)
        parts[0] = []
        for start in scalars.indices {
            guard let before = parts[start] else { continue }
            for end in (start + 2)...max(start + 2, scalars.count) where end <= scalars.count {
                let piece = String(String.UnicodeScalarView(scalars[start..<end]))
                let atom: NumberSum.Atom? =
                    numbers[piece].map { .value($0) } ?? (start > 0 && joiners.contains(piece) ? .joiner : nil)
                guard let atom, parts[end].map({ $0.count > before.count + 1 }) ?? true else { continue }
                parts[end] = before + [atom]
            }
        }
        guard let whole = parts[scalars.count], case .value? = whole.last else { return nil }
        return whole
    }
}

/// Adds up the words of a number, in the order in which they are said.
struct NumberSum {
    enum Atom {
        case value(Int)
        case joiner
    }

    private static let largest = 1_000_000_000_000

    private var total = 0
    private var current = 0
    private var isEmpty = true
    private var isJoined = false
    /// Single digits said one by one; nil if it is another number.
    private var digits: String? = ""
    /// The last factor of a thousand or more.
    private var factor = Int.max

    mutating func join() { isJoined = true }

    /// Adds the parts of one word; returns false, and leaves the sum as it was, if they do not continue it.
    mutating func add(_ atoms: [Atom]) -> Bool {
        var copy = self
        for atom in atoms {
            switch atom {
            case .joiner: copy.join()
            case .value(let value): guard copy.add(value) else { return false }
            }
        }
        self = copy
        return true
    }

    private mutating func add(_ value: Int) -> Bool {
        defer { isJoined = false }
        if value < 10, !isJoined, let said = digits, said.utf8.count < 18 {
            digits = said + String(value)
            if said.isEmpty || current == 0 { current = value }
            isEmpty = false
            return true
        }
        if let said = digits, said.utf8.count > 1 { return false }
        digits = nil
        defer { isEmpty = false }
        let low = current % 100
        switch value {
        case 1_000...:
            guard value < factor, current > 0 || isEmpty, current < 1_000 else { return false }
            let (product, overflow) = max(current, 1).multipliedReportingOverflow(by: value)
            guard !overflow, product + total <= Self.largest else { return false }
            (total, current, factor) = (total + product, 0, value)
        case 100:
            guard current < 100, current > 0 || isEmpty || total > 0 else { return false }
            current = max(current, 1) * 100
        case ..<100 where low == 0 && (isEmpty || value > 0): current += value
        case 1..<10 where low >= 20 && low % 10 == 0: current += value
        // "fünfundvierzig": the tens come last.
        case 20..<100 where isJoined && value % 10 == 0 && (1..<10).contains(low): current += value
        default: return false
        }
        return true
    }

    /// The number as decimal digits; nil for no words.
    var text: String? {
        guard !isEmpty else { return nil }
        if let digits, digits.utf8.count > 1 { return digits }
        return String(total + current)
    }
}
