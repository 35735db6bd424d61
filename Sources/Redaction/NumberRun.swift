/// Digits that stand together, with what separates them: the raw material of cards, phones and national numbers.
///
/// Reading stops after 40 digits, or where more than three separating characters or any other character follow,
/// so a run looks at a bounded stretch of text.
struct NumberRun {
    /// What stands before a digit.
    enum Gap: UInt8 {
        case none, space, dash, dot, slash, parenthesis
    }

    /// The digits' values.
    private(set) var digits: [UInt8] = []
    /// Where each digit, or the word that speaks it, ends.
    private(set) var ends: [Int] = []
    private var gaps: [Gap] = []
    /// Whether a plus sign stands before the first digit.
    private(set) var hasPlus = false
    /// Whether the digits are words.
    private(set) var isSpoken = false

    static let limit = 40

    /// Reads the run that starts at `start`: a digit, a digit word, or "+" or "(" before a digit.
    init(_ codes: [UInt8], at start: Int) {
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
        var gap = Gap.none
        while digits.count < Self.limit, let end = takeDigit(codes, at: index, after: gap) {
            guard let (next, kind) = Self.separator(codes, from: end, spoken: isSpoken) else { break }
            (index, gap) = (next, kind)
        }
    }

    /// The number of digits.
    var count: Int { digits.count }
    /// Whether all digits are the same: a dummy.
    var isDummy: Bool { digits.allSatisfy { $0 == digits.first } }

    /// Whether a group of digits ends before digit `index`.
    func isBoundary(_ index: Int) -> Bool { index >= count || gaps[index] != .none }

    /// What stands before digit `index`.
    func gap(_ index: Int) -> Gap { gaps[index] }

    /// Whether most digits among the first `prefix` stand alone, as when letters are spaced out or spoken.
    func isSpacedOut(_ prefix: Int) -> Bool {
        isSpoken || gaps[1..<max(prefix, 1)].lazy.filter { $0 != .none }.count * 5 >= (prefix - 1) * 3
    }

    /// The lengths of the groups among the first `prefix` digits, split at spaces too unless `strong`.
    func groups(_ prefix: Int, strong: Bool = false) -> [Int] {
        var lengths: [Int] = []
        for index in 0..<prefix {
            let splits = gaps[index] != .none && !(strong && gaps[index] == .space)
            if index == 0 || splits { lengths.append(1) } else { lengths[lengths.count - 1] += 1 }
        }
        return lengths
    }

    private mutating func takeDigit(_ codes: [UInt8], at index: Int, after gap: Gap) -> Int? {
        guard index < codes.count else { return nil }
        if codes[index].isDigit {
            append(codes[index] - 0x30, end: index + 1, gap: gap)
            return index + 1
        }
        guard isSpoken, let (value, times, end) = SpokenDigits.read(codes, at: index) else { return nil }
        for _ in 0..<times { append(value, end: end, gap: .space) }
        return end
    }

    private mutating func append(_ digit: UInt8, end: Int, gap: Gap) {
        digits.append(digit)
        ends.append(end)
        gaps.append(digits.count == 1 ? .none : gap)
    }

    /// The start of the next digit after `end` and the separator between, or nil where the run ends.
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
}

/// Digits spoken as words.
enum SpokenDigits {
    private static let words: [(word: [UInt8], value: UInt8)] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "oh", "o", "null", "nought",
    ].enumerated().map { (Array($1.utf8), $0 > 9 ? 0 : UInt8($0)) }

    /// Reads "five", "double five" or "triple five" at `start`: the digit, how often, and where it ends.
    static func read(_ codes: [UInt8], at start: Int) -> (value: UInt8, times: Int, end: Int)? {
        switch codes[start].lowered {
        case UInt8(ascii: "d"), UInt8(ascii: "t"):
            for (prefix, times) in repeats where starts(codes, at: start, with: prefix) {
                guard let (value, end) = word(codes, at: start + prefix.count) else { return nil }
                return (value, times, end)
            }
        case UInt8(ascii: "z"), UInt8(ascii: "o"), UInt8(ascii: "f"), UInt8(ascii: "s"), UInt8(ascii: "e"),
            UInt8(ascii: "n"):
            break
        default: return nil
        }
        return word(codes, at: start).map { ($0, 1, $1) }
    }

    private static let repeats: [(prefix: [UInt8], times: Int)] = [
        (Array("double ".utf8), 2), (Array("triple ".utf8), 3),
    ]

    private static func word(_ codes: [UInt8], at start: Int) -> (UInt8, Int)? {
        for (word, value) in words where starts(codes, at: start, with: word) {
            let end = start + word.count
            if end == codes.count || !codes[end].isWord { return (value, end) }
        }
        return nil
    }

    private static func starts(_ codes: [UInt8], at start: Int, with word: [UInt8]) -> Bool {
        guard start + word.count <= codes.count else { return false }
        for (offset, byte) in word.enumerated() where codes[start + offset].lowered != byte { return false }
        return true
    }
}
