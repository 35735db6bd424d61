import Storage
import Vocabulary

/// How values and lists are written into columns.
enum StoredValue {
    /// JSON text of a value.
    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoding.encode(value).serialized(), as: UTF8.self)
    }

    /// The value that ``text(_:)`` wrote.
    static func value<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        do {
            let json = try JSON(parsing: Array(text.utf8))
            return try JSONDecoding.decode(type, from: json, root: "row", refusingUnknownMembers: false)
        } catch {
            let place = (error as? JSONDecodingError)?.path ?? "it is no JSON"
            throw StorageError(
                code: .corrupt,
                message: "a value of a conversation cannot be read: \(place)",
                cause: error
            )
        }
    }

    /// Names, one a line: names hold no line breaks.
    static func lines(_ names: [String]) -> String { names.joined(separator: "\n") }

    /// The names that ``lines(_:)`` wrote.
    static func names(_ lines: String) -> [String] { lines.split(separator: "\n").map(String.init) }
}
