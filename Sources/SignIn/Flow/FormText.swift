/// Forms and parameters of addresses (`application/x-www-form-urlencoded`).
package enum FormText {
    /// How many members a text may have.
    private static let maximumMembers = 50

    /// A text in which everything but letters, digits, `-`, `.`, `_` and `~` is escaped.
    package static func encode(_ text: String) -> String {
        var result: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.append(byte)
            default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Members with their values, in order.
    package static func encode(_ members: [(String, String)]) -> String {
        members.map { "\(encode($0.0))=\(encode($0.1))" }.joined(separator: "&")
    }

    /// An address with parameters added.
    static func address(_ address: String, _ parameters: String) -> String {
        address + (address.contains("?") ? "&" : "?") + parameters
    }

    /// The members of a text; nil for one that cannot be read, or has a name twice.
    package static func members(of text: some StringProtocol) -> [String: String]? {
        guard !text.isEmpty else { return [:] }
        let parts = text.split(separator: "&", omittingEmptySubsequences: true)
        guard parts.count <= maximumMembers else { return nil }
        var result: [String: String] = [:]
        for part in parts {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(pair[0]), let value = decode(pair.count == 2 ? pair[1] : ""),
                result.updateValue(value, forKey: name) == nil
            else { return nil }
        }
        return result
    }

    private static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? { Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init) }
}
