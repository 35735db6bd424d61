/// A JSON value as RFC 8259 defines it.
///
/// Objects keep the order of their members and numbers keep the text they were written with, so a value that is
/// read and written again says the same thing. Two strings are equal when Swift's `String` says so.
@frozen
public enum JSON: Sendable, Hashable {
    /// The literal `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number with its exact text.
    case number(JSONNumber)
    /// A string of Unicode scalars.
    case string(String)
    /// An ordered list of values.
    case array([JSON])
    /// Members in the order they were written.
    case object(JSONObject)
}

extension JSON {
    /// The string, or nil when the value is something else.
    @inlinable
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The number as an integer, or nil when the value is something else or does not fit.
    @inlinable
    public var int: Int? {
        if case .number(let value) = self { value.int } else { nil }
    }

    /// The number as a double, or nil when the value is something else or not finite.
    @inlinable
    public var double: Double? {
        if case .number(let value) = self { value.double } else { nil }
    }

    /// The truth value, or nil when the value is something else.
    @inlinable
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The elements, or nil when the value is something else.
    @inlinable
    public var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members, or nil when the value is something else.
    @inlinable
    public var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// Whether the value is `null`.
    @inlinable
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The member of an object, or nil when there is none or the value is no object.
    @inlinable
    public subscript(key: String) -> JSON? {
        object?[key]
    }

    /// The element of an array, or nil when there is none or the value is no array.
    @inlinable
    public subscript(index: Int) -> JSON? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// Writes `null` as a literal.
    @inlinable
    public init(nilLiteral: ()) {
        self = .null
    }

    /// Writes a truth value as a literal.
    @inlinable
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    /// Writes an integer as a literal.
    @inlinable
    public init(integerLiteral value: Int) {
        self = .number(JSONNumber(value))
    }

    /// Writes a fraction as a literal; one that is not finite becomes `null`.
    public init(floatLiteral value: Double) {
        self = JSONNumber(value).map(JSON.number) ?? .null
    }

    /// Writes a string as a literal.
    @inlinable
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// Writes an array as a literal.
    @inlinable
    public init(arrayLiteral elements: JSON...) {
        self = .array(elements)
    }

    /// Writes an object as a literal; of equal keys the last one wins.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        var object = JSONObject()
        for (key, value) in elements {
            object[key] = value
        }
        self = .object(object)
    }
}
