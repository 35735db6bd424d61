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
