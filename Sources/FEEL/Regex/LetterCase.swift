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

    private static func offset(_ scalar: Unicode.Scalar, _ distance: Int) -> Unicode.Scalar {
        Unicode.Scalar(UInt32(Int(scalar.value) + distance)) ?? scalar
    }

    private static func single(_ mapping: String) -> Unicode.Scalar? {
        let scalars = mapping.unicodeScalars
        return scalars.count == 1 ? scalars.first : nil
    }
}
