/// A strict RFC 8259 parser over bytes.
///
/// It accepts what the grammar accepts and nothing else: one value, UTF-8 only, no byte order mark, no comments, no
/// trailing commas. A `\u` escape of half a surrogate pair is read as U+FFFD. Nesting is limited, so its recursion
/// is bounded. Cost: one pass, one allocation per container and per string over 15 bytes.
struct JSONParser {
    /// The deepest nesting that any parser is allowed to take on, which bounds the stack.
    static let deepest = 128

    let bytes: UnsafeBufferPointer<UInt8>
    let maximumDepth: Int
    var index = 0

    init(bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = min(maximumDepth, Self.deepest)
    }

    /// Reads the one value that the bytes hold.
    mutating func parse() throws(JSONSyntaxError) -> JSON {
        skipSpace()
        let value = try parseValue(depth: 0)
        skipSpace()
        guard index == bytes.count else { throw fault("unexpected text after the value") }
        return value
    }

    /// The byte under the cursor, or 0 at the end (a NUL is never valid where this is asked).
    var current: UInt8 {
        index < bytes.count ? bytes[index] : 0
    }

    mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    func fault(_ message: String) -> JSONSyntaxError {
        JSONSyntaxError(code: .syntax, message: index < bytes.count ? message : "unexpected end", offset: index)
    }

    private mutating func parseValue(depth: Int) throws(JSONSyntaxError) -> JSON {
        switch current {
        case UInt8(ascii: "{"): return try parseObject(depth: depth + 1)
        case UInt8(ascii: "["): return try parseArray(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try parseNumber())
        case UInt8(ascii: "t"): return try parseLiteral("true", as: .bool(true))
        case UInt8(ascii: "f"): return try parseLiteral("false", as: .bool(false))
        case UInt8(ascii: "n"): return try parseLiteral("null", as: .null)
        default: throw fault("a value was expected")
        }
    }

    private mutating func parseLiteral(_ word: StaticString, as value: JSON) throws(JSONSyntaxError) -> JSON {
        for offset in 0..<word.utf8CodeUnitCount {
            guard current == word.utf8Start[offset] else { throw fault("a value was expected") }
            index += 1
        }
        return value
    }

    private func checkDepth(_ depth: Int) throws(JSONSyntaxError) {
        guard depth <= maximumDepth else {
            throw JSONSyntaxError(code: .limit, message: "nesting over \(maximumDepth) levels", offset: index)
        }
    }

    private mutating func parseArray(depth: Int) throws(JSONSyntaxError) -> JSON {
        try checkDepth(depth)
        index += 1
        skipSpace()
        var elements: [JSON] = []
        if current == UInt8(ascii: "]") {
            index += 1
            return .array(elements)
        }
        while true {
            skipSpace()
            elements.append(try parseValue(depth: depth))
            skipSpace()
            if try closes(with: UInt8(ascii: "]")) {
                return .array(elements)
            }
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONSyntaxError) -> JSON {
        try checkDepth(depth)
        index += 1
        skipSpace()
        if current == UInt8(ascii: "}") {
            index += 1
            return .object(JSONObject())
        }
        var members: [JSONObject.Member] = []
        members.reserveCapacity(4)
        while true {
            skipSpace()
            members.append(try parseMember(depth: depth))
            skipSpace()
            if try closes(with: UInt8(ascii: "}")) {
                return .object(JSONObject(members))
            }
        }
    }

    private mutating func parseMember(depth: Int) throws(JSONSyntaxError) -> JSONObject.Member {
        guard current == UInt8(ascii: "\"") else { throw fault("a member name was expected") }
        let key = try parseString()
        skipSpace()
        guard current == UInt8(ascii: ":") else { throw fault("a colon was expected") }
        index += 1
        skipSpace()
        return JSONObject.Member(key: key, value: try parseValue(depth: depth))
    }

    private mutating func closes(with bracket: UInt8) throws(JSONSyntaxError) -> Bool {
        guard current == bracket || current == UInt8(ascii: ",") else {
            throw fault("a comma or a closing bracket was expected")
        }
        index += 1
        return bytes[index - 1] == bracket
    }
}
