/// Finds the words of a UTF-8 text, one after the other, in one pass without allocating.
///
/// Words are runs of letters, digits and marks. An apostrophe between letters, and a point or comma between digits,
/// belong to the word (`don't`, `10.5`, `1,000`). Hyphens and other connectors separate words: `E-104` is `E` and
/// `104`, which ``DocumentWords`` joins again. Scripts without spaces yield overlapping pairs of letters.
struct TokenScanner {
    /// The byte range of a word in the text.
    struct Token {
        var start: Int
        var end: Int
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let count: Int
    private var position: Int
    private var insideDenseRun = false

    /// Creates a scanner of `bytes`, which must outlive it, starting at an offset outside or at the start of a token.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int = 0) {
        self.bytes = bytes
        self.count = bytes.count
        self.position = position
    }

    /// The next word, or `nil` at the end.
    mutating func next() -> Token? {
        while position < count {
            let unit = classAndLength(position)
            switch unit.class {
            case ScalarClass.letter, ScalarClass.digit:
                insideDenseRun = false
                return word(from: position)
            case ScalarClass.dense:
                if let token = densePair(from: position) { return token }
            default:
                insideDenseRun = false
                position += unit.length
            }
        }
        return nil
    }

    private mutating func word(from start: Int) -> Token {
        var end = start
        scan: while end < count {
            let unit = classAndLength(end)
            switch unit.class {
            case ScalarClass.letter, ScalarClass.digit, ScalarClass.mark: end += unit.length
            default:
                guard end > start, let joined = connectorLength(end) else { break scan }
                end += joined
            }
        }
        position = end
        return Token(start: start, end: end)
    }

    /// The length of an apostrophe, point or comma at `index` that belongs to the surrounding word; 0 if it does not.
    private func connectorLength(_ index: Int) -> Int? {
        let byte = bytes[index]
        if byte == 0x27 { return isLetter(before: index) && isLetter(at: index + 1) ? 1 : nil }
        if byte == 0xE2 {
            guard index + 2 < count, bytes[index + 1] == 0x80, bytes[index + 2] == 0x99 else { return nil }
            return isLetter(before: index) && isLetter(at: index + 3) ? 3 : nil
        }
        guard isDigit(index - 1), isDigit(index + 1) else { return nil }
        if byte == 0x2E { return 1 }
        return byte == 0x2C && isDigit(index + 2) && isDigit(index + 3) && !isDigit(index + 4) ? 1 : nil
    }

    private func isDigit(_ index: Int) -> Bool {
        index >= 0 && index < count && bytes[index] >= 0x30 && bytes[index] <= 0x39
    }

    private func isLetter(at index: Int) -> Bool {
        index < count && classAndLength(index).class == ScalarClass.letter
    }

    private func isLetter(before index: Int) -> Bool {
        bytes[index - 1] >= 0x80 || (bytes[index - 1] | 0x20) &- 0x61 < 26
    }

    private mutating func densePair(from start: Int) -> Token? {
        let first = denseUnitLength(start)
        let second = start + first
        if second < count, classAndLength(second).class == ScalarClass.dense {
            position = second
            insideDenseRun = true
            return Token(start: start, end: second + denseUnitLength(second))
        }
        position = second
        defer { insideDenseRun = false }
        return insideDenseRun ? nil : Token(start: start, end: second)
    }

    /// The length of a letter with its marks.
    private func denseUnitLength(_ index: Int) -> Int {
        var end = index + classAndLength(index).length
        var marks = 0
        while end < count, marks < 8 {
            let unit = classAndLength(end)
            guard unit.class == ScalarClass.mark else { break }
            end += unit.length
            marks += 1
        }
        return end - index
    }

    @inline(__always)
    private func classAndLength(_ index: Int) -> (class: UInt8, length: Int) {
        let byte = bytes[index]
        if byte < 0x80 {
            if (byte | 0x20) &- 0x61 < 26 { return (ScalarClass.letter, 1) }
            return (byte &- 0x30 < 10 ? ScalarClass.digit : ScalarClass.separator, 1)
        }
        return wideClassAndLength(index, byte)
    }

    @inline(never)
    private func wideClassAndLength(_ index: Int, _ byte: UInt8) -> (class: UInt8, length: Int) {
        let length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        guard length > 1, index + length <= count else { return (ScalarClass.separator, 1) }
        var scalar = UInt32(byte) & (0xFF >> UInt32(length + 1))
        for k in 1..<length { scalar = scalar << 6 | UInt32(bytes[index + k] & 0x3F) }
        return (ScalarClass.of(scalar), length)
    }
}

/// The role of a Unicode scalar in word segmentation.
enum ScalarClass {
    /// Separates words.
    static let separator: UInt8 = 0
    /// A letter of a script that separates words.
    static let letter: UInt8 = 1
    /// A digit.
    static let digit: UInt8 = 2
    /// Continues the preceding word: combining marks, joiners, soft hyphens.
    static let mark: UInt8 = 3
    /// A letter of a script without spaces (Han, Kana, Hangul, Thai, Lao, Khmer, Burmese): indexed as pairs.
    static let dense: UInt8 = 4

    /// The class of a scalar.
    static func of(_ scalar: UInt32) -> UInt8 {
        scalar < 0x10000 ? basicPlane[Int(scalar)] : classify(scalar)
    }

    private static let basicPlane: [UInt8] = (0..<0x10000).map { classify(UInt32($0)) }

    private static let denseRanges: [ClosedRange<UInt32>] = [
        0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x1100...0x11FF, 0x3005...0x3007, 0x3040...0x30FF,
        0x3100...0x318F, 0x31A0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF,
        0x20000...0x3FFFF,
    ]

    private static func classify(_ value: UInt32) -> UInt8 {
        guard let scalar = Unicode.Scalar(value) else { return separator }
        if value == 0xAD || (0x200B...0x200D).contains(value) || value == 0x2060 { return mark }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber:
            return denseRanges.contains { $0.contains(value) } ? dense : letter
        case .decimalNumber: return digit
        case .nonspacingMark, .spacingMark, .enclosingMark: return mark
        default: return separator
        }
    }
}
