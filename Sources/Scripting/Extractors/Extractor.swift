import FEEL

/// Something that customers say, such as the number of an order, and how it is found in their words.
package struct Extractor: Sendable {
    /// What is looked for.
    enum Kind: Sendable {
        case pattern(PatternReader)
        case date(DateReader.Tense)
        case number(units: SpokenLanguage.Phrases<Int>, range: ClosedRange<Int>?)
        case amount
        case choice(ChoiceReader)

        /// The keyword in the file.
        var name: String {
            switch self {
            case .pattern: "pattern"
            case .date: "date"
            case .number: "number"
            case .amount: "amount"
            case .choice: "choice"
            }
        }
    }

    /// The name by which scripts know it.
    package let name: String
    let kind: Kind

    /// The kind, as the file names it.
    package var kindName: String { kind.name }

    /// Why its values can never be an answer to a step; nil if they can.
    func misfit(to ask: ScriptStep.Ask) -> String? {
        let wanted = ask.choices.isEmpty ? "a \(ask.type.rawValue)" : "one of its choices"
        let message = "“\(name)” finds a \(kind.name), the step asks for \(wanted)"
        if !ask.choices.isEmpty {
            guard case .choice(let reader) = kind else {
                if case .pattern = kind { return nil }
                return message
            }
            let known = Set(ask.choices.map(\.value))
            guard !reader.choices.contains(where: { known.contains($0.value) }) else { return nil }
            return "“\(name)” finds none of the choices of the step"
        }
        let types: Set<ScriptType> =
            switch kind {
            case .pattern: [.string, .number]
            case .date: [.date, .string]
            case .number: [.number]
            case .amount: [.money, .number]
            case .choice: [.string, .boolean]
            }
        return types.contains(ask.type) ? nil : message
    }

    /// The values in an utterance, in the order of the text; what is meant without being said is not among them.
    ///
    /// The cost is linear in the utterance, except that of a pattern, which is bounded.
    func values(in utterance: Utterance, _ language: SpokenLanguage, today: CalendarDate) -> [SaidValue] {
        switch kind {
        case .pattern(let reader): return reader.codes(in: utterance)
        case .date(let tense):
            return DateReader(utterance, language, today: today, tense: tense).dates().map {
                SaidValue(value: .date($0.date.description), range: $0.range)
            }
        case .number(let units, let range):
            return NumberReader(utterance, language).numbers(of: units).filter { found in
                guard let range, case .number(let text) = found.value else { return true }
                return Double(text).map { Double(range.lowerBound)...Double(range.upperBound) ~= $0 } ?? false
            }
        case .amount: return AmountReader(utterance, language).amounts()
        case .choice(let reader): return reader.chosen(in: utterance)
        }
    }
}
