import Foundation
import Vocabulary

/// Attributes as they are stored: a JSON object with sorted keys, so that equal attributes have equal text.
extension [String: AttributeValue] {
    func storedText() throws -> String {
        let object = mapValues { value -> Any in
            switch value {
            case .one(let text): text
            case .many(let texts): texts
            }
        }
        let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }

    init(storedText: String) throws {
        let object = try JSONSerialization.jsonObject(with: Data(storedText.utf8)) as? [String: Any] ?? [:]
        self = object.compactMapValues { value in
            if let text = value as? String { return .one(text) }
            return (value as? [String]).map(AttributeValue.many)
        }
    }
}
