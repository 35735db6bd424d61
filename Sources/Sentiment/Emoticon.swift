/// Faces and hearts typed with punctuation.
enum Emoticon {
    /// The emoticon at `start`: its hash, which ignores the nose, and its end.
    static func match(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> (hash: UInt64, end: Int)? {
        guard start + 1 < bytes.count, start == 0 || !bytes[start - 1].isWordByte else { return nil }
        let found = upright(bytes, start) ?? reversed(bytes, start) ?? special(bytes, start)
        guard let found, found.end == bytes.count || !bytes[found.end].isWordByte else { return nil }
        return found
    }

    private static func upright(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> (hash: UInt64, end: Int)? {
        var index = start
        let brow = bytes[index] == UInt8(ascii: ">") || bytes[index] == UInt8(ascii: "}") ? bytes[index] : 0
        if brow != 0 { index += 1 }
        guard index + 1 < bytes.count else { return nil }
        let eyes = bytes[index]
        guard isEyes(eyes) || (eyes | 0x20) == UInt8(ascii: "x") else { return nil }
        index += 1
        if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "'") { index += 1 }
        if index + 1 < bytes.count, isNose(bytes[index]), isMouth(bytes[index + 1]) { index += 1 }
        let mouth = bytes[index]
        guard isMouth(mouth), isEyes(eyes) || "DPp)(".utf8.contains(mouth) else { return nil }
        while index + 1 < bytes.count, bytes[index + 1] == mouth, !mouth.isWordByte { index += 1 }
        let hasTear = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "'")
        return (code(brow, eyes | (eyes.isLetterByte ? 0x20 : 0), hasTear ? 1 : 0, lowered(mouth)), index + 1)
    }

    private static func reversed(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> (hash: UInt64, end: Int)? {
        guard ")(][/\\|}{D".utf8.contains(bytes[start]), start == 0 || bytes[start - 1] <= 0x20 else { return nil }
        var index = start + 1
        if index + 1 < bytes.count, isNose(bytes[index]) { index += 1 }
        if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "'") { index += 1 }
        guard index < bytes.count, isEyes(bytes[index]) else { return nil }
        return (code(0, bytes[index], 2, bytes[start]), index + 1)
    }

    private static func special(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> (hash: UInt64, end: Int)? {
        for (text, id) in specials {
            let end = start + text.utf8CodeUnitCount
            guard end <= bytes.count else { continue }
            let matches = text.withUTF8Buffer { wanted in
                for offset in wanted.indices where lowered(bytes[start + offset]) != wanted[offset] { return false }
                return true
            }
            if matches { return (code(3, 0, 0, id), end) }
        }
        return nil
    }

    private static let specials: [(StaticString, UInt8)] = [
        ("<3", 1), ("</3", 2), ("&lt;3", 1), ("^_^", 3), ("^^", 3), ("-_-", 4), ("t_t", 5), (">_<", 6), ("o_o", 7),
        ("*_*", 8),
    ]

    private static func isEyes(_ byte: UInt8) -> Bool { byte == 0x3A || byte == 0x3B || byte == 0x3D }

    private static func isNose(_ byte: UInt8) -> Bool { "-o*^".utf8.contains(byte) }

    private static func isMouth(_ byte: UInt8) -> Bool { ")(][}{/\\|DPpOoSs*@3$#&cbXx<>".utf8.contains(byte) }

    private static func lowered(_ byte: UInt8) -> UInt8 { byte | (byte.isUpperByte ? 0x20 : 0) }

    private static func code(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) -> UInt64 {
        let packed = UInt64(first) << 24 | UInt64(second) << 16 | UInt64(third) << 8 | UInt64(fourth)
        return TextHash.mix(packed | 0x6663_0000_0000_0000)
    }
}
