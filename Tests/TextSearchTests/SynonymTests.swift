import Testing
import TextSearch

@Suite struct SynonymTests {
    private func index(_ groups: [SynonymTable.Group]) -> SearchIndex {
        let index = SearchIndex(synonyms: SynonymTable(groups))
        index.apply(
            [
                .upsert(SearchDocument(key: "tv", locale: "en", body: "The television does not turn on")),
                .upsert(SearchDocument(key: "abbr", locale: "en", body: "Change the TV channel")),
                .upsert(SearchDocument(key: "pos", locale: "en", body: "The terminal at the point of sale is offline")),
                .upsert(SearchDocument(key: "sale", locale: "en", body: "At this point the sale is over")),
                .upsert(SearchDocument(key: "de", locale: "de", body: "Der Fernseher ist kaputt")),
            ],
            sequence: 1
        )
        return index
    }

    @Test func aSynonymScoresLowerThanTheWord() {
        let index = index([.init(locale: "en", phrases: ["tv", "television"], weight: 0.7)])
        #expect(index.search(SearchQuery("tv", locale: "en")).hits.map(\.key) == ["abbr", "tv"])
        #expect(index.search(SearchQuery("television", locale: "en")).hits.map(\.key) == ["tv", "abbr"])
    }

    @Test func anAbbreviationFindsOnlyConsecutiveWordsOfItsPhrase() {
        let index = index([.init(phrases: ["POS", "point of sale"])])
        #expect(index.search(SearchQuery("pos", locale: "en", fuzzy: false)).hits.map(\.key) == ["pos"])
    }

    @Test func aPhraseFindsItsAbbreviation() {
        let index = index([.init(phrases: ["telly box", "tv"])])
        #expect(index.search(SearchQuery("telly box", locale: "en", fuzzy: false)).hits.map(\.key) == ["abbr"])
        #expect(index.search(SearchQuery("telly", locale: "en", fuzzy: false)).hits.isEmpty)
    }

    @Test func oneWaySynonymsDoNotWorkBackwards() {
        let index = index([.init(phrases: ["television"], onlyFrom: ["telly"])])
        #expect(index.search(SearchQuery("telly", locale: "en", fuzzy: false)).hits.map(\.key) == ["tv"])
        index.setSynonyms(SynonymTable())
        #expect(index.search(SearchQuery("telly", locale: "en", fuzzy: false)).hits.isEmpty)
    }

    @Test func aWordWithSynonymsIsNotATypingError() {
        let index = index([.init(phrases: ["poit", "channel"])])
        let found = index.search(SearchQuery("poit", locale: "en"))
        #expect(found.hits.map(\.key) == ["abbr"] && found.corrections.isEmpty)
        #expect(!index.search(SearchQuery("poimt", locale: "en")).corrections.isEmpty)
    }

    @Test func synonymsBelongToTheirLocale() {
        let index = index([.init(locale: "de", phrases: ["glotze", "fernseher"])])
        #expect(index.search(SearchQuery("Glotze", locale: "de")).hits.map(\.key) == ["de"])
        #expect(index.search(SearchQuery("fernseher", locale: "en", fuzzy: false)).fellBackToLocale == "de")
        #expect(index.search(SearchQuery("glotze", locale: "en", fuzzy: false)).hits.map(\.key) == ["de"])
    }
}
