import Testing
import TextSearch

@Suite struct ConcurrencyTests {
    @Test func searchesSeeWholeChangesWhileDocumentsChange() async {
        let index = SearchIndex()
        // Every change replaces both documents, so a search sees either generation completely, never a mixture.
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

    @Test func changesDuringAMergeAreKept() async {
        let index = SearchIndex()
        func document(_ number: Int, _ generation: Int) -> SearchDocument {
            SearchDocument(key: "k\(number)", locale: "und", body: "common generation\(generation) number\(number)")
        }
        for batch in 0..<4 {
            index.apply((0..<300).map { .upsert(document(batch * 300 + $0, 0)) }, sequence: 0)
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for _ in 0..<200 { index.maintain() } }
            group.addTask {
                var random = SeededGenerator(seed: 3)
                for generation in 1...100 {
                    let numbers = (0..<8).map { _ in Int.random(in: 0..<1_200, using: &random) }
                    let changes = Set(numbers).map { number -> SearchChange in
                        number % 5 == 0 ? .remove(key: "k\(number)") : .upsert(document(number, generation))
                    }
                    index.apply(changes, sequence: Int64(generation))
                }
            }
        }
        while index.maintain() {}
        // The same changes without concurrent merges.
        var random = SeededGenerator(seed: 3)
        var expected = Dictionary(uniqueKeysWithValues: (0..<1_200).map { ("k\($0)", document($0, 0)) })
        for generation in 1...100 {
            let numbers = (0..<8).map { _ in Int.random(in: 0..<1_200, using: &random) }
            for number in Set(numbers) { expected["k\(number)"] = number % 5 == 0 ? nil : document(number, generation) }
        }
        #expect(index.count == expected.count)
        #expect(index.search(SearchQuery("common", limit: 1_000)).hits.count == min(1_000, expected.count))
        for (key, document) in expected {
            let words = "\"\(document.body)\""
            #expect(index.search(SearchQuery(words, limit: 3, fuzzy: false)).hits.map(\.key) == [key])
        }
    }
}
