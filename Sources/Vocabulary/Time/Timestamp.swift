/// A moment in UTC to the microsecond, on the wire an RFC 3339 string such as `2026-11-21T08:30:00Z`.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 1970.
    public let microseconds: Int64

    /// A moment by its microseconds since 1970; years 1 to 9999.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Earlier moments come first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }
}

extension Timestamp: CustomStringConvertible {
    /// The moment in RFC 3339 with a `Z`; the fraction is absent, or has three or six digits.
    public var description: String { RFC3339.text(of: microseconds) }
}

extension Timestamp: LosslessStringConvertible {
    /// Reads RFC 3339.
    ///
    /// That is a date, `T` or a space, a time with up to nine fractional digits, and `Z` or an offset. A date alone is
    /// its first moment in UTC. Nil for anything else, and for dates that do not exist.
    public init?(_ text: String) {
        guard let microseconds = RFC3339.microseconds(text) else { return nil }
        self.microseconds = microseconds
    }
}

extension Timestamp: Codable {
    /// Reads the wire's string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(text) else {
            throw JSONDecodingError.expected("an RFC 3339 time such as 2026-11-21T08:30:00Z")
        }
        self = value
    }

    /// Writes the wire's string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Timestamp: JSONSchemaRepresentable {
    /// A string with the format `date-time`.
    public static var jsonSchema: JSON {
        ["type": "string", "format": "date-time", "examples": ["2026-11-21T08:30:00Z"]]
    }
}
