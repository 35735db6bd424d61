/// A position in a list or a log, which a client returns to continue there; on the wire a string.
///
/// Clients treat it as opaque. Its meaning is that of the method which returned it: the number of the last entry, or the
/// number of entries before the next page.
public struct Cursor: Sendable, Hashable, Comparable {
    /// What a method expects where it takes a cursor.
    public static let expectation = "a cursor returned by this server"

    /// The position, 0 or above; 0 is the start.
    public let position: Int64

    /// The cursor of a position that is not negative.
    public init(_ position: Int64) { self.position = max(0, position) }

    /// Earlier positions come first.
    public static func < (left: Cursor, right: Cursor) -> Bool { left.position < right.position }
}

extension Cursor: LosslessStringConvertible {
    /// The text on the wire.
    public var description: String { "\(position)" }

    /// Reads the text; nil if this server cannot have returned it.
    public init?(_ description: String) {
        guard let position = Int64(description), position >= 0 else { return nil }
        self.position = position
    }
}

extension Cursor: Codable {
    /// Reads the wire's string.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let cursor = Cursor(text) else { throw JSONDecodingError.expected(Self.expectation) }
        self = cursor
    }

    /// Writes the wire's string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Cursor: JSONSchemaRepresentable {
    /// A string.
    public static var jsonSchema: JSON { ["type": "string", "examples": ["0"]] }
    /// A cursor of this server.
    public static var jsonExpectation: String { expectation }
}
