public import Vocabulary

/// A day of the company's calendar, or a moment.
///
/// On the wire it is a string: `2026-11-21` is the day in the company's time zone, anything with a time the moment.
public enum DayOrTime: Sendable, Hashable {
    /// A day, as `2026-11-21`.
    case day(String)
    /// A moment.
    case time(Timestamp)

    private static let expectation = "a day such as 2026-11-21, or an RFC 3339 time such as 2026-11-21T08:30:00Z"

    /// Reads the text; nil for anything else.
    public init?(_ text: String) {
        guard let time = Timestamp(text) else { return nil }
        self = text.utf8.count == 10 ? .day(text) : .time(time)
    }
}

extension DayOrTime: Codable {
    /// Reads the wire's string.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = DayOrTime(text) else { throw JSONDecodingError.expected(Self.expectation) }
        self = value
    }

    /// Writes the wire's string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .day(let day): try container.encode(day)
        case .time(let time): try container.encode(time)
        }
    }
}

extension DayOrTime: JSONSchemaRepresentable {
    /// A string.
    public static var jsonSchema: JSON { ["type": "string", "examples": ["2026-11-21", "2026-11-21T08:30:00Z"]] }
    /// A day or a time.
    public static var jsonExpectation: String { expectation }
}
