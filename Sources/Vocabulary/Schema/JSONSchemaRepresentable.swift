/// A type that says itself what it looks like on the wire.
///
/// Types of plain properties need none of this. One whose `init(from:)` is written by hand and expects a particular
/// text or more than one kind of value gives its schema, and a sample that it can be read from.
public protocol JSONSchemaRepresentable {
    /// The JSON Schema of the type.
    static var jsonSchema: JSON { get }
    /// A value that `init(from:)` accepts.
    static var jsonSample: JSON { get }
    /// What is expected, in words for an error, such as `a decimal string`.
    static var jsonExpectation: String { get }
}

extension JSONSchemaRepresentable {
    /// The first example, enumerated value or default of the schema, else the simplest value of its type.
    public static var jsonSample: JSON {
        let schema = jsonSchema
        if let sample = schema["examples"]?[0] ?? schema["enum"]?[0] ?? schema["default"] {
            return sample
        }
        switch schema["type"]?.string {
        case "string": return ""
        case "integer", "number": return schema["minimum"] ?? 0
        case "boolean": return false
        case "array": return []
        case "object": return [:]
        default: return .null
        }
    }

    /// The description of the schema, else its type.
    public static var jsonExpectation: String {
        if let description = jsonSchema["description"]?.string {
            return description
        }
        switch jsonSchema["type"]?.string {
        case "boolean": return "true or false"
        case let type? where "aeiou".contains(type.prefix(1)): return "an \(type)"
        case let type?: return "a \(type)"
        default: return "another value"
        }
    }
}
