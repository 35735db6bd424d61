import JSONRPC
import Redaction

/// Texts and values from outside, made fit to be stored.
enum CleanText {
    private static let redactor = Redactor()

    /// The text with a space for every control character but line breaks and tabulators.
    static func cleaned(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(isControl(scalar) ? " " : scalar) }
        return String(scalars)
    }

    /// Whether a name holds no control characters, line breaks and tabulators included.
    static func isPrintable(_ name: String) -> Bool {
        !name.unicodeScalars.contains { $0.value < 32 || (127...159).contains($0.value) }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 && scalar != "\n" && scalar != "\t" || (127...159).contains(scalar.value)
    }

    /// A text that a person wrote, cleaned and without personal data.
    static func redacted(_ text: String) -> String { redactor.redact(cleaned(text)).text }

    /// A value whose texts are redacted, at every depth; a number that looks like a card's becomes a placeholder too.
    static func redacted(_ value: JSON) -> JSON {
        switch value {
        case .null, .bool: return value
        case .string(let text): return .string(redacted(text))
        case .number(let number):
            let text = redacted(number.text)
            return text == number.text ? value : .string(text)
        case .array(let elements): return .array(elements.map(redacted))
        case .object(let object):
            return .object(JSONObject(object.members.map { .init(key: cleaned($0.key), value: redacted($0.value)) }))
        }
    }

    /// A customer: every value is redacted but `id`, by which the customer is found.
    static func customer(_ object: JSONObject) -> JSONObject {
        JSONObject(
            object.members.map { member in
                .init(key: cleaned(member.key), value: member.key == "id" ? member.value : redacted(member.value))
            }
        )
    }
}
