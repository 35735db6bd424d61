import Foundation
import Testing
import TextSearch

@Suite struct BadQueryTests {
    private static let index: SearchIndex = {
        let index = SearchIndex()
        index.apply(
            (0..<50).map {
                .upsert(
                    SearchDocument(key: "\($0)", locale: "en", title: "Refund \($0)", body: "مرحبا بكم refund policy")
                )
            } + [.upsert(SearchDocument(key: "empty", locale: "en"))],
            sequence: 1
        )
        return index
    }()

    private static let texts: [String] = [
        "", " ", "a", "\u{0}", "\u{0}\u{1}\u{7F}refund", "😀😀😀", "👩‍👩‍👧‍👦 refund", "\"", "\"\"", "\"refund", "“refund”\"",
        "the of and is", "مرحبا", "\u{202E}refund\u{202C}", "refund\r\n\tpolicy", String(repeating: "\"", count: 1_000),
        String(repeating: "refund ", count: 10_000), (0..<10_000).map { "word\($0)" }.joined(separator: " "),
        String(repeating: "x", count: 100_000), String(repeating: "e-", count: 5_000),
        String(repeating: "é", count: 40_000),
        String(repeating: "漢", count: 30_000), String(repeating: "a\u{301}", count: 1_000), "'", "it's", "l'", "-",
        "a-", "-a",
        "1,2,3", "1.", ".5", "1,000.50", "\u{FEFF}refund", "ﬁnd", "İ", "ß", "refund\u{AD}s", "１２３", "e\u{0301}-",
        "\u{301}",
    ]

    @Test(arguments: texts) func anyTextIsAnsweredInBoundedTime(text: String) {
        let start = ContinuousClock.now
        for locale in [nil, "en", "ja", "fr", "", "-", "zz-zz"] {
            let query = SearchQuery(text, locale: locale, prefix: true, explain: true)
            let results = Self.index.search(query)
            #expect(results.hits.count <= 10)
            for hit in results.hits { #expect(hit.score > 0) }
        }
        _ = Self.index.complete(text)
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test(arguments: texts) func anyTextCanBeIndexed(text: String) {
        let index = SearchIndex()
        let document = SearchDocument(
            key: text,
            locale: text,
            title: text,
            keywords: text,
            summary: text,
            headings: text,
            body: text,
            labels: [text, text]
        )
        index.apply(
            [.upsert(document), .upsert(SearchDocument(key: "plain", locale: "en", body: "plain"))],
            sequence: 1
        )
        #expect(index.count == 2)
        _ = index.search(SearchQuery(text, filter: SearchFilter([.anyOf([text])])))
        index.apply([.remove(key: text)], sequence: 2)
        #expect(index.count == 1)
        #expect(index.search(SearchQuery("plain")).hits.map(\.key) == ["plain"])
    }

    @Test(arguments: [(-1, 0), (0, 0), (5, -3), (Int.max, Int.max), (Int.min, Int.min)])
    func limitsAndOffsetsAreClamped(limit: Int, offset: Int) {
        let results = Self.index.search(SearchQuery("refund", limit: limit, offset: offset))
        #expect(results.hits.count <= 50)
        #expect(Self.index.complete("re", limit: limit).count <= 100)
    }

    @Test func anEmptyIndexAnswers() {
        let index = SearchIndex()
        #expect(index.search(SearchQuery("refund", locale: "en")) == SearchResults())
        #expect(index.search(SearchQuery("refund")) == SearchResults())
        #expect(index.complete("re").isEmpty)
        #expect(!index.maintain())
    }

    @Test func pagesAreConsistent() {
        let all = Self.index.search(SearchQuery("refund policy", limit: 50)).hits.map(\.key)
        let pages = stride(from: 0, to: 50, by: 7).flatMap {
            Self.index.search(SearchQuery("refund policy", limit: 7, offset: $0)).hits.map(\.key)
        }
        #expect(pages == all)
        #expect(Set(all).count == 50)
    }
}
