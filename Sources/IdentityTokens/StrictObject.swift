import Vocabulary

/// Reads objects of JSON in which each name stands once.
///
/// Two readers that take different ones of two members of the same name would see two different tokens.
enum StrictObject {
    /// The nesting that is accepted.
    static let maximumDepth = 16

    /// The members of an object; nil for anything else, and where a name stands twice at any depth.
    static func read(_ bytes: [UInt8]) -> JSONObject? {
        guard case .object(let object)? = try? JSON(parsing: bytes, maximumDepth: maximumDepth),
            members(of: .object(object)) == colons(in: bytes)
        else { return nil }
        return object
    }

    private static func members(of value: JSON) -> Int {
        switch value {
        case .object(let object): object.members.reduce(0) { $0 + 1 + members(of: $1.value) }
        case .array(let elements): elements.reduce(0) { $0 + members(of: $1) }
        case .null, .bool, .number, .string: 0
        }
    }

    /// How many members are written in an object that is known to follow the grammar: as many as colons outside of texts.
    private static func colons(in bytes: [UInt8]) -> Int {
        var count = 0
        var (isText, isEscaped) = (false, false)
        for byte in bytes {
            if isEscaped {
                isEscaped = false
            } else if isText {
                isEscaped = byte == UInt8(ascii: "\\")
                isText = byte != UInt8(ascii: "\"")
            } else if byte == UInt8(ascii: "\"") {
                isText = true
            } else if byte == UInt8(ascii: ":") {
                count += 1
            }
        }
        return count
    }
}
