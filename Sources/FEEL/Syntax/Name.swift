/// The characters and the normal form of names (grammar rules 27 to 32).
enum Name {
    /// Whether a character can begin a word of a name.
    static func isStart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x3F: true
        case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D: true
        case 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD: true
        case 0x10000...0xEFFFF: true
        default: false
        }
    }

    /// Whether a character can stand inside a word of a name.
    static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: isStart(scalar)
        }
    }

    /// Whether a character can join the words of a name.
    static func isAdditionalSymbol(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ".", "/", "-", "\u{2019}", "'", "+", "*": true
        default: false
        }
    }

    /// Whether a character is white space of the language (rules 61 and 62).
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x180E, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
            0xFEFF:
            true
        default: false
        }
    }

    /// A name with runs of white space as one space, none at its ends and none beside additional symbols.
    static func normalised(_ name: String) -> String {
        var result = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in name.unicodeScalars {
            if isSpace(scalar) {
                pendingSpace = !result.isEmpty
                continue
            }
            if pendingSpace, let last = result.last, !isAdditionalSymbol(last), !isAdditionalSymbol(scalar) {
                result.append(" ")
            }
            pendingSpace = false
            result.append(scalar)
        }
        return String(result)
    }

    static let keywords: Set<String> = [
        "true", "false", "null", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and",
        "or", "between", "instance", "function", "external",
    ]
}

/// Declared names by their first word, the longest first.
struct NameIndex: Sendable {
    private var names: [String: [[Unicode.Scalar]]] = [:]

    var isEmpty: Bool { names.isEmpty }

    /// Adds a normalised name.
    mutating func insert(_ name: String) {
        let scalars = Array(name.unicodeScalars)
        let word = String(String.UnicodeScalarView(scalars.prefix { Name.isPart($0) }))
        var candidates = names[word] ?? []
        if candidates.contains(scalars) { return }
        candidates.insert(scalars, at: candidates.firstIndex { $0.count < scalars.count } ?? candidates.count)
        names[word] = candidates
    }

    /// The longest declared name that stands at a place of a text, and where it ends there.
    func longestMatch(word: String, in text: [Unicode.Scalar], at start: Int) -> (name: String, end: Int)? {
        guard let candidates = names[word] else { return nil }
        for candidate in candidates {
            guard let end = Self.end(of: candidate, in: text, at: start) else { continue }
            return (String(String.UnicodeScalarView(candidate)), end)
        }
        return nil
    }

    private static func end(of name: [Unicode.Scalar], in text: [Unicode.Scalar], at start: Int) -> Int? {
        var position = start
        for (index, scalar) in name.enumerated() {
            if scalar == " " {
                guard position < text.count, Name.isSpace(text[position]) else { return nil }
                position = skippingSpace(text, position)
                continue
            }
            let besideSymbol =
                Name.isAdditionalSymbol(scalar) || (index > 0 && Name.isAdditionalSymbol(name[index - 1]))
            if besideSymbol { position = skippingSpace(text, position) }
            guard position < text.count, text[position] == scalar else { return nil }
            position += 1
        }
        if let last = name.last, Name.isPart(last), position < text.count, Name.isPart(text[position]) { return nil }
        return position
    }

    private static func skippingSpace(_ text: [Unicode.Scalar], _ start: Int) -> Int {
        var position = start
        while position < text.count, Name.isSpace(text[position]) { position += 1 }
        return position
    }
}
