import PhraseMatching
import Testing

/// A pattern as a tree, with a matcher so simple that it is plainly right.
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

    /// A random pattern that starts and ends with something that must match, with gaps inside.
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
