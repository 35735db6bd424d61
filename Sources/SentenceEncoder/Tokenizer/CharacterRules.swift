/// The tables of ``CharacterTables`` in a form that is read by code point.
struct CharacterRules: Sendable {
    /// What is known of a character, as bits.
    struct Traits: OptionSet {
        let rawValue: UInt8

        static let removed = Traits(rawValue: 1)
        static let blank = Traits(rawValue: 2)
        static let space = Traits(rawValue: 4)
        static let punctuation = Traits(rawValue: 8)
        static let ideograph = Traits(rawValue: 16)
        /// Stripping accents changes or removes it.
        static let stripped = Traits(rawValue: 32)
        /// Lower case differs.
        static let cased = Traits(rawValue: 64)
        /// Its canonical combining class is not 0.
        static let combining = Traits(rawValue: 128)
    }

    static let shared = CharacterRules()

    /// For each 256 code points, which of `pages` describes them.
    private var pageNumbers: [UInt16]
    private var pages: [UInt8]
    /// How many numbers name each page.
    private var users = [0x1100]
    private let decompositions: Mapping
    private let lowerCase: Mapping
    private let classes: [UInt32: UInt8]

    private init() {
        decompositions = Mapping(CharacterTables.decompositions)
        lowerCase = Mapping(CharacterTables.lowerCase)
        classes = Dictionary(
            uniqueKeysWithValues: CharacterTables.classes.split(whereSeparator: \.isWhitespace).map { entry in
                let parts = entry.split(separator: ":")
                return (Self.hexadecimal(parts[0]), UInt8(Self.hexadecimal(parts[1])))
            }
        )
        pageNumbers = Array(repeating: 0, count: 0x1100)
        pages = Array(repeating: 0, count: 256)
        add(.removed, CharacterTables.removed)
        add(.blank, CharacterTables.blanks)
        add(.space, CharacterTables.spaces)
        add(.punctuation, CharacterTables.punctuation)
        add(.ideograph, CharacterTables.ideographs)
        add(.stripped, CharacterTables.marks)
        add(.combining, CharacterTables.combining)
        for code in decompositions.keys { add(.stripped, code...code) }
        add(.stripped, Hangul.syllables)
        for code in lowerCase.keys { add(.cased, code...code) }
    }

    private mutating func add(_ trait: Traits, _ ranges: String) {
        for range in ranges.split(whereSeparator: \.isWhitespace) {
            let ends = range.split(separator: "-").map(Self.hexadecimal)
            add(trait, ends[0]...ends[ends.count - 1])
        }
    }

    /// Sets a bit.
    ///
    /// Pages that are all alike because a range covers them are shared.
    private mutating func add(_ trait: Traits, _ range: ClosedRange<UInt32>) {
        var code = range.lowerBound
        var filled: [UInt16: UInt16] = [:]
        while code <= range.upperBound {
            let page = Int(code >> 8)
            let isWhole = code & 255 == 0 && range.upperBound >= code | 255
            let old = pageNumbers[page]
            if isWhole, let copy = filled[old] {
                pageNumbers[page] = copy
                users[Int(old)] -= 1
                users[Int(copy)] += 1
                code += 256
                continue
            }
            // A page that others share is copied before it changes; page 0 describes most characters.
            if users[Int(old)] > 1 {
                users[Int(old)] -= 1
                pageNumbers[page] = UInt16(users.count)
                users.append(1)
                pages += pages[Int(old) * 256..<Int(old) * 256 + 256]
            }
            if isWhole { filled[old] = pageNumbers[page] }
            let base = Int(pageNumbers[page]) * 256
            while code <= range.upperBound, Int(code >> 8) == page {
                pages[base + Int(code & 255)] |= trait.rawValue
                code += 1
            }
        }
    }

    fileprivate static func hexadecimal(_ digits: some StringProtocol) -> UInt32 {
        guard let value = UInt32(digits, radix: 16) else { preconditionFailure("a table of characters is damaged") }
        return value
    }

    func traits(of code: UInt32) -> Traits {
        Traits(rawValue: pages[Int(pageNumbers[Int(code >> 8)]) * 256 + Int(code & 255)])
    }

    /// The canonical combining class of a character that stripping accents keeps.
    func combiningClass(of code: UInt32) -> UInt8 { classes[code] ?? 0 }

    /// Calls `body` with what stripping accents leaves of a character whose traits contain `stripped`.
    func decompose(_ code: UInt32, _ body: (UInt32) -> Void) {
        if Hangul.syllables.contains(code) {
            Hangul.decompose(code, body)
        } else {
            decompositions.expand(code, body)
        }
    }

    /// Calls `body` with the lower case of a character whose traits contain `cased`.
    func lower(_ code: UInt32, _ body: (UInt32) -> Void) { lowerCase.expand(code, body) }
}

/// Hangul syllables are decomposed by arithmetic (The Unicode Standard, section 3.12).
private enum Hangul {
    static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3

    static func decompose(_ code: UInt32, _ body: (UInt32) -> Void) {
        let index = code - 0xAC00
        body(0x1100 + index / 588)
        body(0x1161 + index % 588 / 28)
        if index % 28 > 0 { body(0x11A7 + index % 28) }
    }
}

/// A map from characters to short sequences of characters.
private struct Mapping: Sendable {
    private(set) var keys: [UInt32] = []
    /// A character, or 2²⁴ and an index into `sequences`.
    private var values: [UInt32] = []
    private var sequences: [[UInt32]] = []

    /// Reads `key:sequence` and `first-last/step:distance`, where a sequence is joined by `+`.
    init(_ table: String) {
        var pairs: [(key: UInt32, value: UInt32)] = []
        for entry in table.split(whereSeparator: \.isWhitespace) {
            let sides = entry.split(separator: ":")
            let range = sides[0].split { $0 == "-" || $0 == "/" }.map(CharacterRules.hexadecimal)
            if range.count == 3 {
                let isNegative = sides[1].hasPrefix("-")
                let distance = Int64(CharacterRules.hexadecimal(isNegative ? sides[1].dropFirst() : sides[1]))
                for key in stride(from: range[0], through: range[1], by: Int(range[2])) {
                    pairs.append((key, UInt32(Int64(key) + (isNegative ? -distance : distance))))
                }
            } else {
                let sequence = sides[1].split(separator: "+").map(CharacterRules.hexadecimal)
                pairs.append((range[0], sequence.count == 1 ? sequence[0] : 1 << 24 + UInt32(sequences.count)))
                if sequence.count > 1 { sequences.append(sequence) }
            }
        }
        pairs.sort { $0.key < $1.key }
        keys = pairs.map(\.key)
        values = pairs.map(\.value)
    }

    /// Calls `body` with each character that `key` maps to; with none if there is no such key.
    func expand(_ key: UInt32, _ body: (UInt32) -> Void) {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        guard low < keys.count, keys[low] == key else { return }
        if values[low] < 1 << 24 {
            body(values[low])
        } else {
            for value in sequences[Int(values[low] - 1 << 24)] { body(value) }
        }
    }
}
