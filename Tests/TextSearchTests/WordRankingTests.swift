import Testing
import TextSearch

/// The ranking by words for a caller that ranks further.
@Suite struct WordRankingTests {
    private static let index = {
        let index = SearchIndex()
        let documents = (0..<300).map { number in
            SearchChange.upsert(
                SearchDocument(
                    key: "k\(number)",
                    locale: number % 10 == 9 ? "de" : "en",
                    title: ["parcel", "refund", "router"][number % 3] + " \(number % 17)",
                    keywords: "code E\(1_000 + number)",
                    body: "Sentence one of \(number). The parcel is late, said the carrier. “Äpfel” end.",
                    labels: number % 4 == 0 ? ["secret"] : ["open"]
                )
            )
        }
        for start in stride(from: 0, to: 300, by: 70) {
            index.apply(Array(documents[start..<min(start + 70, 300)]), sequence: Int64(start))
        }
        index.apply([.remove(key: "k6")], sequence: 400)
        return index
    }()

    private static let open = SearchFilter([.anyOf(["open"])])

    /// The place of a document that can be added; −1 for another one, which is no place.
    private static func add(_ key: String, to ranking: inout WordRanking) -> Int { ranking.add(key) ?? -1 }

    @Test(arguments: ["parcel late", "refund 5", "the parcel", "router refund", "nothing"], [0, 20, 500])
    func `candidates are the hits of a search, in its order`(text: String, depth: Int) throws {
        let query = SearchQuery(text, locale: "en", limit: 1_000, filter: Self.open)
        let ranking = try #require(Self.index.ranking(query, depth: depth))
        let hits = Self.index.search(query).hits.filter { $0.locale == "en" }
        #expect(ranking.count == min(hits.count, max(32, depth)))
        #expect(ranking.candidates.map(\.key) == hits.prefix(ranking.count).map(\.key))
        #expect(ranking.candidates.prefix(32).map(\.score) == hits.prefix(ranking.count).prefix(32).map(\.score))
        for place in 0..<min(5, ranking.count) {
            #expect(ranking.hit(place, score: hits[place].score, snippetOf: nil) == hits[place])
        }
    }

    @Test func `a document that is added has the score that it would have behind the best`() throws {
        let query = SearchQuery("parcel late 5 refund", locale: "en", limit: 1_000, filter: Self.open)
        var ranking = try #require(Self.index.ranking(query, depth: 40))
        let all = try #require(Self.index.ranking(query, depth: 1_000))
        #expect(all.count > 150)
        for candidate in all.candidates.reversed() {
            let place = Self.add(candidate.key, to: &ranking)
            #expect(ranking.candidates[place] == candidate)
            #expect(Self.add(candidate.key, to: &ranking) == place)
        }
    }

    @Test func `what is hidden, removed, unknown or of another language cannot be added, nor what lacks a phrase`()
        throws
    {
        var ranking = try #require(
            Self.index.ranking(SearchQuery("zebra", locale: "en", filter: Self.open), depth: 40)
        )
        #expect(ranking.count == 0)
        for key in ["k4", "k6", "k9", "k1000", ""] {
            let place = ranking.add(key)
            #expect(place == nil, "\(key)")
        }
        let place = Self.add("k5", to: &ranking)
        #expect(ranking.candidates[place].score == 0)
        #expect(ranking.hit(place, score: 0.5, snippetOf: nil).score == 0.5)
        var phrase = try #require(Self.index.ranking(SearchQuery("\"router 5\"", locale: "en"), depth: 40))
        let (holding, lacking) = (phrase.add("k5"), phrase.add("k1"))
        #expect(holding != nil && lacking == nil)
    }

    @Test(arguments: [
        ("E1005", true, true), ("e-1005 parcel", true, false), ("where is E1005", true, true), ("1005", false, false),
        ("parcel 5", false, false), ("100.05 parcel", false, false), ("5-parcels E1999", false, false),
    ])
    func `identifiers are names with digits, and long numbers`(text: String, isContained: Bool, isExact: Bool) throws {
        var ranking = try #require(Self.index.ranking(SearchQuery(text, locale: "en"), depth: 40))
        let (place, other) = (Self.add("k5", to: &ranking), Self.add("k7", to: &ranking))
        #expect(!ranking.candidates[place].lacksIdentifier)
        #expect(ranking.candidates[other].lacksIdentifier == isContained)
        #expect(ranking.isExact == isExact)
    }

    @Test func `a piece is clipped to its field and to whole characters, and is a snippet`() throws {
        var ranking = try #require(Self.index.ranking(SearchQuery("late", locale: "en"), depth: 40))
        let place = Self.add("k5", to: &ranking)
        let start = "Sentence one of 5. ".utf8.count
        let length = "The parcel is late, said the carrier.".utf8.count
        let piece = FieldRange(.body, start: start, length: length)
        #expect(ranking.text(of: place, in: piece) == "The parcel is late, said the carrier.")
        let hit = ranking.hit(place, score: 1, snippetOf: piece)
        #expect(hit.snippet.text == "The parcel is late, said the carrier.")
        #expect(hit.snippet.highlights == [TextRange(start: 14, length: 4)])
        #expect(ranking.text(of: place, in: FieldRange(.title, start: -9, length: 1_000)) == "router 5")
        for start in 0..<90 {
            let text = ranking.text(of: place, in: FieldRange(.body, start: start, length: 9))
            #expect(!text.contains("\u{FFFD}"))
            _ = ranking.hit(place, score: 1, snippetOf: FieldRange(.body, start: start, length: 9))
        }
    }
}
