/// The names of members on the wire.
///
/// A Swift property in camel case is a member in snake case: before every upper-case ASCII letter comes an underscore,
/// and the letter becomes lower case; digits and everything else stay. `articleId` is `article_id`, `sha256` is
/// `sha256`, `retryAfterMs` is `retry_after_ms`; write `articleId`, never `articleID`. Coding keys that are already
/// in snake case stay as they are, and the keys of dictionaries are data and never changed.
public enum WireNames {
    /// The member on the wire for a Swift name.
    public static func wireName(of name: String) -> String {
        guard name.utf8.contains(where: isUpper) else { return name }
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            if isUpper(byte) {
                bytes.append(UInt8(ascii: "_"))
                bytes.append(byte | 0x20)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a member on the wire is that of a Swift name; takes no memory.
    static func matches(wire: String, name: String) -> Bool {
        var wire = wire.utf8.makeIterator()
        for byte in name.utf8 {
            if isUpper(byte) {
                guard wire.next() == UInt8(ascii: "_"), wire.next() == byte | 0x20 else { return false }
            } else if wire.next() != byte {
                return false
            }
        }
        return wire.next() == nil
    }

    private static func isUpper(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "A") < 26
    }
}

/// Tells the keys of a dictionary, which are data, from the coding keys of a type, which are names.
enum DictionaryKeys {
    /// The type that the standard library codes the keys of dictionaries with.
    private static let identifier: ObjectIdentifier? = {
        let probe = ValueEncoder(probing: true)
        try? [String: Int]().encode(to: probe)
        return probe.keyType
    }()

    /// Whether a key type is that of dictionaries.
    @inline(__always)
    static func isType<Key: CodingKey>(_ type: Key.Type) -> Bool {
        ObjectIdentifier(type) == identifier
    }
}
