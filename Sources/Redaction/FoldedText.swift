/// A text with one byte per Unicode scalar: ASCII with its case, without accents, with unified digits and dashes.
///
/// Positions are offsets in Unicode scalars, so that matches can be cut out of the original.
struct FoldedText {
    /// The code of a scalar in a placeholder or in a value already found.
    static let masked: UInt8 = 0xFF
    /// The code of a letter without an ASCII base (Greek, Cyrillic).
    static let otherLetter: UInt8 = 0x80
    /// The code of any other scalar.
    static let otherSymbol: UInt8 = 0x01

    private(set) var codes: [UInt8]

    /// Folds `text` and masks the placeholders that it already contains.
    init(_ text: String) {
        codes = []
        codes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            codes.append(scalar.value < 0x80 ? Self.foldASCII(UInt8(scalar.value)) : Self.fold(scalar))
        }
        maskPlaceholders()
    }

    /// Masks the scalars of `range`, so that no recogniser reads them.
    mutating func mask(_ range: Range<Int>) {
        for index in range { codes[index] = Self.masked }
    }

    private mutating func maskPlaceholders() {
        var index = 0
        while index < codes.count {
            if codes[index] == UInt8(ascii: "["), let end = placeholderEnd(from: index) {
                mask(index..<end)
                index = end
            } else {
                index += 1
            }
        }
    }

    private func placeholderEnd(from start: Int) -> Int? {
        var end = start + 1
        while end < codes.count, end - start < 20, codes[end].isLowercase || codes[end] == UInt8(ascii: "_") {
            end += 1
        }
        guard end < codes.count, codes[end] == UInt8(ascii: "]") else { return nil }
        let label = String(decoding: codes[(start + 1)..<end], as: UTF8.self)
        return RedactionKind(rawValue: label) == nil ? nil : end + 1
    }

    private static func foldASCII(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x0A, 0x0D: 0x0A
        case 0x09: 0x20
        case 0..<0x20, 0x7F: otherSymbol
        default: byte
        }
    }

    private static func fold(_ scalar: Unicode.Scalar) -> UInt8 {
        switch scalar.value {
        case 0xC0...0x17F: latin[Int(scalar.value) - 0xC0]
        case 0xA0, 0xAD, 0x2000...0x200D, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF: 0x20
        case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: UInt8(ascii: "-")
        case 0x2018, 0x2019, 0x2032: UInt8(ascii: "'")
        case 0x201C, 0x201D, 0x201E, 0x2033, 0xAB, 0xBB: UInt8(ascii: "\"")
        case 0x2028, 0x2029, 0x85: 0x0A
        case 0xFF01...0xFF5E: foldASCII(UInt8(scalar.value - 0xFEE0))
        case 0x370...0x52F, 0x1E00...0x1FFF: otherLetter
        case 0x600...0x1FFFF: digit(scalar) ?? otherSymbol
        default: otherSymbol
        }
    }

    private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
        let properties = scalar.properties
        guard properties.numericType == .decimal, let value = properties.numericValue, value >= 0, value <= 9 else {
            return nil
        }
        return UInt8(ascii: "0") + UInt8(value)
    }

    /// The ASCII bases of U+00C0 to U+017F.
    private static let latin: [UInt8] = Array(
        """
        AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTsaaaaaaaceeeeiiiidnooooo*ouuuuyty\
        AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSs\
        TtTtTtUuUuUuUuUuUuWwYyYZzZzZzs
        """.utf8
    )
}

extension UInt8 {
    /// Whether this is an ASCII digit.
    var isDigit: Bool { self &- 0x30 < 10 }
    /// Whether this is a lower-case ASCII letter.
    var isLowercase: Bool { self &- 0x61 < 26 }
    /// Whether this is an upper-case ASCII letter.
    var isUppercase: Bool { self &- 0x41 < 26 }
    /// Whether this is an ASCII letter.
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    /// Whether this belongs inside a word.
    var isWord: Bool { isLetter || isDigit || self == FoldedText.otherLetter }
    /// Whether this is a hexadecimal digit.
    var isHex: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
    /// Whether this is a space or the end of a line.
    var isSpace: Bool { self == 0x20 || self == 0x0A }
    /// The lower-case form of an ASCII letter; other bytes unchanged.
    var lowered: UInt8 { isUppercase ? self | 0x20 : self }
}
