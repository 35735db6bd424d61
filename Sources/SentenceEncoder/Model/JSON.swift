/// A JSON value (RFC 8259) of a model's files.
///
/// Members keep their order and their exact names: the names of a vocabulary's tokens must not be compared as Swift
/// strings, because canonically equivalent tokens are different.
indirect enum JSON: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([(name: String, value: JSON)])

    /// The value of the last member named `name`.
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    var string: String? { if case .string(let value) = self { value } else { nil } }
    var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
    var object: [(name: String, value: JSON)]? { if case .object(let value) = self { value } else { nil } }
    var number: Double? { if case .number(let value) = self { value } else { nil } }
    /// A number without a fraction.
    var integer: Int? { number.flatMap { Int(exactly: $0) } }
    var isNull: Bool { if case .null = self { true } else { false } }

    /// Reads a whole file.
    init(_ bytes: [UInt8], file: String) throws(EncoderError) {
        var parser = JSONParser(bytes: bytes, file: file)
        self = try parser.document()
    }

    /// The text of a string with its quotes, ASCII only.
    static func quoted(_ text: String) -> String {
        var out = "\""
        for unit in text.utf16 {
            if unit >= 0x20, unit < 0x7F, unit != 0x22, unit != 0x5C {
                out.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            } else {
                let digits = String(unit, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return out + "\""
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    let file: String
    private var position = 0

    init(bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    mutating func document() throws(EncoderError) -> JSON {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw error("text after the JSON value") }
        return value
    }

    private func error(_ message: String) -> EncoderError {
        EncoderError(.malformed, file: file, "not JSON at byte \(position): \(message)")
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        for i in 0..<count where bytes[position + i] != text.utf8Start[i] { return false }
        position += count
        return true
    }

    private mutating func value(depth: Int) throws(EncoderError) -> JSON {
        guard depth < 64 else { throw error("nested more than 64 levels deep") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t") where skip("true"): return .bool(true)
        case UInt8(ascii: "f") where skip("false"): return .bool(false)
        case UInt8(ascii: "n") where skip("null"): return .null
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(EncoderError) -> JSON {
        position += 1
        var members: [(name: String, value: JSON)] = []
        skipSpace()
        if skip("}") { return .object(members) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("a name is expected") }
            let name = try string()
            skipSpace()
            guard skip(":") else { throw error("a colon is expected") }
            members.append((name, try value(depth: depth + 1)))
            skipSpace()
            if skip("}") { return .object(members) }
            guard skip(",") else { throw error("a comma or } is expected") }
        }
    }

    private mutating func array(depth: Int) throws(EncoderError) -> JSON {
        position += 1
        var elements: [JSON] = []
        skipSpace()
        if skip("]") { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if skip("]") { return .array(elements) }
            guard skip(",") else { throw error("a comma or ] is expected") }
        }
    }

    private mutating func number() throws(EncoderError) -> Double {
        let start = position
        while let byte = next, byte.isNumeric { position += 1 }
        // `Double` reads more forms than JSON has; all of those begin otherwise, or are a number in another spelling.
        guard position > start, bytes[start] == UInt8(ascii: "-") || bytes[start].isDigit,
            let value = Double(String(decoding: bytes[start..<position], as: UTF8.self)), value.isFinite
        else {
            position = start
            throw error("a value is expected")
        }
        return value
    }

    private mutating func string() throws(EncoderError) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: text, as: UTF8.self) else { throw error("not UTF-8") }
                return text
            case UInt8(ascii: "\\"): try escape(into: &text)
            case ..<0x20: throw error("a control character in a string")
            default: text.append(byte)
            }
        }
        throw error("a string has no end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(EncoderError) {
        guard let byte = next else { throw error("a string has no end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try unit()
            if 0xD800..<0xDC00 ~= code {
                guard skip("\\u") else { throw error("half of a surrogate pair") }
                let low = try unit()
                guard 0xDC00..<0xE000 ~= low else { throw error("half of a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair") }
            text += UTF8.encode(scalar)?.map { $0 } ?? []
        default: throw error("an unknown escape")
        }
    }

    private mutating func unit() throws(EncoderError) -> UInt32 {
        guard bytes.count - position >= 4, bytes[position..<position + 4].allSatisfy(\.isHexadecimal),
            let unit = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw error("four hexadecimal digits are expected") }
        position += 4
        return unit
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { 0x30...0x39 ~= self }
    fileprivate var isHexadecimal: Bool { isDigit || 0x41...0x46 ~= self || 0x61...0x66 ~= self }
    fileprivate var isNumeric: Bool {
        isDigit || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(self)
    }
}
