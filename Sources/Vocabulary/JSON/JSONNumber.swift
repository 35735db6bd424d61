/// A JSON number that keeps the text it was written with.
///
/// Nothing is rounded on the way through: `0.10` stays `0.10`, and an amount can be read as a decimal from ``text``.
/// Two numbers are equal when their texts are.
@frozen
public struct JSONNumber: Sendable, Hashable {
    /// The longest text of a number that is accepted, in characters.
    public static let maximumLength = 1_024

    /// The number as it was written, in the grammar of RFC 8259 section 6.
    public let text: String

    /// Takes a text that is known to follow the grammar.
    init(validated text: String) {
        self.text = text
    }

    /// Reads a text, or gives nil when it is not a JSON number.
    public init?(text: String) {
        guard case .number(let number) = try? JSON(parsing: Array(text.utf8)), number.text == text else { return nil }
        self = number
    }

    /// Writes an integer.
    @inlinable
    public init(_ value: some BinaryInteger) {
        text = String(value)
    }

    /// Writes the shortest text that reads back as the same double; nil for an infinity or not-a-number.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = value.description
    }

    /// The value as an integer, or nil when it has a fraction or does not fit.
    @inlinable
    public var int: Int? {
        integer(as: Int.self)
    }

    /// The nearest double, or nil when the number is beyond its range.
    @inlinable
    public var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// The value as an integer of a given width, or nil when it has a fraction or does not fit.
    ///
    /// `2.0` and `2e3` are integers too, below 2^53, from which on a double no longer tells.
    @inlinable
    public func integer<I: FixedWidthInteger>(as type: I.Type) -> I? {
        if let value = I(text) {
            return value
        }
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }),
            let value = Double(text), value.magnitude < 9_007_199_254_740_992
        else { return nil }
        return I(exactly: value)
    }
}

extension JSONNumber: CustomStringConvertible {
    /// The text of the number.
    public var description: String { text }
}
