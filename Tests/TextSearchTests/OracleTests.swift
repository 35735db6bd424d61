import Testing
import TextSearch

/// Compares the index with the exhaustive implementation on random documents, changes and queries.
@Suite struct OracleTests {
    private static let words = (0..<60).map { "w\(String($0, radix: 6))x" }

    private static let functionWords = ["the", "of", "is", "where", "my", "how"]

    private static func text(_ count: Int, _ random: inout SeededGenerator, functions: Bool = false) -> String {
        (0..<count).map { _ in
            if functions, let word = functionWords.randomElement(using: &random), Bool.random(using: &random) {
                return word
            }
            // Squaring makes some words common and some rare.
            let value = Double.random(in: 0..<1, using: &random)
            return words[Int(value * value * Double(words.count))]
        }.joined(separator: " ")
    }

    private static func asked(_ random: inout SeededGenerator, functions: Bool) -> String {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
            text(.random(in: 1...4, using: &random), &random, functions: functions)
        }.joined(separator: "\n")
    }

    private static func document(_ number: Int, _ locale: String, _ random: inout SeededGenerator) -> SearchDocument {
        let functions = locale == "en"
        return SearchDocument(
            key: "k\(number)",
            locale: locale,
            title: text(.random(in: 0...4, using: &random), &random, functions: functions),
            keywords: text(.random(in: 0...2, using: &random), &random),
            asked: asked(&random, functions: functions),
            summary: text(.random(in: 0...6, using: &random), &random),
            headings: text(.random(in: 0...3, using: &random), &random),
            body: text(.random(in: 0...40, using: &random), &random, functions: functions),
            labels: ["even", "odd", "rare", "l\(number % 7)"].filter { _ in Bool.random(using: &random) },
            validFrom: Int.random(in: 0..<4, using: &random) == 0 ? .random(in: 0...50, using: &random) : nil,
            validUntil: Int.random(in: 0..<4, using: &random) == 0 ? .random(in: 40...99, using: &random) : nil,
            boost: [0.5, 1, 1, 1.1, 9].randomElement(using: &random) ?? 1
        )
    }

    private static func filter(_ random: inout SeededGenerator) -> SearchFilter {
        var clauses: [SearchFilter.Clause] = []
        if Bool.random(using: &random) { clauses.append(.anyOf(["even", "l3", "unheard"])) }
        if Int.random(in: 0..<3, using: &random) == 0 { clauses.append(.noneOf(["rare", "l1"])) }
        return SearchFilter(clauses, asOf: Bool.random(using: &random) ? .random(in: 0...99, using: &random) : nil)
    }

    private func compare(
        _ index: SearchIndex,
        _ oracle: ExhaustiveIndex,
        queries: Int,
        locale: String = "und",
        _ random: inout SeededGenerator
    ) {
        let lengths = index.statistics.referenceLengths[locale] ?? []
        #expect(index.count == oracle.documents.count)
        for _ in 0..<queries {
            let plain = Self.text(.random(in: 1...8, using: &random), &random, functions: locale == "en")
                .split(separator: " ").map(String.init)
            let phrase = Int.random(in: 0..<4, using: &random) == 0 ? Array(plain.prefix(2)) : []
            let filter = Self.filter(&random)
            let limit = Int.random(in: 0...80, using: &random)
            let offset = Int.random(in: 0...10, using: &random)
            var text = plain.dropFirst(phrase.count).joined(separator: " ")
            if !phrase.isEmpty { text = "\"\(phrase.joined(separator: " "))\" \(text)" }
            // A quote increases the distance of words by one, like a word in between.
            let counted = phrase.isEmpty ? plain : [""] + phrase + [""] + plain.dropFirst(phrase.count)
            let expected = oracle.search(
                counted,
                phrases: phrase.isEmpty ? [] : [phrase],
                filter: filter,
                lengths: lengths,
                limit: limit,
                offset: offset
            )
            let found = index.search(
                SearchQuery(text, locale: locale, limit: limit, offset: offset, filter: filter, fuzzy: false)
            )
            #expect(found.hits.map(\.key) == expected.map(\.key), "\(text) \(filter) \(limit) \(offset)")
            for (hit, wanted) in zip(found.hits, expected) { #expect(abs(hit.score - wanted.score) < 1e-9) }
        }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>, ["und", "en"])
    func sameHitsInTheSameOrderThroughRandomChanges(seed: UInt64, locale: String) {
        var random = SeededGenerator(seed: seed)
        let index = SearchIndex()
        var oracle = ExhaustiveIndex(tuning: index.tuning)
        if locale == "en" { oracle.functionWords = Set(Self.functionWords) }
        for round in 0..<6 {
            var changes: [SearchChange] = []
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                let number = Int.random(in: 0..<120, using: &random)
                if Int.random(in: 0..<4, using: &random) == 0 {
                    changes.append(.remove(key: "k\(number)"))
                    oracle.documents["k\(number)"] = nil
                } else {
                    let document = Self.document(number, locale, &random)
                    changes.append(.upsert(document))
                    oracle.documents[document.key] = document
                }
            }
            index.apply(changes, sequence: Int64(round))
            if Bool.random(using: &random) { while index.maintain() {} }
            compare(index, oracle, queries: 8, locale: locale, &random)
        }
    }

    @Test func sameHitsWithPruning() {
        var random = SeededGenerator(seed: 99)
        let index = SearchIndex()
        var oracle = ExhaustiveIndex(tuning: index.tuning)
        let documents = (0..<9_500).map { number in
            SearchDocument(
                key: "k\(number)",
                locale: "und",
                body: Self.text(.random(in: 1...5, using: &random), &random),
                labels: ["even"]
            )
        }
        for document in documents { oracle.documents[document.key] = document }
        index.apply(documents.prefix(9_000).map { .upsert($0) }, sequence: 1)
        index.apply(documents.dropFirst(9_000).map { .upsert($0) }, sequence: 2)
        #expect(index.statistics.segments > 1)
        compare(index, oracle, queries: 6, &random)
    }

    @Test func anIndexBuiltAtOnceEqualsOneBuiltByChanges() {
        var random = SeededGenerator(seed: 5)
        // Equal lengths, because the reference lengths are updated with a delay.
        let documents = (0..<300).map {
            SearchDocument(key: "k\($0)", locale: "und", title: Self.text(3, &random), body: Self.text(20, &random))
        }
        let grown = SearchIndex()
        for document in documents.shuffled(using: &random) { grown.apply([.upsert(document)], sequence: 1) }
        while grown.maintain() {}
        let built = SearchIndex()
        built.apply(documents.map { .upsert($0) }, sequence: 1)
        while built.maintain() {}
        for word in Self.words.prefix(20) {
            let query = SearchQuery(word, limit: 50)
            #expect(grown.search(query).hits.map(\.key) == built.search(query).hits.map(\.key))
        }
    }
}
