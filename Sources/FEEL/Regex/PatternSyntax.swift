/// A regular expression that is none.
struct PatternError: Error {
    let message: String
}

/// A parsed regular expression.
indirect enum PatternSyntax {
    case empty
    case character(Unicode.Scalar)
    case any
    case characterClass(CharacterClass)
    case lineStart
    case lineEnd
    case group(PatternSyntax, number: Int?)
    case sequence([PatternSyntax])
    case alternatives([PatternSyntax])
    case repeated(PatternSyntax, minimum: Int, maximum: Int?, isReluctant: Bool)
    case reference(Int)
}

/// Reads regular expressions of XPath (XQuery and XPath Functions and Operators 3.1, 5.6.1).
struct PatternParser {
    private let text: [Unicode.Scalar]
    private var index = 0
    private var depth = 0
    /// The number of capturing groups begun.
    private(set) var groupCount = 0
    private var closedGroups: Set<Int> = []

    /// The maximum nesting of groups.
    private static let maximumDepth = 60
    /// The maximum count in `{n,m}`.
    private static let maximumCount = 1_000

    init(_ text: [Unicode.Scalar]) { self.text = text }

    private var next: Unicode.Scalar? { index < text.count ? text[index] : nil }

    private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        index += 1
        return true
    }

    mutating func parse() throws(PatternError) -> PatternSyntax {
        let syntax = try alternatives()
        guard index == text.count else { throw PatternError(message: "an unmatched '\(text[index])'") }
        return syntax
    }

    private mutating func alternatives() throws(PatternError) -> PatternSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw PatternError(message: "groups nested too deeply") }
        var branches = [try sequence()]
        while accept("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternSyntax {
        var pieces: [PatternSyntax] = []
        while let next, next != "|", next != ")" { pieces.append(try quantified(atom())) }
        return pieces.count == 1 ? pieces[0] : pieces.isEmpty ? .empty : .sequence(pieces)
    }

    private mutating func quantified(_ atom: PatternSyntax) throws(PatternError) -> PatternSyntax {
        let (minimum, maximum): (Int, Int?)
        switch next {
        case "?": (minimum, maximum) = (0, 1)
        case "*": (minimum, maximum) = (0, nil)
        case "+": (minimum, maximum) = (1, nil)
        case "{":
            index += 1
            (minimum, maximum) = try counts()
            let isReluctant = accept("?")
            return try checked(.repeated(atom, minimum: minimum, maximum: maximum, isReluctant: isReluctant))
        default: return atom
        }
        index += 1
        let isReluctant = accept("?")
        return try checked(.repeated(atom, minimum: minimum, maximum: maximum, isReluctant: isReluctant))
    }

    /// A quantifier must not follow another.
    private func checked(_ syntax: PatternSyntax) throws(PatternError) -> PatternSyntax {
        if let next, ["?", "*", "+", "{"].contains(next) { throw PatternError(message: "a quantifier of nothing") }
        return syntax
    }

    private mutating func counts() throws(PatternError) -> (Int, Int?) {
        let minimum = try count()
        if accept("}") { return (minimum, minimum) }
        guard accept(",") else { throw PatternError(message: "a quantifier that does not end") }
        if accept("}") { return (minimum, nil) }
        let maximum = try count()
        guard accept("}"), minimum <= maximum else { throw PatternError(message: "a wrong quantifier") }
        return (minimum, maximum)
    }

    private mutating func count() throws(PatternError) -> Int {
        var value: Int?
        while let digit = next?.decimalDigit {
            value = min((value ?? 0) * 10 + digit, Self.maximumCount + 1)
            index += 1
        }
        guard let value, value <= Self.maximumCount else { throw PatternError(message: "a wrong quantifier") }
        return value
    }

    private mutating func atom() throws(PatternError) -> PatternSyntax {
        guard let scalar = next else { return .empty }
        index += 1
        switch scalar {
        case ".": return .any
        case "^": return .lineStart
        case "$": return .lineEnd
        case "(": return try group()
        case "[":
            var classes = PatternClassParser(text, index)
            let parsed = try classes.parse()
            index = classes.index
            return .characterClass(parsed)
        case "\\": return try escape()
        case "?", "*", "+", "{": throw PatternError(message: "a quantifier of nothing")
        case "}", "]": throw PatternError(message: "an unmatched '\(scalar)'")
        default: return .character(scalar)
        }
    }

    private mutating func group() throws(PatternError) -> PatternSyntax {
        var number: Int?
        if accept("?") {
            guard accept(":") else { throw PatternError(message: "a group of an unknown kind") }
        } else {
            groupCount += 1
            number = groupCount
        }
        let inner = try alternatives()
        guard accept(")") else { throw PatternError(message: "a group that does not end") }
        if let number { closedGroups.insert(number) }
        return .group(inner, number: number)
    }

    private mutating func escape() throws(PatternError) -> PatternSyntax {
        if let digit = next?.decimalDigit { return try reference(digit) }
        var classes = PatternClassParser(text, index)
        let parsed = try classes.escape()
        index = classes.index
        switch parsed {
        case .character(let scalar): return .character(scalar)
        case .property(let escape): return .characterClass(CharacterClass(ranges: [], escapes: [escape]))
        }
    }

    /// `\n`: the longest number of a group that is closed already.
    private mutating func reference(_ first: Int) throws(PatternError) -> PatternSyntax {
        index += 1
        var number = first
        while let digit = next?.decimalDigit, number * 10 + digit <= groupCount {
            number = number * 10 + digit
            index += 1
        }
        guard closedGroups.contains(number) else { throw PatternError(message: "there is no group \(number) yet") }
        return .reference(number)
    }
}

extension Unicode.Scalar {
    /// The value of an ASCII digit.
    var decimalDigit: Int? { value >= 0x30 && value <= 0x39 ? Int(value - 0x30) : nil }
}
