/// The value of an attribute of a subject, such as `team`: one string or several.
public enum AttributeValue: Sendable, Hashable {
    /// One string.
    case one(String)
    /// Several strings.
    case many([String])

    /// The strings, in order.
    public var strings: [String] {
        switch self {
        case .one(let text): [text]
        case .many(let texts): texts
        }
    }
}

extension AttributeValue: Codable {
    /// Reads a string or a list of strings.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .one(text)
        } else {
            self = .many(try container.decode([String].self))
        }
    }

    /// Writes a string or a list of strings.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .one(let text): try container.encode(text)
        case .many(let texts): try container.encode(texts)
        }
    }
}

extension AttributeValue: JSONSchemaRepresentable {
    /// A string or a list of strings.
    public static var jsonSchema: JSON {
        ["oneOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]]]
    }
}
