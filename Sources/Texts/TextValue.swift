/// A value for a place in a text, written by the rules of the text's language.
package enum TextValue: Sendable, Hashable, Codable {
    /// Words as they are.
    case text(String)
    /// A decimal figure with a point, such as `-0.45` or `1250`.
    case number(String)
    /// An amount of money: a decimal figure with a point, and a currency's code.
    case money(amount: String, currency: String)
    /// A code with the name of its group, such as `reason` and `late_delivery`, for which the texts have a name.
    case name(group: String, code: String)

    /// Another text by its key; a key that there is no text for stands as it is.
    case keyed(String)

    /// A figure to two decimals, without zeros at its end.
    package static func figure(_ value: Double) -> TextValue {
        let hundredths = Int((value * 100).rounded())
        let (whole, part) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let sign = hundredths < 0 ? "-" : ""
        guard part > 0 else { return .number("\(sign)\(whole)") }
        let digits = part % 10 == 0 ? "\(part / 10)" : (part < 10 ? "0\(part)" : "\(part)")
        return .number("\(sign)\(whole).\(digits)")
    }

    /// A whole number.
    package static func count(_ value: Int) -> TextValue { .number("\(value)") }

    /// Whether it says nothing, so that a section of its name is left out.
    var isEmpty: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .number(let figure): figure.isEmpty
        case .money(let amount, _): amount.isEmpty
        case .name(_, let code): code.isEmpty
        case .keyed(let key): key.isEmpty
        }
    }
}

/// A text by its key, with its values: what is stored where different people read the same thing in different languages.
package struct KeyedText: Sendable, Hashable, Codable {
    /// The key of `rules/texts`.
    package var key: String
    /// The values by their names.
    package var values: [String: TextValue]

    /// Names a text.
    package init(_ key: String, _ values: [String: TextValue] = [:]) {
        self.key = key
        self.values = values
    }

    /// The same with every word of its values changed by `change`, as redaction does.
    package func mapWords(_ change: (String) -> String) -> KeyedText {
        KeyedText(
            key,
            values.mapValues { value in
                guard case .text(let words) = value else { return value }
                return .text(change(words))
            }
        )
    }
}
