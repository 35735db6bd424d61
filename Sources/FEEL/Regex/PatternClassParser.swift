/// Reads character classes and escapes of regular expressions.
struct PatternClassParser {
    enum Escaped {
        case character(Unicode.Scalar)
        case property(CharacterClass.Escape)
    }

    private let text: [Unicode.Scalar]
    private(set) var index: Int
    private var depth = 0

    init(_ text: [Unicode.Scalar], _ index: Int) {
        self.text = text
        self.index = index
    }

    private var next: Unicode.Scalar? { index < text.count ? text[index] : nil }

    /// The class behind `[`, its closing bracket included.
    mutating func parse() throws(PatternError) -> CharacterClass {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 20 else { throw PatternError(message: "classes nested too deeply") }
        var ranges: [ClosedRange<UInt32>] = []
        var escapes: [CharacterClass.Escape] = []
        var isNegated = false
        if next == "^" {
            isNegated = true
            index += 1
        }
        while true {
            guard let scalar = next else { throw PatternError(message: "a class that does not end") }
            let isEmpty = ranges.isEmpty && escapes.isEmpty
            if scalar == "]" {
                guard !isEmpty else { throw PatternError(message: "an empty class") }
                index += 1
                return CharacterClass(ranges: ranges, escapes: escapes, isNegated: isNegated)
            }
            if scalar == "-", !isEmpty, index + 1 < text.count, text[index + 1] == "[" {
                index += 2
                let subtracted = try parse()
                guard next == "]" else { throw PatternError(message: "a subtraction must end its class") }
                index += 1
                return CharacterClass(
                    ranges: ranges,
                    escapes: escapes,
                    isNegated: isNegated,
                    subtracted: subtracted
                )
            }
            try item(&ranges, &escapes)
        }
    }

    private mutating func item(
        _ ranges: inout [ClosedRange<UInt32>],
        _ escapes: inout [CharacterClass.Escape]
    )
        throws(PatternError)
    {
        switch try single() {
        case .property(let escape):
            guard escapes.count < 100 else { throw PatternError(message: "a class of too many properties") }
            escapes.append(escape)
        case .character(let low):
            guard next == "-", index + 1 < text.count, text[index + 1] != "]", text[index + 1] != "[" else {
                ranges.append(low.value...low.value)
                return
            }
            index += 1
            guard case .character(let high) = try single(), low.value <= high.value else {
                throw PatternError(message: "a range of characters that is none")
            }
            ranges.append(low.value...high.value)
        }
    }

    private mutating func single() throws(PatternError) -> Escaped {
        guard let scalar = next else { throw PatternError(message: "a class that does not end") }
        index += 1
        if scalar == "\\" { return try escape() }
        guard scalar != "[", scalar != "]" else { throw PatternError(message: "an unmatched '\(scalar)'") }
        return .character(scalar)
    }

    /// The escape behind a backslash.
    mutating func escape() throws(PatternError) -> Escaped {
        guard let scalar = next else { throw PatternError(message: "a backslash before nothing") }
        index += 1
        switch scalar {
        case "n": return .character("\n")
        case "r": return .character("\r")
        case "t": return .character("\t")
        case "\\", "|", ".", "-", "^", "?", "*", "+", "{", "}", "(", ")", "[", "]", "$": return .character(scalar)
        case "s", "S": return Self.property(.space, scalar == "S")
        case "w", "W": return Self.property(.word, scalar == "W")
        case "i", "I": return Self.property(.nameStart, scalar == "I")
        case "c", "C": return Self.property(.namePart, scalar == "C")
        case "d", "D": return Self.property(.categories([.decimalNumber]), scalar == "D")
        case "p", "P": return Self.property(try named(), scalar == "P")
        default: throw PatternError(message: "the escape '\\\(scalar)' is unknown")
        }
    }

    private static func property(_ property: CharacterClass.Property, _ isNegated: Bool) -> Escaped {
        .property(CharacterClass.Escape(property: property, isNegated: isNegated))
    }

    private mutating func named() throws(PatternError) -> CharacterClass.Property {
        guard next == "{", let end = text[index...].prefix(60).firstIndex(of: "}") else {
            throw PatternError(message: "a property without name")
        }
        let name = String(String.UnicodeScalarView(text[(index + 1)..<end]))
        index = end + 1
        if name.hasPrefix("Is"), let block = UnicodeBlocks.range(of: String(name.dropFirst(2))) {
            return .block(block)
        }
        guard let categories = CharacterClass.Property.categories(named: name) else {
            throw PatternError(message: "the property '\(name)' is unknown")
        }
        return .categories(categories)
    }
}

extension CharacterClass.Property {
    /// The general categories of a name of one letter or two.
    static func categories(named name: String) -> Set<Unicode.GeneralCategory>? {
        let members = categoryNames.filter { name.count == 1 ? $0.key.hasPrefix(name) : $0.key == name }
        return members.isEmpty ? nil : Set(members.map(\.value))
    }

    private static let categoryNames: [String: Unicode.GeneralCategory] = [
        "Lu": .uppercaseLetter, "Ll": .lowercaseLetter, "Lt": .titlecaseLetter, "Lm": .modifierLetter,
        "Lo": .otherLetter, "Mn": .nonspacingMark, "Mc": .spacingMark, "Me": .enclosingMark, "Nd": .decimalNumber,
        "Nl": .letterNumber, "No": .otherNumber, "Pc": .connectorPunctuation, "Pd": .dashPunctuation,
        "Ps": .openPunctuation, "Pe": .closePunctuation, "Pi": .initialPunctuation, "Pf": .finalPunctuation,
        "Po": .otherPunctuation, "Sm": .mathSymbol, "Sc": .currencySymbol, "Sk": .modifierSymbol, "So": .otherSymbol,
        "Zs": .spaceSeparator, "Zl": .lineSeparator, "Zp": .paragraphSeparator, "Cc": .control, "Cf": .format,
        "Co": .privateUse, "Cn": .unassigned, "Cs": .surrogate,
    ]
}
