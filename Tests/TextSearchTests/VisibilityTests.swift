import Testing
import TextSearch

/// No query reveals anything about a document that the filter hides.
@Suite struct VisibilityTests {
    private static let shared = [
        "refund", "delivery", "invoice", "router", "warranty", "parcel", "billing", "television",
    ]

    private static func letters(_ number: Int) -> String {
        String(number, radix: 26).map { String(UnicodeScalar(UInt8(97 + (Int(String($0), radix: 26) ?? 0)))) }.joined()
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func hiddenDocumentsYieldNoHitsAndNoWords(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let index = SearchIndex()
        var secrets: [String: String] = [:]
        var labels: [String: [String]] = [:]
        var changes: [SearchChange] = []
        for number in 0..<60 {
            let secret = "zq\(Self.letters(number + 700))secret"
            let own = ["audience:agent", "audience:lead", "audience:public"].filter { _ in Bool.random(using: &random) }
            let common = (0..<5).map { _ in Self.shared.randomElement(using: &random) ?? "" }.joined(separator: " ")
            secrets["k\(number)"] = secret
            labels["k\(number)"] = own
            changes.append(
                .upsert(
                    SearchDocument(
                        key: "k\(number)",
                        locale: "en",
                        title: "\(secret) \(common)",
                        keywords: "\(secret)s, \(common)",
                        body: "\(common) \(secret)ing",
                        labels: own
                    )
                )
            )
        }
        index.apply(changes, sequence: 1)
        index.setCompletionPhrases(
            secrets.values.map { CompletionPhrase("zq \($0) refund") } + secrets.values.map { CompletionPhrase($0) }
        )
        let allowed = Set(["audience:agent", "audience:public"].filter { _ in Bool.random(using: &random) })
        let filter = SearchFilter([.anyOf(Array(allowed)), .noneOf(["audience:lead"])])
        func isVisible(_ key: String) -> Bool {
            !allowed.isDisjoint(with: labels[key] ?? []) && !(labels[key] ?? []).contains("audience:lead")
        }
        for (key, secret) in secrets where !isVisible(key) {
            var misspelt = Array(secret)
            misspelt.swapAt(4, 5)
            for text in [secret, String(misspelt), "\(secret)s refund", String(secret.dropLast(3)), "\"\(secret)\""] {
                let results = index.search(SearchQuery(text, locale: "en", filter: filter, prefix: true, explain: true))
                #expect(results.hits.allSatisfy { isVisible($0.key) })
                #expect(!results.corrections.contains { $0.to.contains(secret) })
                #expect(!results.hits.contains { $0.matched.contains { $0.contains(secret) } })
                #expect(
                    !index.complete(text, limit: 50, filter: filter).contains {
                        $0.text.contains(secret) && !text.contains(secret)
                    }
                )
            }
            #expect(!index.complete("zq", limit: 100, filter: filter).contains { $0.text.contains(secret) })
        }
        for (key, secret) in secrets where isVisible(key) {
            #expect(index.search(SearchQuery(secret, locale: "en", filter: filter)).hits.first?.key == key)
        }
    }

    @Test func completionsComeFromPhrasesTitlesKeywordsAndWords() {
        let index = SearchIndex()
        index.apply(
            [
                .upsert(
                    SearchDocument(
                        key: "a",
                        locale: "en",
                        title: "Refund policy",
                        keywords: "refund by bank transfer, money",
                        body: "Refinance hidden"
                    )
                ),
                .upsert(SearchDocument(key: "b", locale: "en", title: "How refunds work", body: "x")),
            ],
            sequence: 1
        )
        index.setCompletionPhrases([
            CompletionPhrase("refund money", weight: 2), CompletionPhrase("refunded twice"), CompletionPhrase("rent"),
        ])
        let texts = index.complete("ref", locale: "en").map(\.text)
        #expect(
            texts == [
                "refund money", "Refund policy", "refund by bank transfer", "refund", "refunds", "How refunds work",
            ]
        )
        #expect(index.complete("refund b", locale: "en").map(\.text).first == "refund by bank transfer")
        #expect(index.complete("", locale: "en").isEmpty)
        #expect(index.complete("ref", limit: 2, locale: "en").count == 2)
    }
}
