import Vocabulary

/// What an extractor found, before it is known which step asks for it.
enum SaidContent: Sendable, Hashable {
    case text(String)
    /// Decimal digits with a point.
    case number(String)
    /// `YYYY-MM-DD`.
    case date(String)
    case money(amount: String, currency: String)
    case choice(String)

    /// The value as JSON, as answers give it.
    var json: JSON {
        switch self {
        case .text(let text), .date(let text), .choice(let text): .string(text)
        case .number(let text): JSONNumber(text: text).map(JSON.number) ?? .string(text)
        case .money(let amount, let currency): ["amount": .string(amount), "currency": .string(currency)]
        }
    }

    /// The answer that the value is at a step; nil if the step would refuse it.
    func answer(to ask: ScriptStep.Ask) -> JSON? {
        if !ask.choices.isEmpty {
            let text = json.string ?? (json.object == nil ? json.description : nil)
            return ask.choices.contains { $0.value == text } ? text.map(JSON.string) : nil
        }
        // A step that asks for a number asks for an amount in the currency of the script.
        if case .money(let amount, _) = self, ask.type == .number { return ask.type.fitting(.string(amount)) }
        guard let value = ask.type.fitting(json), value != "" else { return nil }
        return value
    }
}
