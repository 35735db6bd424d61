/// Splits an utterance into tokens with the properties used for scoring.
///
/// Words are folded to lower case without apostrophes; three or more repetitions of a letter become two. Addresses and
/// names with "@" become references. Tokenisation stops after 1,024 tokens, which bounds the work.
struct Tokenizer {
    static let maximumTokens = 1024
    /// The buffer size for the folded bytes of a text, in which each word gets two boundary marks.
    static func foldingRoom(_ bytes: Int) -> Int { bytes * 3 + 16 }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let folded: UnsafeMutableBufferPointer<UInt8>
    private let tokens: UnsafeMutableBufferPointer<Token>
    private var used = 0
    private(set) var count = 0
    private var index = 0

    init(
        _ bytes: UnsafeBufferPointer<UInt8>,
        folded: UnsafeMutableBufferPointer<UInt8>,
        tokens: UnsafeMutableBufferPointer<Token>
    ) {
        self.bytes = bytes
        self.folded = folded
        self.tokens = tokens
    }

    /// Reads all tokens and returns their number.
    mutating func run() -> Int {
        while index < bytes.count, count < tokens.count {
            let byte = bytes[index]
            if byte.isWordByte {
                if !reference() && !(mayBeFace(byte) && emoticon()) { word() }
            } else if byte >= 0x80 {
                scalar()
            } else {
                mark(byte)
            }
        }
        return count
    }

    /// Whether a word character may begin an emoticon ("xD", "T_T").
    private func mayBeFace(_ byte: UInt8) -> Bool {
        index + 1 < bytes.count && (!bytes[index + 1].isWordByte || byte | 0x20 == UInt8(ascii: "x"))
    }

    // MARK: Words

