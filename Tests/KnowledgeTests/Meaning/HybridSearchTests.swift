import Access
import Knowledge
import Testing
import TextSearch
import Vocabulary

/// Search by words and meaning together.
@Suite struct HybridSearchTests {
    private static func desk() async throws -> MeaningDesk {
        let desk = try MeaningDesk()
        let articles = (0..<60).map { number in
            article(
                "a\(number)",
                ["Late parcel", "Refund", "Invoice", "Router"][number % 4] + " \(number)",
                "Text about parcel and refund number\(number). Code E\(4_000 + number) applies here."
            )
        }
        try await desk.publish(articles.joined())
        return desk
    }

    @Test(arguments: [SearchMode.hybrid, .meaning, .words], [1, 7, 20])
    func `pages follow each other as one list, without gaps or repetitions`(mode: SearchMode, size: Int) async throws {
        let desk = try await Self.desk()
        let all = try desk.found("late parcel refund", mode, limit: 100).map(\.id)
        #expect(all.count > 40)
        var pages: [String] = []
        while true {
            let page = try desk.found("late parcel refund", mode, limit: size, offset: pages.count).map(\.id)
            if page.isEmpty { break }
            pages += page
        }
        #expect(pages == all)
    }

    @Test(arguments: [true, false])
    func `a word that the model knows is encoded as it was written, whatever the articles contain`(
        isKnown: Bool
    ) async throws {
        let small = SmallEncoder(known: isKnown ? ["meant"] : [])
        let desk = try MeaningDesk(small)
        try await desk.publish((0..<4).map { article("m\($0)", "A mean value \($0)") }.joined())
        let query = KnowledgeQuery(text: "meant for value", locale: "en")
        let visibility = ArticleVisibility(of: Principal(subject: "someone", roles: [.agent]))
        let results = try desk.index.search(query, visibility: visibility, now: desk.now)
        #expect(results.corrections.map(\.to) == ["mean"])
        #expect(small.asked == [isKnown ? "meant for value" : "mean for value"])
    }

    @Test func `a phrase in quotes is only found where it stands`() async throws {
        let desk = try await Self.desk()
        for mode in [SearchMode.hybrid, .meaning] {
            #expect(try desk.found("\"number13\" box", mode).map(\.id) == ["a13"])
            #expect(try desk.found("\"refund and parcel\" box", mode).isEmpty)
        }
    }

    @Test func `the article with the code of the query comes first`() async throws {
        let desk = try await Self.desk()
        for number in [3, 41] {
            #expect(try desk.found("tardy package E\(4_000 + number)").first?.id == "a\(number)")
        }
    }

    @Test func `an article without any of the words is a hit when its meaning is near, with its passage`() async throws
    {
        let desk = try await Self.desk()
        #expect(try desk.found("tardy package", .words).isEmpty)
        let hits = try desk.found("tardy package")
        #expect(hits.allSatisfy { $0.hit.title.text.hasPrefix("Late parcel") && $0.hit.matched.isEmpty })
        #expect(hits.allSatisfy { $0.passage?.hasPrefix("Late parcel") == true && !$0.hit.snippet.text.isEmpty })
        #expect(try desk.found("zebra").isEmpty)
    }

    @Test func `the snippet is of the passage when its meaning counts for more`() async throws {
        let desk = try MeaningDesk()
        let filling = (0..<40)
            .map { number in (0..<8).map { "filler\(number)x\($0)" }.joined(separator: " ") + "." }
            .joined(separator: " ")
        try await desk.publish(article("a", "Guide", "\(filling) An overdue box arrives with cash inside. \(filling)"))
        let hit = try #require(try desk.found("tardy package arrives with money", .meaning).first)
        #expect(hit.passage?.contains("An overdue box arrives") == true)
        #expect(hit.hit.snippet.text.contains("arrives"))
    }

    @Test func `scores fall from hit to hit, and their shares add up`() async throws {
        let desk = try await Self.desk()
        let hits = try desk.found("late parcel number17 E4002", limit: 100)
        #expect(zip(hits, hits.dropFirst()).allSatisfy { $0.hit.score >= $1.hit.score })
        for hit in hits {
            let shares = try #require(hit.shares)
            #expect(abs(shares.words + shares.meaning + shares.use - hit.hit.score) < 1e-9)
        }
    }

    @Test func `words alone answer as they do without a model`() async throws {
        let desk = try await Self.desk()
        let plain = try KnowledgeIndex(store: desk.store, savedPath: nil)
        let visibility = ArticleVisibility(of: Principal(subject: "a", roles: [.agent]))
        for query in [
            KnowledgeQuery(text: "late refund", mode: .words), KnowledgeQuery(text: "late ref", prefix: true),
        ] {
            let expected = try plain.search(query, visibility: visibility, now: desk.now)
            #expect(try desk.index.search(query, visibility: visibility, now: desk.now) == expected)
            #expect(expected.hits.first?.similarity == nil && expected.hits.first?.passage == nil)
        }
        #expect(throws: KnowledgeError.self) {
            try plain.search(KnowledgeQuery(text: "late", mode: .meaning), visibility: visibility, now: desk.now)
        }
        let hybrid = KnowledgeQuery(text: "late", mode: .hybrid)
        #expect(try plain.search(hybrid, visibility: visibility, now: desk.now).hits.count == 10)
    }

    @Test func `who asks in a language that the model does not understand is answered by words`() async throws {
        let desk = try await Self.desk()
        try await desk.publish(article("d", "Paket", "Wo ist mein Paket?", "locale=\"de\""))
        #expect(try desk.found("paket", locale: "de").map(\.id) == ["d"])
        #expect(try desk.found("tardy package", locale: "de").isEmpty)
        #expect(try desk.found("paket", locale: "en").first?.hit.locale == "de", "another language as the last resort")
        #expect(throws: KnowledgeError.self) { try desk.found("paket", .meaning, locale: "de") }
    }

    @Test func `any text is a valid query`() async throws {
        let desk = try await Self.desk()
        for text in ["", " ", "\"", "\u{0}", String(repeating: "parcel ", count: 20_000), "😀", "a"] {
            for mode in SearchMode.allCases { _ = try desk.found(text, mode, limit: 1_000, offset: 10_000) }
        }
    }
}
