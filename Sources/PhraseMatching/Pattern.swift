/// A parsed pattern: a sequence of words, gaps and groups.
///
/// It represents a number of plain sequences, which are counted but never enumerated, because alternatives multiply.
struct Pattern {
    /// One element of a pattern.
    indirect enum Element {
        case word(String)
        case prefix(String)
        case anyWord
        case gap(Int)
        /// Alternatives; an empty one makes the group optional.
        case group([[Element]])
    }

    let elements: [Element]

    static let maximumSequence = 24
    static let maximumSequences = 4096
    static let maximumNesting = 8
    static let maximumGap = 12

    /// Reads `source`; throws if it violates the notation or the limits.
    init(_ source: String) throws(PhraseError) {
        var parser = PatternParser(source)
        elements = try parser.parse()
        guard elements.contains(where: { !Self.isNullable($0) }) else {
            throw parser.error("the pattern can match without any word")
        }
    }

    /// Whether the element can match without a word.
    private static func isNullable(_ element: Element) -> Bool {
        switch element {
        case .word, .prefix, .anyWord: false
        case .gap: true
        case .group(let choices): choices.contains { $0.allSatisfy(isNullable) }
        }
    }
}

/// A recursive-descent reader of the pattern notation.
struct PatternParser {
    /// Alternatives, with the number and the maximum length of the plain sequences that they represent.
    private struct Choices {
        var lists: [[Pattern.Element]]
        var sequences: Int
        var longest: Int
    }

    private let source: String
    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ source: String) {
        self.source = source
        scalars = Array(source.unicodeScalars)
    }

    mutating func parse() throws(PhraseError) -> [Pattern.Element] {
        let result = try alternatives(depth: 0)
        guard index == scalars.count else { throw error("unexpected '\(scalars[index])'") }
        return result.lists[0]
    }

    func error(_ what: String, code: PhraseError.Code = .malformedPattern) -> PhraseError {
        PhraseError(code: code, message: "pattern \"\(source.prefix(200))\", position \(index + 1): \(what)")
    }

    private mutating func alternatives(depth: Int) throws(PhraseError) -> Choices {
        guard depth < Pattern.maximumNesting else { throw error("groups are nested too deeply", code: .tooLarge) }
        var result = try sequence(depth: depth)
        while depth > 0, index < scalars.count, scalars[index] == "|" {
            index += 1
            let next = try sequence(depth: depth)
            result.lists += next.lists
            result.sequences += next.sequences
            result.longest = max(result.longest, next.longest)
        }
        guard result.sequences <= Pattern.maximumSequences else {
            throw error("too many alternatives", code: .tooLarge)
        }
        return result
    }

    private mutating func sequence(depth: Int) throws(PhraseError) -> Choices {
        var result: [Pattern.Element] = []
        var (sequences, longest) = (1, 0)
        while index < scalars.count, scalars[index] != ")", scalars[index] != "|" || depth == 0 {
            if Self.isBlank(scalars[index]) {
                index += 1
                continue
            }
            var choices = try item(depth: depth)
            if index < scalars.count, scalars[index] == "?" {
                index += 1
                choices.lists.append([])
                choices.sequences += 1
            }
            if choices.lists.count == 1 { result += choices.lists[0] } else { result.append(.group(choices.lists)) }
            sequences *= choices.sequences
            longest += choices.longest
            guard sequences <= Pattern.maximumSequences else { throw error("too many alternatives", code: .tooLarge) }
            guard longest <= Pattern.maximumSequence else {
                throw error("more than \(Pattern.maximumSequence) words", code: .tooLarge)
            }
        }
        return Choices(lists: [result], sequences: sequences, longest: longest)
    }

    private mutating func item(depth: Int) throws(PhraseError) -> Choices {
        switch scalars[index] {
        case "(":
            index += 1
            let choices = try alternatives(depth: depth + 1)
            guard index < scalars.count, scalars[index] == ")" else { throw error("a ')' is missing") }
            index += 1
            return choices
        case "*":
            index += 1
            return Choices(lists: [[.gap(try gapLength())]], sequences: 1, longest: 1)
        case "?":
            index += 1
            return Choices(lists: [[.anyWord]], sequences: 1, longest: 1)
        case "|":
            throw error("alternatives belong in parentheses")
        default:
            let words = try words()
            return Choices(lists: [words], sequences: 1, longest: words.count)
        }
    }

    private mutating func gapLength() throws(PhraseError) -> Int {
        var digits = ""
        while index < scalars.count, ("0"..."9").contains(scalars[index]) {
            digits.unicodeScalars.append(scalars[index])
            index += 1
        }
        guard let length = digits.isEmpty ? 4 : Int(digits), (1...Pattern.maximumGap).contains(length) else {
            throw error("a gap is 1 to \(Pattern.maximumGap) words long")
        }
        return length
    }

    /// The words of text without blanks: several if it contains hyphens or a contraction.
    private mutating func words() throws(PhraseError) -> [Pattern.Element] {
        let start = index
        while index < scalars.count, !Self.isBlank(scalars[index]), !Self.isMark(scalars[index]) { index += 1 }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<index])
        let isPrefix = index < scalars.count && scalars[index] == "*"
        let words = Words.folded(String(text), expandingContractions: !isPrefix)
        guard let last = words.last else { throw error("no word here") }
        guard isPrefix else { return words.map { .word($0) } }
        index += 1
        return words.dropLast().map { .word($0) } + [.prefix(last)]
    }

    /// Whether a scalar is white space; ASCII is decided without Unicode tables.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar == " " || (0x09...0x0D).contains(scalar.value) : scalar.properties.isWhitespace
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "(", ")", "|", "*", "?": true
        default: false
        }
    }
}