    private mutating func word() {
        var token = Token()
        token.start = Int32(index)
        token.folded = Int32(used)
        put(UInt8(ascii: "<"))
        let isNumber = bytes[index].isDigitByte
        var upper = 0
        var letters = 0
        var run = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte.isWordByte {
                let lower = byte | (byte.isUpperByte ? 0x20 : 0)
                letters += 1
                upper += byte.isUpperByte ? 1 : 0
                run = folded[used - 1] == lower ? run + 1 : 1
                if run < 3 { put(lower) } else { token.isDrawnOut = true }
                index += 1
            } else if let width = apostrophe(index), index + width < bytes.count, bytes[index + width].isLetterByte {
                index += width
                run = 0
            } else if let width = letter(index) {
                for offset in 0..<width { put(bytes[index + offset]) }
                letters += 1
                index += width
            } else {
                break
            }
        }
        put(UInt8(ascii: ">"))
        token.isCapital = upper > 1 && upper == letters
        token.kind = isNumber ? .number : .word
        finish(&token)
    }

    private mutating func finish(_ token: inout Token) {
        token.end = Int32(index)
        token.foldedEnd = Int32(used)
        token.hash = token.kind == .number ? Self.numberHash : hash(Int(token.folded) + 1, Int(token.foldedEnd) - 1)
        append(token)
    }

    private func hash(_ start: Int, _ end: Int) -> UInt64 {
        var hash = TextHash.seed
        for position in start..<end { hash = TextHash.extend(hash, folded[position]) }
        return TextHash.mix(hash)
    }

    private mutating func put(_ byte: UInt8) {
        guard used < folded.count else { return }
        folded[used] = byte
        used += 1
    }

    private mutating func append(_ token: Token) {
        guard count < tokens.count else { return }
        tokens[count] = token
        count += 1
    }

    /// The width of an apostrophe at `index`, straight or curly; nil if there is none.
    private func apostrophe(_ index: Int) -> Int? {
        if bytes[index] == 0x27 { return 1 }
        let isCurly = index + 2 < bytes.count && bytes[index] == 0xE2 && bytes[index + 1] == 0x80
        return isCurly && (bytes[index + 2] == 0x98 || bytes[index + 2] == 0x99) ? 3 : nil
    }

    /// The width of a non-ASCII letter at `index`; nil if there is none.
    private func letter(_ index: Int) -> Int? {
        let byte = bytes[index]
        // Nearly all two-byte scalars from U+00C0, and three-byte ones up to U+1FFF, are letters.
        if (0xC3...0xDF).contains(byte), index + 1 < bytes.count { return 2 }
        if byte == 0xE0 || byte == 0xE1, index + 2 < bytes.count { return 3 }
        return nil
    }

    // MARK: References, emoticons and marks

    /// Reads a web address if there is one, and moves the cursor after it.
    private mutating func reference() -> Bool {
        guard matches("http://") || matches("https://") || matches("www.") else { return false }
        skipReference()
        return true
    }

    private mutating func skipReference() {
        var token = Token()
        token.start = Int32(index)
        token.kind = .reference
        let isName = bytes[index] == UInt8(ascii: "@")
        index += 1
        while index < bytes.count, isName ? bytes[index].isWordByte || bytes[index] == 0x5F : bytes[index] > 0x20 {
            index += 1
        }
        token.end = Int32(index)
        token.hash = isName ? Self.nameHash : Self.addressHash
        append(token)
    }

    private func matches(_ text: StaticString) -> Bool {
        guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { wanted in
            for offset in wanted.indices where bytes[index + offset] | 0x20 != wanted[offset] | 0x20 { return false }
            return true
        }
    }

    /// Reads an emoticon if there is one, and moves the cursor after it.
    private mutating func emoticon() -> Bool {
        guard let match = Emoticon.match(bytes, at: index) else { return false }
        var token = Token()
        token.start = Int32(index)
        token.kind = .symbol
        token.hash = match.hash
        index = match.end
        token.end = Int32(index)
        append(token)
        return true
    }

    private mutating func mark(_ byte: UInt8) {
        if emoticon() { return }
        var token = Token()
        token.start = Int32(index)
        token.kind = .mark
        switch byte {
        case UInt8(ascii: "@") where index + 1 < bytes.count && bytes[index + 1].isWordByte: return skipReference()
        case UInt8(ascii: "!"), UInt8(ascii: "?"):
            let start = index
            while index < bytes.count, bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "?") {
                index += 1
            }
            token.length = UInt8(min(index - start, 200))
            token.hash = Self.markHash(byte, min(Int(token.length), 3))
        case UInt8(ascii: "."):
            let start = index
            while index < bytes.count, bytes[index] == byte { index += 1 }
            token.hash = Self.markHash(byte, min(index - start, 2))
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"):
            token.hash = Self.markHash(byte, 1)
            index += 1
        case UInt8(ascii: "&"):
            let start = index
            index += 1
            while index < bytes.count, index - start < 7, bytes[index].isWordByte || bytes[index] == 0x23 { index += 1 }
            if index < bytes.count, bytes[index] == UInt8(ascii: ";") { index += 1 } else { index = start + 1 }
            return
        default:
            index += 1
            return
        }
        token.end = Int32(index)
        append(token)
    }

    /// Reads a non-ASCII scalar: a letter, an ellipsis or a symbol; others are ignored.
    private mutating func scalar() {
        if letter(index) != nil { return word() }
        let byte = bytes[index]
        let width = min(byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4, bytes.count - index)
        var value = UInt32(byte & (0xFF >> UInt8(width + 1)))
        for offset in 1..<max(width, 1) where offset < width {
            value = value << 6 | UInt32(bytes[index + offset] & 0x3F)
        }
        var token = Token()
        token.start = Int32(index)
        index += max(width, 1)
        token.end = Int32(index)
        switch value {
        case 0x2026:
            token.kind = .mark
            token.hash = Self.markHash(UInt8(ascii: "."), 2)
        case 0x1F3FB...0x1F3FF: return
        case 0x2600...0x27BF, 0x2B50, 0x1F000...0x1FAFF:
            token.kind = .symbol
            token.hash = Self.symbolHash(value)
        default: return
        }
        append(token)
    }

    static let numberHash = TextHash.hash("<number>")
    static let nameHash = TextHash.hash("<name>")
    static let addressHash = TextHash.hash("<address>")

    static func markHash(_ byte: UInt8, _ length: Int) -> UInt64 {
        TextHash.mix(UInt64(byte) << 8 | UInt64(length) | 0x6D61_0000_0000_0000)
    }

    static func symbolHash(_ scalar: UInt32) -> UInt64 { TextHash.mix(UInt64(scalar) | 0x656D_0000_0000_0000) }
}

extension UInt8 {
    @inline(__always) var isDigitByte: Bool { self &- 0x30 < 10 }
    @inline(__always) var isUpperByte: Bool { self &- 0x41 < 26 }
    @inline(__always) var isLetterByte: Bool { (self | 0x20) &- 0x61 < 26 }
    @inline(__always) var isWordByte: Bool { isLetterByte || isDigitByte }
}

/// A word, mark or symbol of an utterance.
package struct Token: Sendable {
    package enum Kind: UInt8, Sendable {
        case word, symbol, number, mark, reference
    }

    /// The hash of the folded text.
    package var hash: UInt64 = 0
    /// Its byte offset in the text.
    package var start: Int32 = 0
    package var end: Int32 = 0
    /// The offset of its folded bytes in the folding buffer, including "<" and ">".
    var folded: Int32 = 0
    var foldedEnd: Int32 = 0
    package var kind = Kind.word
    /// Whether it is a word in upper case.
    var isCapital = false
    /// Whether letters are drawn out ("soooo").
    var isDrawnOut = false
    /// The number of characters of a mark.
    var length: UInt8 = 0
    /// The rating in the lexicon, after negation and boosters.
    var valence: Float = 0
    /// How the word modifies others.
    var role = Lexicon.Role.none
    /// The weight of the word.
    var multiplier: Float = 1
    /// Whether the word is negated.
    var isNegated = false
    /// Whether the model or the lexicon contains the word.
    var isKnown = false
}
