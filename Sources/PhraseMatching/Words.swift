/// Splits text into words, for patterns and utterances alike.
enum Words {
    /// The number of folded bytes after which the rest of a word is ignored.
    static let longest = 64

    /// Reads the words of `bytes` (UTF-8) one by one into `buffer` and calls `body` with each.
    ///
    /// A word is letters and digits with apostrophes in between; each ideograph is a word. `body` gets the folded bytes
    /// (apostrophes kept as `'`), the range in Unicode scalars, and whether a sentence ended before.
    static func forEach(
        _ bytes: UnsafeBufferPointer<UInt8>,
        buffer: UnsafeMutableBufferPointer<UInt8>,
        _ body: (_ length: Int, _ hasApostrophe: Bool, _ range: Range<Int>, _ afterSentence: Bool) -> Void
    ) {
        var reader = ScalarReader(bytes)
        var word = PendingWord(buffer: buffer)
        var afterSentence = false
        var sawStop = false
        while let (scalar, offset) = reader.next() {
            let folded = fold(scalar)
            if folded == ignorable { continue }
            if folded != 0, folded != apostrophe || word.length > 0 {
                // A full stop inside a number or a name ("3.5", "example.com") does not end a sentence.
                sawStop = false
                let isIdeograph = folded >= 0x2E80
                if isIdeograph { flush(offset) }
                word.append(folded, at: offset)
                if isIdeograph { flush(offset + 1) }
                continue
            }
            flush(offset)
            if sawStop, isBlank(scalar) { afterSentence = true }
            sawStop = isStop(scalar) || (sawStop && isCloser(scalar))
            if scalar == 0x0A { afterSentence = true }
        }
        flush(reader.offset)

        func flush(_ end: Int) {
            guard word.length > 0 else { return }
            let trailing = word.dropTrailingApostrophes()
            body(word.length, word.hasApostrophe, word.start..<(end - trailing), afterSentence)
            afterSentence = false
            word.clear()
        }
    }

    /// The folded words of `text`; contractions are expanded.
    static func folded(_ text: String, expandingContractions: Bool = true) -> [String] {
        var text = text
        var result: [String] = []
        text.withUTF8 { bytes in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { buffer in
                forEach(bytes, buffer: buffer) { length, _, _, _ in
                    let raw = String(decoding: buffer[..<length], as: UTF8.self)
                    if expandingContractions, let pieces = Contractions.pieces[raw] {
                        result += pieces
                    } else {
                        result.append(raw.filter { $0 != "'" })
                    }
                }
            }
        }
        return result
    }

    private static let apostrophe: UInt32 = 0x27
    /// The code of a scalar that is ignored in spellings, such as a combining accent.
    private static let ignorable = UInt32.max

    /// The folded scalar; 0 for separators.
    private static func fold(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return UInt32(ascii[Int(scalar)]) }
        switch scalar {
        case 0xC0...0x17F:
            let base = latin[Int(scalar) - 0xC0]
            return base == 0x2A ? 0 : UInt32(base)
        case 0x2018, 0x2019, 0x2BC, 0xB4: return apostrophe
        case 0x300...0x36F, 0xAD, 0x200B...0x200D, 0xFE00...0xFE0F: return ignorable
        default: break
        }
        guard let value = Unicode.Scalar(scalar), value.properties.isAlphabetic || value.properties.numericType != nil
        else { return 0 }
        let mapping = value.properties.lowercaseMapping.unicodeScalars
        return mapping.count == 1 ? mapping.first?.value ?? scalar : scalar
    }

    private static func isBlank(_ scalar: UInt32) -> Bool {
        scalar == 0x20 || scalar == 0x0A || scalar == 0x0D || scalar == 0x09
    }

    private static func isStop(_ scalar: UInt32) -> Bool {
        scalar == 0x2E || scalar == 0x21 || scalar == 0x3F || scalar == 0x3002 || scalar == 0x2026
    }

    private static func isCloser(_ scalar: UInt32) -> Bool { scalar == 0x29 || scalar == 0x22 || scalar == 0x201D }

    /// Folding of ASCII: letters to lower case, digits and the apostrophe unchanged, all others 0.
    private static let ascii: [UInt8] = (0..<128).map { code in
        switch UInt8(code) {
        case 0x30...0x39, 0x61...0x7A, 0x27: UInt8(code)
        case 0x41...0x5A: UInt8(code) | 0x20
        default: 0
        }
    }

    /// Lower-case bases of U+00C0 to U+017F; `*` for the two symbols among them.
    private static let latin: [UInt8] = Array(
        """
        aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty\
        aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssss\
        ttttttuuuuuuuuuuuuwwyyyzzzzzzs
        """.utf8
    )
}

private struct PendingWord {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    var length = 0
    var start = 0
    var hasApostrophe = false

    init(buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

    mutating func append(_ scalar: UInt32, at offset: Int) {
        if length == 0 { start = offset }
        if scalar == 0x27 { hasApostrophe = true }
        if scalar < 0x80 {
            push(UInt8(scalar))
        } else if let value = Unicode.Scalar(scalar) {
            guard length + 4 <= buffer.count else { return }
            for byte in UTF8.encode(value) ?? .init() { push(byte) }
        }
    }

    mutating func clear() {
        length = 0
        hasApostrophe = false
    }

    /// Drops closing quotes after the word and returns their number.
    mutating func dropTrailingApostrophes() -> Int {
        var count = 0
        while length > 1, buffer[length - 1] == 0x27 {
            length -= 1
            count += 1
        }
        return count
    }

    private mutating func push(_ byte: UInt8) {
        guard length < buffer.count else { return }
        buffer[length] = byte
        length += 1
    }
}

/// Decodes UTF-8 that is known to be valid.
private struct ScalarReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    /// The number of scalars read.
    private(set) var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> (scalar: UInt32, offset: Int)? {
        guard index < bytes.count else { return nil }
        let first = bytes[index]
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var scalar = UInt32(length == 1 ? first : first & (0xFF >> UInt8(length + 1)))
        var position = index + 1
        while position < min(index + length, bytes.count) {
            scalar = scalar << 6 | UInt32(bytes[position] & 0x3F)
            position += 1
        }
        defer {
            index = position
            offset += 1
        }
        return (scalar, offset)
    }
}
