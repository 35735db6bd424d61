import Testing
import TextSearch

@Suite struct FaceTests {
    @Test func findsADocumentByAnInflectedWord() {
        let index = SearchIndex()
        index.apply([.upsert(SearchDocument(key: "a", locale: "en", title: "Refunds", body: "How refunds work"))], sequence: 7)
        #expect(index.search(SearchQuery("refund")).hits.map(\.key) == ["a"])
        #expect(index.sequence == 7)
    }
}
