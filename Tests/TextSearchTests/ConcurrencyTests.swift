import Testing
import TextSearch

@Suite struct ConcurrencyTests {
    @Test func searchesSeeWholeChangesWhileDocumentsChange() async {
        let index = SearchIndex()
        // Every change replaces both documents, so a search sees one generation or the other, never a mixture.
        func changes(_ generation: Int) -> [SearchChange] {
            ["a", "b"].map {
                .upsert(SearchDocument(key: $0, locale: "en", title: "generation", body: "number\(generation)"))
            }
        }
        index.apply(changes(0), sequence: 0)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<200 {
                        let hits = index.search(SearchQuery("generation", locale: "en")).hits
                        if hits.map(\.key) != ["a", "b"] || hits[0].snippet.text != hits[1].snippet.text {
                            return false
                        }
                    }
                    return true
                }
            }
            group.addTask {
                for generation in 1...150 {
                    index.apply(changes(generation), sequence: Int64(generation))
                    if generation % 10 == 0 { index.maintain() }
                }
                return true
            }
            for await isWhole in group { #expect(isWhole) }
        }
        #expect(index.sequence == 150)
        #expect(index.count == 2)
    }
}
