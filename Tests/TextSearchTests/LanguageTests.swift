import Testing
import TextSearch

@Suite struct LanguageTests {
    @Test(arguments: [
        ("en", "We shipped the replacements yesterday", "shipping replacement"),
        ("de", "Die Rücksendungen der Kunden werden erstattet", "Rücksendung Erstattung Kunde"),
        ("de", "Die Gebühren für Überweisungen", "gebuhr uberweisung"),
        ("fr", "Les remboursements des clients sont traités", "remboursement client"),
        ("fr", "L'étiquette de l'appareil", "etiquette appareil"),
        ("es", "Las devoluciones de los productos electrónicos", "devolución producto electronico"),
        ("it", "I rimborsi dell'acquisto", "rimborso acquisto"),
        ("nl", "De bestellingen van klanten", "bestelling klant"),
        ("ru", "Возврат денежных средств", "возврата денежные"),
        ("ja", "返品の手続きについて", "返品"),
        ("th", "การคืนเงิน", "คืนเงิน"),
        ("el", "Οι επιστροφές χρημάτων", "επιστροφη χρηματα"),
        ("xx", "Zorblax frindle", "zorblax"),
    ])
    func findsInflectedWordsOfALanguage(locale: String, body: String, query: String) {
        let index = SearchIndex()
        index.apply([.upsert(SearchDocument(key: "a", locale: locale, body: body))], sequence: 1)
        let results = index.search(SearchQuery(query, locale: locale, fuzzy: false))
        #expect(results.hits.map(\.key) == ["a"])
        #expect(results.fellBackToLocale == nil)
    }

    @Test func searchesItsLocaleFirstAndReportsAFallback() {
        let index = SearchIndex()
        index.apply(
            [
                .upsert(SearchDocument(key: "en", locale: "en-GB", title: "Router reset", body: "Hold the button")),
                .upsert(SearchDocument(key: "de", locale: "de-AT", title: "Router zurücksetzen", body: "Taste halten")),
                .upsert(SearchDocument(key: "fr", locale: "fr", title: "Facture", body: "La facture du client")),
            ],
            sequence: 1
        )
        let german = index.search(SearchQuery("router", locale: "de"))
        #expect(german.hits.map(\.key) == ["de"])
        #expect(german.fellBackToLocale == nil)
        let english = index.search(SearchQuery("button", locale: "de"))
        #expect(english.hits.map(\.key) == ["en"])
        #expect(english.fellBackToLocale == "en")
        #expect(Set(index.search(SearchQuery("router")).hits.map(\.key)) == ["en", "de"])
        #expect(index.search(SearchQuery("facture", locale: "pt")).fellBackToLocale == "fr")
    }

    @Test func functionWordsCountOnlyWhenAlone() {
        let index = SearchIndex()
        index.apply(
            [
                .upsert(SearchDocument(key: "a", locale: "en", body: "What is it that you do")),
                .upsert(SearchDocument(key: "b", locale: "en", body: "Refunds")),
            ],
            sequence: 1
        )
        #expect(index.search(SearchQuery("what is the refund", locale: "en")).hits.map(\.key) == ["b"])
        #expect(index.search(SearchQuery("what is it", locale: "en")).hits.map(\.key) == ["a"])
    }

    @Test func aDocumentThatChangesItsLanguageIsFoundOnce() {
        let index = SearchIndex()
        index.apply([.upsert(SearchDocument(key: "a", locale: "en", body: "router"))], sequence: 1)
        index.apply([.upsert(SearchDocument(key: "a", locale: "de", body: "Router"))], sequence: 2)
        #expect(index.search(SearchQuery("router")).hits.map(\.locale) == ["de"])
        #expect(index.count == 1)
        #expect(index.statistics.languages == ["de": 1])
    }
}
