/// A decimal number on the wire: a string; a JSON number is read by its text, so that nothing is rounded.
public struct DecimalText: Sendable, Hashable {
    /// The number as it was written.
    public var text: String

    /// Makes the value from its text.
    public init(_ text: String) { self.text = text }
}

extension DecimalText: Codable {
    /// Reads a string, or a number by its text.
    public init(from decoder: any Decoder) throws {
        switch try JSON(from: decoder) {
        case .string(let text): self.text = text
        case .number(let number): text = number.text
        default: throw JSONDecodingError.expected("a decimal string such as \"49.99\"")
        }
    }

    /// Writes a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension DecimalText: JSONSchemaRepresentable {
    /// A string or a number.
    public static var jsonSchema: JSON {
        ["oneOf": [["type": "string"], ["type": "number"]], "examples": ["49.99"]]
    }
}
