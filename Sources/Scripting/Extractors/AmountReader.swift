/// Finds amounts of money in an utterance: "€49.90", "49,90 Euro", "forty euros".
struct AmountReader {
    private let utterance: Utterance
    private let language: SpokenLanguage

    init(_ utterance: Utterance, _ language: SpokenLanguage) {
        (self.utterance, self.language) = (utterance, language)
    }

    /// The amounts with their currencies, in the order of the text.
    func amounts() -> [SaidValue] {
        var found: [SaidValue] = []
        var position = 0
        while position < utterance.tokens.count {
            if let (content, end) = amount(at: position) {
                found.append(SaidValue(value: content, range: utterance.range(from: position, to: end)))
                position = end
            } else {
                position += 1
            }
        }
        return found
    }

    private func amount(at position: Int) -> (content: SaidContent, end: Int)? {
        if let (currency, next) = utterance.longest(of: language.currencies, at: position) {
            guard let number = language.number(in: utterance, at: next) else { return nil }
            return (content(number, currency), number.end)
        }
        guard let number = language.count(in: utterance, at: position),
            let (currency, end) = utterance.longest(of: language.currencies, at: number.end)
        else { return nil }
        // In "a new one €5" the mark belongs to the number behind it.
        if utterance.areJoined(end), utterance.tokens[end].kind == .digits { return nil }
        return (content(number, currency), end)
    }

    private func content(_ number: SpokenLanguage.Number, _ currency: String) -> SaidContent {
        .money(amount: NumberReader.plain(number.text), currency: currency)
    }
}

/// Finds numbers in an utterance, alone or before a unit: "12", "1,250.5", "forty-two", "two weeks".
struct NumberReader {
    private let utterance: Utterance
    private let language: SpokenLanguage

    init(_ utterance: Utterance, _ language: SpokenLanguage) {
        (self.utterance, self.language) = (utterance, language)
    }

    /// The numbers in the order of the text; with units, those that stand before one, times its factor.
    func numbers(of units: SpokenLanguage.Phrases<Int>) -> [SaidValue] {
        var found: [SaidValue] = []
        var position = 0
        while position < utterance.tokens.count {
            let number =
                units.isEmpty
                ? language.number(in: utterance, at: position) : language.count(in: utterance, at: position)
            guard let number else {
                let isDigits = utterance.tokens[position].kind == .digits
                position = isDigits ? SpokenLanguage.cluster(in: utterance, at: position) : position + 1
                continue
            }
            let unit = utterance.longest(of: units, at: number.end)
            let end = unit?.end ?? number.end
            if units.isEmpty || unit != nil, let text = Self.product(number, unit?.meaning ?? 1) {
                found.append(SaidValue(value: .number(text), range: utterance.range(from: position, to: end)))
            }
            position = max(end, position + 1)
        }
        return found
    }

    /// A number times a factor; nil for a fraction with a factor, and for numbers that are too large.
    private static func product(_ number: SpokenLanguage.Number, _ factor: Int) -> String? {
        guard factor != 1 else { return plain(number.text) }
        guard let (product, overflow) = number.whole?.multipliedReportingOverflow(by: factor), !overflow else {
            return nil
        }
        return String(product)
    }

    /// Decimal text without leading zeros, as JSON writes numbers.
    static func plain(_ text: String) -> String {
        let digits = text.drop { $0 == "0" }
        return digits.isEmpty || digits.first == "." ? "0" + digits : String(digits)
    }
}
