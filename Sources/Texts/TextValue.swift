/// A value for a placeholder, formatted by the rules of the text's language.
package enum TextValue: Sendable, Hashable, Codable {
    /// Text that is inserted unchanged.
    case text(String)
    /// A decimal number with a point, such as `-0.45` or `1250`.
    case number(String)
    /// An amount of money: a decimal number with a point, and a currency code.
    case money(amount: String, currency: String)
    /// A code with the name of its group, such as `reason` and `late_delivery`, whose name is among the texts.
    case name(group: String, code: String)

    /// Another text by its key; a key without a text is inserted unchanged.
    case keyed(String)
    /// The same words in several languages, by language in lower case, where no text of `rules/texts` has them.
    case words([String: String])

    /// A number rounded to two decimals, without trailing zeros.
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

    /// Whether the value is empty, so that a section with its name is left out.
    var isEmpty: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .number(let figure): figure.isEmpty
        case .money(let amount, _): amount.isEmpty
        case .name(_, let code): code.isEmpty
        case .keyed(let key): key.isEmpty
        case .words(let byLocale): byLocale.values.allSatisfy(\.isEmpty)
        }
    }
}

/// A text's key with its values, stored so that people can read it in different languages.
package struct KeyedText: Sendable, Hashable, Codable {
    /// The key in `rules/texts`.
    package var key: String
    /// The values by their names.
    package var values: [String: TextValue]

    package init(_ key: String, _ values: [String: TextValue] = [:]) {
        self.key = key
        self.values = values
    }

    /// The same text with `change`, such as redaction, applied to the words of its values.
    package func mapWords(_ change: (String) -> String) -> KeyedText {
        KeyedText(
            key,
            values.mapValues { value in
                switch value {
                case .text(let words): .text(change(words))
                case .words(let byLocale): .words(byLocale.mapValues(change))
                case .number, .money, .name, .keyed: value
                }
            }
        )
    }
}
