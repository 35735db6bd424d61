import Knowledge
import Testing
import TextSearch

/// How articles are cut into passages.
@Suite struct PassageTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    /// The rule as plainly as possible: words of sentences, of which those before the end of each share make a piece.
    private static func pieces(_ text: String) -> [String] {
        var sentences: [[String]] = []
        for line in text.split(separator: "\n") {
            var sentence: [String] = []
            for word in line.split(separator: " ").map(String.init) {
                sentence.append(word)
                var end = word
                while let last = end.last, "\"')]".contains(last) { end.removeLast() }
                if end.hasSuffix(".") || end.hasSuffix("?") || end.hasSuffix("!") || sentence.count == 150 {
                    sentences.append(sentence)
                    sentence = []
                }
            }
            if !sentence.isEmpty { sentences.append(sentence) }
        }
        let total = sentences.reduce(0) { $0 + $1.count }
        guard total > 0 else { return [] }
        let count = max(1, Int((Double(total) / 100).rounded(.toNearestOrAwayFromZero)))
        var (result, current, before): ([[String]], [String], Int) = ([], [], 0)
        for sentence in sentences {
            let middle = Double(before) + Double(sentence.count) / 2
            if !current.isEmpty, middle > Double(total) / Double(count) * Double(result.count + 1) {
                result.append(current)
                current = []
            }
            current += sentence
            before += sentence.count
        }
        return (result + [current]).map { $0.joined(separator: " ") }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `sections are cut as the plain rule says, and every piece stands where it says`(seed: UInt64) {
        var random = Generator(state: seed)
        let ends = ["", "", "", "", "", "", "", "", ".", "?", "!", ".\"", ".)", "\n", ".\n"]
        let words = Int.random(in: 0...900, using: &random)
        let text = (0..<words)
            .map { "w\($0 % 83)é" + (ends.randomElement(using: &random) ?? "") }
            .joined(separator: " ")
        let article = Article(
            id: "a",
            title: "T",
            sections: [
                .init(kind: .body, html: "", text: "First."), .init(kind: .body, title: "S", html: "", text: text),
            ]
        )
        let cut = article.passages.filter { $0.kind == .section }
        let expected = Self.pieces(text)
        #expect(cut.map(\.text) == ["T First."] + expected.map { "T S \($0)" })
        let body = Array(article.sections.map(\.text).joined(separator: "\n").utf8)
        for (passage, words) in zip(cut, ["First."] + expected) {
            let place = passage.place
            let shown = String(decoding: body[place.start..<place.start + place.length], as: UTF8.self)
            #expect(shown.split(whereSeparator: \.isWhitespace).joined(separator: " ") == words)
        }
    }

    @Test func `title, summary, keywords and what customers say are passages of their own`() {
        let article = Article(
            id: "a",
            title: "Late  parcel",
            summary: "What to do.",
            keywords: ["parcel", "late"],
            asked: ["where is it", "it never came"],
            sections: [.init(kind: .body, html: "", text: "Wait.")]
        )
        #expect(article.passages.map(\.kind) == [.title, .summary, .keywords, .asked, .asked, .section])
        #expect(
            article.passages.map(\.text) == [
                "Late parcel", "Late parcel What to do.", "parcel, late", "where is it", "it never came",
                "Late parcel Wait.",
            ]
        )
        #expect(article.passages[4].place.start == "where is it\n".utf8.count)
    }

    @Test func `a text is a passage once, and a long article has a bounded number`() {
        var article = Article(id: "a", title: "Parcel", asked: ["Parcel", "lost", "lost"])
        #expect(article.passages.map(\.text) == ["Parcel", "lost"])
        article.asked = (0..<1_000).map { "phrase \($0)" }
        article.sections = (0..<1_000).map { .init(kind: .body, html: "", text: "Text \($0).") }
        #expect(article.passages.count == Article.maximumPassages)
        #expect(article.passages.contains { $0.kind == .section })
    }

    @Test func `a text without spaces is cut between characters`() {
        let text = String(repeating: "漢", count: 5_000)
        let article = Article(id: "a", title: "T", sections: [.init(kind: .body, html: "", text: text)])
        let pieces = article.passages.filter { $0.kind == .section }
        #expect(pieces.allSatisfy { !$0.text.contains("\u{FFFD}") })
    }
}
