/// A pattern taken apart into plain sequences of elements, without alternatives and options.
struct Pattern {
    /// One step of a sequence.
    enum Element: Hashable {
        case word(String)
        case prefix(String)
        case anyWord
        case gap(Int)
    }

    /// The sequences that the pattern stands for.
    let sequences: [[Element]]

    static let longestSequence = 24
    static let mostSequences = 4096
    static let deepestNesting = 8
    static let longestGap = 12

    /// Reads `source`; throws where it breaks the notation or the limits.
    init(_ source: String) throws(PhraseError) {
        var parser = PatternParser(source)
        let parsed = try parser.parse()
        var unique: Set<[Element]> = []
        sequences = parsed.map(Self.trimmed).filter { !$0.isEmpty && unique.insert($0).inserted }
        guard !sequences.isEmpty, parsed.allSatisfy({ !Self.trimmed($0).isEmpty }) else {
            throw parser.error("the pattern can match without any word")
        }
    }

    /// Gaps at the ends say nothing; gaps in a row are one.
    private static func trimmed(_ sequence: [Element]) -> [Element] {
        var result: [Element] = []
        for element in sequence {
            if case .gap(let length) = element {
                if case .gap(let before) = result.last {
                    result[result.count - 1] = .gap(min(before + length, longestGap))
                } else if !result.isEmpty {
                    result.append(element)
                }
            } else {
                result.append(element)
            }
        }
        if case .gap = result.last { result.removeLast() }
        return result
    }
}

/// A recursive-descent reader of the pattern notation.
struct PatternParser {
    private let source: String
    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ source: String) {
        self.source = source
        scalars = Array(source.unicodeScalars)
    }

    mutating func parse() throws(PhraseError) -> [[Pattern.Element]] {
        let result = try alternatives(depth: 0)
        guard index == scalars.count else { throw error("unexpected '\(scalars[index])'") }
        return result
    }

    func error(_ what: String, code: PhraseError.Code = .malformedPattern) -> PhraseError {
        PhraseError(code: code, message: "pattern \"\(source.prefix(200))\", position \(index + 1): \(what)")
    }

    private mutating func alternatives(depth: Int) throws(PhraseError) -> [[Pattern.Element]] {
        guard depth < Pattern.deepestNesting else { throw error("groups are nested too deeply", code: .tooLarge) }
        var result = try sequence(depth: depth)
        while depth > 0, index < scalars.count, scalars[index] == "|" {
            index += 1
            result += try sequence(depth: depth)
        }
        guard result.count <= Pattern.mostSequences else { throw error("too many alternatives", code: .tooLarge) }
        return result
    }

    private mutating func sequence(depth: Int) throws(PhraseError) -> [[Pattern.Element]] {
        var result: [[Pattern.Element]] = [[]]
        while index < scalars.count, scalars[index] != ")", scalars[index] != "|" || depth == 0 {
            if scalars[index].properties.isWhitespace {
                index += 1
                continue
            }
            var choices = try item(depth: depth)
            if index < scalars.count, scalars[index] == "?" {
                index += 1
                choices.append([])
            }
            result = result.flatMap { head in choices.map { head + $0 } }
            guard result.count <= Pattern.mostSequences else { throw error("too many alternatives", code: .tooLarge) }
            guard result.allSatisfy({ $0.count <= Pattern.longestSequence }) else {
                throw error("more than \(Pattern.longestSequence) words", code: .tooLarge)
            }
        }
        return result
    }

    private mutating func item(depth: Int) throws(PhraseError) -> [[Pattern.Element]] {
        switch scalars[index] {
        case "(":
            index += 1
            let choices = try alternatives(depth: depth + 1)
            guard index < scalars.count, scalars[index] == ")" else { throw error("a ')' is missing") }
            index += 1
            return choices
        case "*":
            index += 1
            return [[.gap(try gapLength())]]
        case "?":
            index += 1
            return [[.anyWord]]
        case "|":
            throw error("alternatives belong in parentheses")
        default:
            return [try words()]
        }
    }

    private mutating func gapLength() throws(PhraseError) -> Int {
        var digits = ""
        while index < scalars.count, ("0"..."9").contains(scalars[index]) {
            digits.unicodeScalars.append(scalars[index])
            index += 1
        }
        guard let length = digits.isEmpty ? 4 : Int(digits), (1...Pattern.longestGap).contains(length) else {
            throw error("a gap is 1 to \(Pattern.longestGap) words long")
        }
        return length
    }

    /// The words of a stretch without blanks: several where it holds hyphens or a contraction.
    private mutating func words() throws(PhraseError) -> [Pattern.Element] {
        let start = index
        while index < scalars.count, !scalars[index].properties.isWhitespace,
            !"()|*?".unicodeScalars.contains(scalars[index])
        {
            index += 1
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<index])
        let isPrefix = index < scalars.count && scalars[index] == "*"
        let words = Words.folded(String(text), expandingContractions: !isPrefix)
        guard let last = words.last else { throw error("no word here") }
        guard isPrefix else { return words.map { .word($0) } }
        index += 1
        return words.dropLast().map { .word($0) } + [.prefix(last)]
    }
}
