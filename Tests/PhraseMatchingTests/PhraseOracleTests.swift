import PhraseMatching
import Testing

/// A pattern as a tree, with a naive matcher that is obviously correct.
private indirect enum Tree {
    case word(String)
    case prefix(String)
    case any
    case gap(Int)
    case group([[Tree]], optional: Bool)

    var source: String {
        switch self {
        case .word(let word): word
        case .prefix(let prefix): prefix + "*"
        case .any: "?"
        case .gap(let length): "*\(length)"
        case .group(let choices, let optional):
            "(" + choices.map { $0.map(\.source).joined(separator: " ") }.joined(separator: "|") + ")"
                + (optional ? "?" : "")
        }
    }

    /// The positions where a match of `trees` that starts at `start` can end.
    static func ends(_ trees: ArraySlice<Tree>, _ words: [String], from start: Int) -> Set<Int> {
        guard let first = trees.first else { return [start] }
        let rest = trees.dropFirst()
        return switch first {
        case .word(let word): start < words.count && words[start] == word ? ends(rest, words, from: start + 1) : []
        case .prefix(let prefix):
            start < words.count && words[start].hasPrefix(prefix) ? ends(rest, words, from: start + 1) : []
        case .any: start < words.count ? ends(rest, words, from: start + 1) : []
        case .gap(let length):
            (start...min(start + length, words.count)).reduce(into: []) { $0.formUnion(ends(rest, words, from: $1)) }
        case .group(let choices, let optional):
            (choices + (optional ? [[]] : [])).reduce(into: []) { $0.formUnion(ends($1 + rest, words, from: start)) }
        }
    }
}

/// The plain sequences of a pattern, enumerated and matched one by one.
private struct PlainSequences {
    private enum Step: Hashable {
        case word(String)
        case prefix(String)
        case any
        case gap(Int)

        func takes(_ word: String) -> Bool {
            switch self {
            case .word(let own): word == own
            case .prefix(let prefix): word.hasPrefix(prefix)
            case .any: true
            case .gap: false
            }
        }
    }

    private let sequences: Set<[Step]>

    init(_ trees: [Tree]) { sequences = Set(Self.expanded(trees[...]).map(Self.joiningGaps)) }

    private static func expanded(_ trees: ArraySlice<Tree>) -> [[Step]] {
        guard let first = trees.first else { return [[]] }
        let heads: [[Step]] =
            switch first {
            case .word(let word): [[.word(word)]]
            case .prefix(let prefix): [[.prefix(prefix)]]
            case .any: [[.any]]
            case .gap(let length): [[.gap(length)]]
            case .group(let choices, let optional): choices.flatMap { expanded($0[...]) } + (optional ? [[]] : [])
            }
        let tails = expanded(trees.dropFirst())
        return heads.flatMap { head in tails.map { head + $0 } }
    }

    private static func joiningGaps(_ steps: [Step]) -> [Step] {
        steps.reduce(into: []) { result, step in
            if case .gap(let more) = step, case .gap(let length) = result.last {
                result[result.count - 1] = .gap(min(length + more, 12))
            } else {
                result.append(step)
            }
        }
    }

    /// The ranges of words matched by the sequences; of two partial matches in the same gap the later one counts.
    func matches(in words: [String]) -> Set<Range<Int>> {
        sequences.reduce(into: []) { $0.formUnion(Self.matches($1, words)) }
    }

    private static func matches(_ steps: [Step], _ words: [String]) -> Set<Range<Int>> {
        var found: Set<Range<Int>> = []
        // For each step, the start of the partial match waiting before it, and the last word that it may still match.
        var waiting: [Int: (start: Int, last: Int)] = [:]
        for (position, word) in words.enumerated() {
            var arrived: [Int: (start: Int, last: Int)] = [:]
            waiting[0] = (position, position)
            for (index, wait) in waiting where wait.last >= position && steps[index].takes(word) {
                if index + 1 == steps.count {
                    found.insert(wait.start..<(position + 1))
                } else if case .gap(let length) = steps[index + 1] {
                    arrived[index + 2] = (wait.start, position + 1 + length)
                } else {
                    arrived[index + 1] = (wait.start, position + 1)
                }
            }
            waiting.merge(arrived) { $1 }
        }
        return found
    }
}

/// A rule for the oracle: its patterns and exceptions as trees.
private struct OracleRule {
    let patterns: [[Tree]]
    let exceptions: [(trees: [Tree], place: PhraseRule.Exception.Place)]

    var rule: PhraseRule {
        PhraseRule(
            patterns: patterns.map(Self.source),
            unless: exceptions.map { PhraseRule.Exception(Self.source($0.trees), place: $0.place) }
        )
    }

    private static func source(_ trees: [Tree]) -> String { trees.map(\.source).joined(separator: " ") }

    /// The matches that count, as ranges of words: none cancelled by an exception, and of overlapping ones the first,
    /// then the longest.
    func matches(in words: [String]) -> [Range<Int>] {
        let found = patterns.reduce(into: Set<Range<Int>>()) { $0.formUnion(PlainSequences($1).matches(in: words)) }
        let objections = exceptions.map { (PlainSequences($0.trees).matches(in: words), $0.place) }
        let left = found.filter { match in
            !objections.contains { places, place in places.contains { Self.objects($0, place, to: match) } }
        }
        return left.sorted { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
            .reduce(into: []) { kept, match in
                if match.lowerBound >= kept.last?.upperBound ?? 0 { kept.append(match) }
            }
    }

    private static func objects(
        _ objection: Range<Int>,
        _ place: PhraseRule.Exception.Place,
        to match: Range<Int>
    ) -> Bool {
        switch place {
        case .anywhere: true
        case .before(let words):
            objection.lowerBound < match.lowerBound && objection.upperBound + words >= match.lowerBound
        case .after(let words):
            objection.upperBound > match.upperBound && match.upperBound + words >= objection.lowerBound
        }
    }
}

@Suite struct PhraseOracleTests {
    private static let words = ["a", "b", "ab", "abc", "ba", "c"]

