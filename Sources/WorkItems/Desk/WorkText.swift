import Redaction
import Storage
import Vocabulary

/// What people write about work, and how values are stored.
enum WorkText {
    /// The longest text that is kept, in characters.
    static let longest = 2_000
    /// The longest title.
    static let longestTitle = 200
    private static let redactor = Redactor()

    /// A text without personal data; nil for one that says nothing.
    static func redacted(_ text: String?, longest: Int = longest) -> String? {
        guard let text, !text.allSatisfy(\.isWhitespace) else { return nil }
        let clean = redactor.redact(String(text.prefix(4 * longest))).text
        return clean.count > longest ? clean.prefix(longest - 1) + "…" : clean
    }

    /// A value as it is stored: its JSON.
    static func stored(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoding.encode(value).serialized(), as: UTF8.self)
    }

    /// A stored value.
    static func value<T: Decodable>(_ text: String) throws -> T {
        do {
            return try JSONDecoding.decode(
                T.self,
                from: try JSON(parsing: text),
                root: "content",
                refusingUnknownMembers: false
            )
        } catch {
            let place = (error as? JSONDecodingError)?.path ?? "it is no JSON"
            throw StorageError(
                code: .corrupt,
                message: "what is stored of an item of work cannot be read: \(place)",
                cause: error
            )
        }
    }
}
