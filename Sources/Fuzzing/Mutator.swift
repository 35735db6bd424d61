import Digests

/// Creates inputs from valid ones by changing, moving, repeating and mixing bytes and pieces.
///
/// An input depends only on the seed and its number, so that each can be reproduced.
struct Mutator {
    /// The longest input, in bytes.
    static let longest = 65_536

    private static let telling: [UInt8] =
        Array("{}[]()<>\"'`,:;&%#!?*+-/\\=|~^$@ \t\n\r\0.0123456789eE".utf8) + [0x80, 0xC0, 0xFF]
    private static let tokens = [
        "null", "true", "1e999", "-0", "99999999999999999999999999999999999999", "\u{FEFF}", "\u{202E}", "\u{0}",
        "<!--",
        "]]>", "<![CDATA[", "&amp;", "&#0;", "&#x110000;", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "{{", "}}",
        "{{#a}}",
        "*a", "&a ", "- ", "|\n  ", "? ", "!!binary ", "<<: *a", "function(x) ", "for i in 1..1000000 return ",
        "every ",
        "some x in [1] satisfies ", "date(\"2026-02-30\")", "@\"P1Y\"", "[1..0)", "not(", "matches(\"a\",\"(a*)*b\")",
        "\\uD800", "\\u0000", "xmlns:x=\"y\" ", "<x:y/>",
    ]

    private let corpus: [[UInt8]]

    init(corpus: [[UInt8]]) { self.corpus = corpus.isEmpty ? [[]] : corpus }

    /// The input with a number.
    func input(_ number: UInt64, seed: UInt64) -> [UInt8] {
        var random = SeededGenerator(seed: seed, input: number)
        var bytes = corpus[Int.random(in: corpus.indices, using: &random)]
        // A long example is usually cut to a part, which is faster and reaches deeper code.
        if bytes.count > 4_096, Int.random(in: 0..<4, using: &random) > 0 {
            let start = Int.random(in: 0..<bytes.count, using: &random)
            if Bool.random(using: &random) { bytes.removeSubrange(start..<min(bytes.count, start + 2_048)) }
        }
        for _ in 0..<Int.random(in: 1...8, using: &random) { mutate(&bytes, &random) }
        return Array(bytes.prefix(Self.longest))
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let rest = bytes.count - place
        switch Int.random(in: 0..<10, using: &random) {
        case 0: if rest > 0 { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
        case 1: if rest > 0 { bytes[place] = Self.telling.randomElement(using: &random) ?? 0 }
        case 2: bytes.insert(Self.telling.randomElement(using: &random) ?? 0, at: place)
        case 3: bytes.removeSubrange(place..<(place + Int.random(in: 0...min(rest, 64), using: &random)))
        case 4: bytes.insert(contentsOf: (Self.tokens.randomElement(using: &random) ?? "").utf8, at: place)
        case 5:
            let piece = bytes[place..<(place + Int.random(in: 0...min(rest, 128), using: &random))]
            for _ in 0..<Int.random(in: 1...20, using: &random) where bytes.count < Self.longest {
                bytes.insert(contentsOf: piece, at: place)
            }
        case 6:
            let other = corpus[Int.random(in: corpus.indices, using: &random)]
            guard !other.isEmpty else { return }
            let start = Int.random(in: other.indices, using: &random)
            let length = Int.random(in: 0...min(other.count - start, 512), using: &random)
            bytes.insert(contentsOf: other[start..<(start + length)], at: place)
        case 7: bytes.removeLast(rest)
        case 8: digits(&bytes, place, &random)
        default:
            let depth = Int.random(in: 1...600, using: &random)
            let token = ["[", "{\"a\":", "(", "<p>", "- ", "if ", "-", "not("].randomElement(using: &random) ?? "["
            bytes.insert(contentsOf: String(repeating: token, count: depth).utf8, at: place)
        }
    }

    /// Changes a number after a position.
    private func digits(_ bytes: inout [UInt8], _ place: Int, _ random: inout SeededGenerator) {
        guard let first = bytes[place...].firstIndex(where: { (0x30...0x39).contains($0) }) else { return }
        let last = bytes[first...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.count
        let values = ["0", "-1", "255", "256", "65536", "2147483648", "9223372036854775808", "1e308", "0.1"]
        bytes.replaceSubrange(first..<last, with: (values.randomElement(using: &random) ?? "0").utf8)
    }
}
