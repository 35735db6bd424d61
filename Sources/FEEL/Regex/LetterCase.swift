/// The other case of single characters.
enum LetterCase {
    static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return scalar.value >= 0x41 && scalar.value <= 0x5A ? offset(scalar, 32) : scalar }
        return single(scalar.properties.lowercaseMapping) ?? scalar
    }

    static func upper(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return scalar.value >= 0x61 && scalar.value <= 0x7A ? offset(scalar, -32) : scalar }
        return single(scalar.properties.uppercaseMapping) ?? scalar
    }

    /// Whether two characters differ at most in case.
    static func equal(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        left == right || lower(left) == lower(right) || upper(left) == upper(right)
    }

    /// The characters that differ from this one in case only.
    static func variants(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        let (low, high) = (lower(scalar), upper(scalar))
        return [low, high, upper(low), lower(high)] + (compatible[low] ?? []) + (compatible[lower(high)] ?? [])
    }

    /// Characters whose lower or upper case is another pair's: no letter's case leads to them.
    private static let compatible: [Unicode.Scalar: [Unicode.Scalar]] = [
        "k": ["\u{212A}"], "\u{E5}": ["\u{212B}"], "s": ["\u{17F}"], "\u{3BC}": ["\u{B5}"],
        "\u{B5}": ["\u{3BC}", "\u{39C}"],
        "\u{3C9}": ["\u{2126}"], "\u{3C3}": ["\u{3C2}"], "\u{3C2}": ["\u{3C3}"], "\u{3B8}": ["\u{3D1}", "\u{3F4}"],
        "\u{3B2}": ["\u{3D0}"], "\u{3B5}": ["\u{3F5}"], "\u{3C0}": ["\u{3D6}"], "\u{3C6}": ["\u{3D5}"],
        "\u{DF}": ["\u{1E9E}"],
    ]

    private static func offset(_ scalar: Unicode.Scalar, _ distance: Int) -> Unicode.Scalar {
        Unicode.Scalar(UInt32(Int(scalar.value) + distance)) ?? scalar
    }

    private static func single(_ mapping: String) -> Unicode.Scalar? {
        let scalars = mapping.unicodeScalars
        return scalars.count == 1 ? scalars.first : nil
    }
}