    private static func tree(_ generator: inout SeededGenerator, depth: Int) -> [Tree] {
        (0..<Int.random(in: 1...3, using: &generator)).map { _ in
            switch Int.random(in: 0...(depth > 0 ? 7 : 5), using: &generator) {
            case 0...3: .word(words.randomElement(using: &generator) ?? "a")
            case 4: .prefix(["a", "ab", "b"].randomElement(using: &generator) ?? "a")
            case 5: .any
            default:
                .group(
                    (0..<Int.random(in: 1...3, using: &generator)).map { _ in tree(&generator, depth: depth - 1) },
                    optional: Bool.random(using: &generator)
                )
            }
        }
    }

    /// A random pattern that starts and ends with an element that must match, with gaps inside.
    private static func pattern(_ generator: inout SeededGenerator) -> [Tree] {
        var trees: [Tree] = [.word(words.randomElement(using: &generator) ?? "a")]
        for part in tree(&generator, depth: 2) {
            if Int.random(in: 0...2, using: &generator) == 0 {
                trees.append(.gap(Int.random(in: 1...3, using: &generator)))
            }
            trees.append(part)
        }
        return trees + [.word(words.randomElement(using: &generator) ?? "a")]
    }

    @Test func `the matcher finds what the naive matcher finds, in every rule`() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<250 {
            let patterns = (0..<6).map { _ in Self.pattern(&generator) }
            let matcher = try PhraseMatcher(
                patterns.map { PhraseRule(patterns: [$0.map(\.source).joined(separator: " ")]) }
            )
            for _ in 0..<8 {
                let words = (0..<Int.random(in: 0...14, using: &generator)).map { _ in
                    Self.words.randomElement(using: &generator) ?? "a"
                }
                try check(matcher, patterns, words)
            }
        }
    }

    @Test func `rules with exceptions match where their plain sequences do, one by one`() throws {
        var generator = SeededGenerator(seed: 17)
        for _ in 0..<250 {
            let rules = (0..<4).map { _ in Self.rule(&generator) }
            let matcher = try PhraseMatcher(rules.map(\.rule))
            for _ in 0..<6 {
                let words = (0..<Int.random(in: 0...16, using: &generator)).map { _ in
                    Self.words.randomElement(using: &generator) ?? "a"
                }
                let text = words.joined(separator: " ")
                let matches = matcher.matches(in: text)
                for (index, rule) in rules.enumerated() {
                    let found = matches.filter { $0.rule == index }.map(\.text)
                    let expected = rule.matches(in: words).map { words[$0].joined(separator: " ") }
                    #expect(found == expected, "\(rule.rule) in \(text)")
                }
            }
        }
    }

    private static func rule(_ generator: inout SeededGenerator) -> OracleRule {
        let places: [PhraseRule.Exception.Place] = [.anywhere, .before(words: 2), .after(words: 1)]
        return OracleRule(
            patterns: (0..<Int.random(in: 1...3, using: &generator)).map { _ in pattern(&generator) },
            exceptions: (0..<Int.random(in: 0...2, using: &generator)).map { _ in
                (pattern(&generator), places.randomElement(using: &generator) ?? .anywhere)
            }
        )
    }

    private func check(_ matcher: PhraseMatcher, _ patterns: [[Tree]], _ words: [String]) throws {
        let text = words.joined(separator: " ")
        let matches = matcher.matches(in: text)
        var starts: [Int: Int] = [:]
        var ends: [Int: Int] = [:]
        var offset = 0
        for (index, word) in words.enumerated() {
            starts[offset] = index
            ends[offset + word.count] = index + 1
            offset += word.count + 1
        }
        for (rule, trees) in patterns.enumerated() {
            let mine = matches.filter { $0.rule == rule }
            let exists = words.indices.contains { !Tree.ends(trees[...], words, from: $0).isEmpty }
            #expect(mine.isEmpty != exists, "\(trees.map(\.source)) in \(text)")
            var last = 0
            for match in mine {
                let start = try #require(starts[match.range.lowerBound])
                let end = try #require(ends[match.range.upperBound])
                #expect(Tree.ends(trees[...], words, from: start).contains(end), "\(trees.map(\.source)) in \(text)")
                #expect(match.range.lowerBound >= last)
                last = match.range.upperBound
            }
        }
    }

    @Test func `random text neither crashes nor gives ranges outside it`() throws {
        var generator = SeededGenerator(seed: 9)
        let matcher = try PhraseMatcher([
            PhraseRule(patterns: ["? * ?", "a*", "can't * (b|c)?"], unless: [.init("zz")])
        ])
        for _ in 0..<800 {
            let bytes = (0..<Int.random(in: 0...120, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let scalars = Array(text.unicodeScalars)
            for match in matcher.matches(in: text) {
                #expect(match.range.upperBound <= scalars.count)
                #expect(match.text.unicodeScalars.elementsEqual(scalars[match.range]))
            }
        }
    }
}

/// SplitMix64, so that a failing case can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
