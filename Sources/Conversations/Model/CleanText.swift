import Redaction
import Vocabulary

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

    /// What is known of a customer, cleaned and without personal data but `id`, by which the customer is found.
    static func customer(_ object: JSONObject) -> JSONObject { redactor.redact(cleaned(object), keeping: ["id"]) }

    /// Names in other systems, cleaned and without personal data.
    static func names(_ names: [String: String]) -> [String: String] {
        var result: [String: String] = [:]
        let object = JSONObject(names.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .string($0.value)) })
        for member in redactor.redact(cleaned(object)) { result[member.key] = member.value.string }
        return result
    }

    private static func cleaned(_ value: JSON) -> JSON {
        switch value {
        case .null, .bool, .number: value
        case .string(let text): .string(cleaned(text))
        case .array(let elements): .array(elements.map(cleaned))
        case .object(let object): .object(cleaned(object))
        }
    }

    private static func cleaned(_ object: JSONObject) -> JSONObject {
        JSONObject(object.members.map { .init(key: cleaned($0.key), value: cleaned($0.value)) })
    }
}
