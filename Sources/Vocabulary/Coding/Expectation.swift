/// What a type expects to find, in words for an error.
enum Expectation {
    static func text(for type: Any.Type) -> String {
        if let type = type as? any JSONSchemaRepresentable.Type {
            return type.jsonExpectation
        }
        if let type = type as? any FixedWidthInteger.Type {
            return integer(type)
        }
        if type is any BinaryFloatingPoint.Type {
            return "a number"
        }
        if let names = stringCases(of: type) {
            return "one of " + names.map { "\"\($0)\"" }.joined(separator: ", ")
        }
        return container(type)
    }

    /// The raw values of an enumeration of strings, or nil for any other type.
    static func stringCases(of type: Any.Type) -> [String]? {
        guard type is any RawRepresentable.Type, let type = type as? any CaseIterable.Type else { return nil }
        return stringCases(type)
    }

    /// What an integer of a width expects; the usual widths go without their bounds.
    static func integer<I: FixedWidthInteger>(_ type: I.Type) -> String {
        if I.self == Int.self || I.self == Int64.self {
            return "an integer"
        }
        return "an integer from \(I.min) to \(I.max)"
    }

    private static func container(_ type: Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is JSON.Type: "a value"
        case is any OptionalValue.Type: "a value or null"
        case is any UnkeyedValues.Type: "an array"
        default: "an object"
        }
    }

    private static func stringCases<E: CaseIterable>(_ type: E.Type) -> [String]? {
        let names = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        return names.isEmpty ? nil : names
    }
}

/// The types that are arrays on the wire.
protocol UnkeyedValues {}
extension Array: UnkeyedValues {}
extension Set: UnkeyedValues {}
extension ContiguousArray: UnkeyedValues {}

/// The types that may be null.
protocol OptionalValue {}
extension Optional: OptionalValue {}
