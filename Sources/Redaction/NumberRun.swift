/// A run of digits with its separators, in which cards, phones and national numbers are recognised.
///
/// Reading stops after 40 digits, after too many separators, or at any other character, so a run covers a bounded part
/// of the text.
struct NumberRun {
    /// The separator before a digit.
    enum Gap: UInt8 {
        case none, space, dash, dot, slash, parenthesis
        /// Only in loose runs.
        case line, comma, colon, underscore, asterisk, symbol
    }

    /// The separators allowed between digits.
    enum Style {
        /// Up to three spaces, hyphens, dots, slashes and parentheses; either all digits are numerals or all are words.
        case strict
        /// Up to six of any symbols, line ends and one word such as "dash"; numerals and digit words may be mixed.
        ///
        /// Only a checksum can distinguish such a run from a list of numbers.
        case loose
    }

    private(set) var digits: [UInt8] = []
    /// The end position of each digit or digit word.
    private(set) var ends: [Int] = []
    private var gaps: [Gap] = []
    /// Whether a plus sign precedes the first digit.
    private(set) var hasPlus = false
    /// Whether digits are words; in a strict run then all of them are.
    private(set) var isSpoken = false

    /// The largest number of digits in a run.
    static let limit = 40

    /// Reads the run that starts at `start`: a digit, a digit word, or "+" or "(" before a digit.
    init(_ codes: [UInt8], at start: Int, _ style: Style = .strict) {
        digits.reserveCapacity(Self.limit)
        var index = start
        if codes[index] == UInt8(ascii: "+") {
            hasPlus = true
            index += 1
        }
        while index < codes.count, codes[index] == UInt8(ascii: "(") || codes[index] == 0x20, index - start < 3 {
            index += 1
        }
        isSpoken = index < codes.count && codes[index].isLetter
        let wordsAllowed = isSpoken || style == .loose
        var gap = Gap.none
        while digits.count < Self.limit, let end = appendDigits(codes, at: index, words: wordsAllowed, after: gap) {
            let next =
                style == .loose
                ? Self.looseSeparator(codes, from: end) : Self.separator(codes, from: end, spoken: isSpoken)
            guard let (next, kind) = next else { break }
            (index, gap) = (next, kind)
        }
    }

    /// The number of digits.
    var count: Int { digits.count }
    /// Whether all digits are the same, as in placeholder numbers.
    var isDummy: Bool { digits.allSatisfy { $0 == digits.first } }

    /// Whether a group of digits ends before digit `index`.
    func isBoundary(_ index: Int) -> Bool { index >= count || gaps[index] != .none }

    /// The separator before digit `index`.
    func gap(_ index: Int) -> Gap { gaps[index] }

    /// Whether most digits among the first `prefix` are single, as when they are spaced out or spoken.
    func isSpacedOut(_ prefix: Int) -> Bool {
        isSpoken || gaps[1..<max(prefix, 1)].lazy.filter { $0 != .none }.count * 5 >= (prefix - 1) * 3
    }

    /// The lengths of the groups among the first `prefix` digits, split also at spaces unless `strong`, and at line
    /// breaks unless `joiningLines`.
    func groups(_ prefix: Int, strong: Bool = false, joiningLines: Bool = false) -> [Int] {
        var lengths: [Int] = []
        for index in 0..<prefix {
            let gap = gaps[index]
            let splits = gap != .none && !(strong && gap == .space) && !(joiningLines && gap == .line)
            if index == 0 || splits { lengths.append(1) } else { lengths[lengths.count - 1] += 1 }
        }
        return lengths
    }

    /// Whether all groups of the first `prefix` digits have the same kind of separator, apart from line breaks.
    func isUniform(_ prefix: Int) -> Bool {
        var seen = Gap.none
        for gap in gaps[1..<max(prefix, 1)] where gap != .none && gap != .line {
            if seen != .none, gap != seen { return false }
            seen = gap
        }
        return true
    }

    private mutating func appendDigits(_ codes: [UInt8], at index: Int, words: Bool, after gap: Gap) -> Int? {
        guard index < codes.count else { return nil }
        if codes[index].isDigit {
            append(codes[index] - 0x30, end: index + 1, gap: gap)
            return index + 1
        }
        guard words, let reading = NumberWords.read(codes, at: index) else { return nil }
        isSpoken = true
        for _ in 0..<reading.times {
            append(reading.first, end: reading.end, gap: .space)
            if let second = reading.second { append(second, end: reading.end, gap: .space) }
        }
        return reading.end
    }

    private mutating func append(_ digit: UInt8, end: Int, gap: Gap) {
        digits.append(digit)
        ends.append(end)
        gaps.append(digits.count == 1 ? .none : gap)
    }

    /// The start of the next digit after `end` and the separator between, or nil if the run ends.
    private static func separator(_ codes: [UInt8], from end: Int, spoken: Bool) -> (Int, Gap)? {
        var index = end
        var kind = Gap.none
        while index < codes.count, index - end < 3 {
            switch codes[index] {
            case 0x20: kind = kind == .none ? .space : kind
            case UInt8(ascii: "-"): kind = .dash
            case UInt8(ascii: "."): kind = .dot
            case UInt8(ascii: "/"), UInt8(ascii: "\\"): kind = .slash
            case UInt8(ascii: "("), UInt8(ascii: ")"): kind = .parenthesis
            case UInt8(ascii: ",") where spoken: kind = .space
            default: return codes[index].isDigit || spoken ? (index, kind) : nil
            }
            index += 1
        }
        return index < codes.count && (codes[index].isDigit || spoken) ? (index, kind) : nil
    }

    private static func looseSeparator(_ codes: [UInt8], from end: Int) -> (Int, Gap)? {
        guard let (index, kind) = symbols(codes, from: end) else { return nil }
        if codes[index].isDigit { return (index, kind) }
        // "2457, 2504, 2580, and 2605" is a list, so a connective after a comma ends the run.
        guard kind != .none, kind != .comma, let word = NumberWords.connectiveEnd(codes, at: index) else {
            return kind == .none ? nil : (index, kind)
        }
        guard let (next, second) = symbols(codes, from: word), second != .none else { return nil }
        return (next, kind == .line ? .line : .space)
    }

    /// The end of the symbols from `end`, if a digit or letter follows, and the separator that represents them all.
    private static func symbols(_ codes: [UInt8], from end: Int) -> (Int, Gap)? {
        var index = end
        var kind = Gap.none
        while index < codes.count, index - end <= 6 {
            let code = codes[index]
            if code.isWord { return code == FoldedText.otherLetter ? nil : (index, kind) }
            switch code {
            case FoldedText.masked, UInt8(ascii: "@"): return nil
            case 0x20: kind = kind == .none ? .space : kind
            case 0x0A: kind = kind == .none || kind == .space ? .line : kind
            case UInt8(ascii: "-"): kind = .dash
            case UInt8(ascii: "."): kind = .dot
            case UInt8(ascii: "/"), UInt8(ascii: "\\"): kind = .slash
            case UInt8(ascii: "("), UInt8(ascii: ")"): kind = .parenthesis
            case UInt8(ascii: ","): kind = .comma
            case UInt8(ascii: ":"): kind = .colon
            case UInt8(ascii: "_"): kind = .underscore
            case UInt8(ascii: "*"): kind = .asterisk
            default: kind = .symbol
            }
            index += 1
        }
        return nil
    }
}
