import Testing
import TextSearch

@Suite struct HighlightTests {
    private func words(_ text: HighlightedText) -> [String] {
        let scalars = Array(text.text.unicodeScalars)
        return text.highlights.map { range in
            var word = String.UnicodeScalarView()
            word.append(contentsOf: scalars[range.start..<range.start + range.length])
            return String(word)
        }
    }

    private func hit(_ document: SearchDocument, _ query: SearchQuery) -> SearchHit? {
        let index = SearchIndex()
        index.apply([.upsert(document)], sequence: 1)
        return index.search(query).hits.first
    }

    @Test func highlightsInflectedMisspelledAndUnfinishedWords() throws {
        let document = SearchDocument(
            key: "a",
            locale: "en",
            title: "Refunding customers 😀 quickly",
            body: "A refund 👩‍👩‍👧 is naïve\n\n unless   the manufacturer repairs it."
        )
        let found = try #require(
            hit(document, SearchQuery("refunds naive manufactuer repai", locale: "en", prefix: true))
        )
        #expect(words(found.title) == ["Refunding"])
        #expect(words(found.snippet) == ["refund", "naïve", "manufacturer", "repairs"])
        #expect(found.snippet.text == "A refund 👩‍👩‍👧 is naïve unless the manufacturer repairs it.")
        #expect(found.matched == ["manufacturer", "naïve", "refund", "refunding", "repairs"])
    }

    @Test func showsThePassageThatAnswers() throws {
        let filler = (0..<400).map { "filler\($0)" }.joined(separator: " ")
        let body = "refund \(filler) the refund of a broken television takes days \(filler)"
        let found = try #require(
            hit(SearchDocument(key: "a", locale: "en", body: body), SearchQuery("broken television refund"))
        )
        #expect(words(found.snippet) == ["refund", "broken", "television"])
        #expect(found.snippet.text.hasPrefix("…") && found.snippet.text.hasSuffix("…"))
        #expect(found.snippet.text.unicodeScalars.count < 600)
        #expect(found.snippetField == .body)
    }

    @Test func showsTheBeginningWhenOnlyTheTitleMatches() throws {
        let document = SearchDocument(
            key: "a",
            locale: "en",
            title: "Invoice",
            summary: "Where to look.",
            body: "Open the account."
        )
        let found = try #require(hit(document, SearchQuery("invoice")))
        #expect(found.snippet == HighlightedText(text: "Where to look."))
        #expect(found.snippetField == .summary)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func everyHighlightIsAMatchedWord(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pool = [
            "refund", "Refunds", "naïve", "E-104", "😀", "day-to-day", "…", "漢字仮名", "l'été", "(card)", "10.5",
            "a\u{301}b",
        ]
        let index = SearchIndex()
        index.apply(
            (0..<40).map { number in
                func text(_ count: Int) -> String {
                    (0..<count).map { _ in pool.randomElement(using: &random) ?? "" }.joined(separator: " \n")
                }
                return .upsert(SearchDocument(key: "\(number)", locale: "en", title: text(4), body: text(300)))
            },
            sequence: 1
        )
        for query in ["refund", "naive card", "E-104", "漢字", "ete", "day refund 10.5"] {
            for hit in index.search(SearchQuery(query)).hits {
                for text in [hit.title, hit.snippet] {
                    var end = 0
                    for range in text.highlights {
                        #expect(range.start >= end && range.length > 0)
                        end = range.start + range.length
                    }
                    #expect(end <= text.text.unicodeScalars.count)
                    #expect(words(text).allSatisfy { hit.matched.contains($0.lowercased()) })
                }
                #expect(!hit.matched.isEmpty)
            }
        }
    }

    @Test func theExplanationAddsUpToTheScore() throws {
        let document = SearchDocument(
            key: "a",
            locale: "en",
            title: "Broken television",
            body: "A broken television set",
            boost: 1.2
        )
        let found = try #require(hit(document, SearchQuery("broken televison", locale: "en", explain: true)))
        let parts = try #require(found.explanation?.parts)
        #expect(parts.map(\.kind) == ["word", "typo", "proximity", "title", "boost"])
        #expect(abs(parts.reduce(0) { $0 + $1.score } - found.score) < 1e-9)
    }
}
