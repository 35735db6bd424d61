import Testing
import TextSearch

@Suite struct ForgivenessTests {
    private static let index: SearchIndex = {
        let index = SearchIndex()
        let texts = [
            ("refund", "How do I get a refund?", "Refunds are paid to the credit card within five days."),
            (
                "delivery", "Track a delivery",
                "A parcel is delivered to your address. Error E-104 means a wrong address."
            ),
            (
                "warranty", "Warranty of televisions",
                "The manufacturer repairs televisions free of charge for 10.5 months."
            ),
            ("chargeback", "Dispute a payment", "A chargeback is refused when the signature is present."),
            ("invoice", "Find an invoice", "Download the invoice from your account, or write to billing@example.com."),
            ("followup", "Follow-up calls", "Plan a follow-up call with the café owner and the Pokémon fan."),
        ]
        index.apply(
            texts.map { .upsert(SearchDocument(key: $0.0, locale: "en", title: $0.1, body: $0.2)) },
            sequence: 1
        )
        return index
    }()

    @Test(arguments: [
        ("refnud", "refund", "refund"), ("delivry", "delivery", "delivery"), ("warrantty", "warranty", "warranty"),
        ("telavisions", "warranty", "televisions"), ("invioce", "invoice", "invoice"),
        ("ivnoice", "invoice", "invoice"), ("manufactuerers", "warranty", "manufacturer"),
        ("creditcard", "refund", "credit card"), ("adress", "delivery", "address"),
    ])
    func correctsAMisspelledWord(typed: String, key: String, meant: String) {
        let results = Self.index.search(SearchQuery(typed, locale: "en"))
        #expect(results.hits.first?.key == key)
        #expect(results.corrections == [SearchCorrection(from: typed, to: meant)])
    }

    @Test(arguments: ["xyzzyx", "re", "99", "Q-999", "kjhgkjhg"])
    func doesNotCorrectWordsUnlikeAnyKnownWord(typed: String) {
        let results = Self.index.search(SearchQuery(typed, locale: "en"))
        #expect(results.hits.isEmpty)
        #expect(results.corrections.isEmpty)
    }

    @Test func doesNotCorrectIfNotRequested() {
        #expect(Self.index.search(SearchQuery("refnud", locale: "en", fuzzy: false)).hits.isEmpty)
    }

    @Test(arguments: [
        ("E-104", "delivery"), ("e104", "delivery"), ("e 104", "delivery"), ("10.5", "warranty"),
        ("followup", "followup"), ("follow up", "followup"), ("follow-up", "followup"), ("cafe", "followup"),
        ("CAFÉ", "followup"), ("pokemon", "followup"), ("charge back", "chargeback"),
        ("billing@example.com", "invoice"),
        ("refunded", "refund"), ("disputing", "chargeback"),
    ])
    func findsOtherSpellings(typed: String, key: String) {
        let results = Self.index.search(SearchQuery(typed, locale: "en"))
        #expect(results.hits.first?.key == key)
        #expect(results.corrections.isEmpty)
    }

    @Test(arguments: [("ref", "refund"), ("how do i get a re", "refund"), ("televi", "warranty"), ("invoi", "invoice")])
    func treatsTheLastWordAsUnfinished(typed: String, key: String) {
        #expect(Self.index.search(SearchQuery(typed, locale: "en", prefix: true)).hits.first?.key == key)
    }

    @Test func anExactMatchRanksAboveAGuess() {
        let index = SearchIndex()
        var changes: [SearchChange] = (0..<1_200).map {
            .upsert(SearchDocument(key: "common\($0)", locale: "en", body: "The router needs power"))
        }
        changes.append(.upsert(SearchDocument(key: "rare", locale: "en", body: "The rooter needs power")))
        index.apply(changes, sequence: 1)
        let hits = index.search(SearchQuery("rooter", locale: "en", limit: 5)).hits
        #expect(hits.first?.key == "rare")
        #expect(hits.count == 5)
    }

    @Test func quotesRequireConsecutiveWords() {
        let index = SearchIndex()
        index.apply(
            [
                .upsert(SearchDocument(key: "a", locale: "en", body: "the terms of the sale are final")),
                .upsert(SearchDocument(key: "b", locale: "en", body: "a sale in the terms of last year")),
                .upsert(SearchDocument(key: "c", locale: "en", title: "terms of", body: "the sale")),
            ],
            sequence: 1
        )
        #expect(index.search(SearchQuery("\"terms of the sale\"")).hits.map(\.key) == ["a"])
        #expect(index.search(SearchQuery("“the terms of” sale")).hits.map(\.key) == ["b", "a"].sorted())
        #expect(index.search(SearchQuery("\"terms nowhere\"")).hits.isEmpty)
        #expect(index.search(SearchQuery("\"terms of the sale")).hits.count == 3)
    }
}
