package import FEEL
import IEEEDecimal
package import Vocabulary

/// The types of variables and answers.
package enum ScriptType: String, Sendable, CaseIterable, Codable {
    /// Text.
    case string
    /// A decimal of up to 34 digits; its textual form is preserved.
    case number
    /// `true` or `false`.
    case boolean
    /// A calendar date, `YYYY-MM-DD`.
    case date
    /// An amount with its currency.
    case money
    /// Any JSON value: results of decisions, actions and other scripts. Steps cannot ask for it.
    case any

    /// The types a step can ask for.
    package static let answers: [ScriptType] = [.string, .number, .boolean, .date, .money]

    /// The corresponding FEEL type.
    package var feelType: FEELType {
        switch self {
        case .string: .string
        case .number: .number
        case .boolean: .boolean
        case .date: .date
        case .money: .context([.init(name: "amount", type: .number), .init(name: "currency", type: .string)])
        case .any: .any
        }
    }

    /// A description of valid values, for messages.
    package var expectation: String {
        switch self {
        case .string: "a string of at most \(ScriptLimits.answerLength) characters"
        case .number: "a number of at most 34 digits"
        case .boolean: "true or false"
        case .date: "a date as YYYY-MM-DD"
        case .money: #"money as {"amount": "49.99", "currency": "EUR"}"#
        case .any: "a value of at most \(ScriptLimits.valueBytes) bytes"
        }
    }

    /// Converts a value to the stored form of this type; nil if it does not fit.
    ///
    /// A number may be given as text, and a boolean as `"true"` or `"false"`; digits are never changed. The amount of
    /// money always becomes a string.
    package func fitting(_ json: JSON) -> JSON? {
        switch (self, json) {
        case (.string, .string(let text)):
            return text.unicodeScalars.count <= ScriptLimits.answerLength ? json : nil
        case (.number, .number(let number)): return Self.isExact(number.text) ? json : nil
        case (.number, .string(let text)): return JSONNumber(text: text).flatMap { fitting(.number($0)) }
        case (.boolean, .bool): return json
        case (.boolean, .string("true")): return .bool(true)
        case (.boolean, .string("false")): return .bool(false)
        case (.date, .string(let text)):
            guard text.utf8.count == 10, case .date? = Value(parsing: text, as: .date) else { return nil }
            return json
        case (.money, .object(let money)): return Self.money(money)
        case (.any, _): return json.serialized().count <= ScriptLimits.valueBytes ? json : nil
        default: return nil
        }
    }

    /// Whether a decimal represents every digit of a number.
    private static func isExact(_ text: String) -> Bool {
        guard text.utf8.count <= 64, let value = Decimal128(text), value.isFinite else { return false }
        let mantissa = text.prefix { $0 != "e" && $0 != "E" }
        let digits = mantissa.filter(\.isNumber).drop { $0 == "0" }
        return digits.count <= 34
    }

    private static func money(_ money: JSONObject) -> JSON? {
        guard money.count == 2, let currency = money["currency"]?.string, isCurrency(currency) else { return nil }
        let text: String
        switch money["amount"] {
        case .string(let amount)?: text = amount
        case .number(let amount)?: text = amount.text
        default: return nil
        }
        guard JSONNumber(text: text) != nil, isExact(text), !text.contains(where: { $0 == "e" || $0 == "E" }) else {
            return nil
        }
        return .object(["amount": .string(text), "currency": .string(currency)])
    }

    /// Whether a text has the form of a currency code.
    static func isCurrency(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
}
