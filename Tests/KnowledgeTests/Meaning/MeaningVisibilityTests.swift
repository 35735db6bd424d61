import Access
import Knowledge
import Testing
import Vocabulary

/// Nobody finds by meaning what they may not see, and everybody all that they may.
@Suite struct MeaningVisibilityTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let day: Int64 = 86_400_000_000

    /// An article as it is and its native form; times are days after the start of the test.
    private static func random(_ number: Int, _ start: Int64, _ random: inout Generator) -> (Article, String) {
        var article = Article(id: "a\(number)", title: "Common parcel \(number % 7) word\(number)")
        article.audience = ArticleAudience.allCases.randomElement(using: &random) ?? .agent
        article.status = [.published, .published, .published, .draft, .retired].randomElement(using: &random) ?? .draft
        article.restrict = ["team:vip", "tier:2", "site:galway"].filter { _ in
            Int.random(in: 0..<5, using: &random) == 0
        }
        .compactMap { try? AttributeCondition.parse($0).first }
        if Int.random(in: 0..<4, using: &random) == 0 {
            article.validFrom = start + Int64.random(in: 0..<20, using: &random) * day
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
            article.validUntil = (article.validFrom ?? start) + Int64.random(in: 1..<20, using: &random) * day
        }
        article.tags = ["t", "u"].filter { _ in Bool.random(using: &random) }
        article.sections = [.init(kind: .body, html: "<p>Words of it.</p>", text: "Words of it.")]
        return (article, article.canonicalXML)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `what is found is exactly what may be seen, whatever changes`(seed: UInt64) async throws {
        var random = Generator(state: seed)
        let desk = try MeaningDesk()
        let start = desk.now / Self.day * Self.day
        var articles: [String: Article] = [:]
        for round in 0..<4 {
            var changed: [String] = []
            for number in 0..<80 where round == 0 || Int.random(in: 0..<4, using: &random) == 0 {
                let (article, xml) = Self.random(number, start, &random)
                articles[article.id] = article
                changed.append(xml.replacing(" xmlns=\"urn:frontline:knowledge:1\"", with: ""))
            }
            try await desk.put(changed.joined())
            try await desk.index.catchUp()
            if round == 2 { try desk.reopen() }
            // Before everything is embedded, nothing too much; then nothing too little.
            for isComplete in [false, true] {
                if isComplete { try await desk.embed(threads: 2) }
                for _ in 0..<12 {
                    desk.now = start + Int64.random(in: 0..<40, using: &random) * Self.day / 2
                    try check(articles, desk, isComplete: isComplete, &random)
                }
            }
        }
    }

    private func check(
        _ articles: [String: Article],
        _ desk: MeaningDesk,
        isComplete: Bool,
        _ random: inout Generator
    ) throws {
        let roles: [Set<Role>] = [[.agent], [.supervisor], [.auditor], [.knowledgeManager], [.integration]]
        let attributes: [[String: AttributeValue]] = [
            [:], ["team": .one("vip")], ["team": .many(["vip", "x"]), "tier": .one("2")], ["site": .one("galway")],
        ]
        let principal = Principal(
            subject: "someone",
            roles: roles.randomElement(using: &random) ?? [],
            attributes: attributes.randomElement(using: &random) ?? [:]
        )
        let visibility = ArticleVisibility(of: principal)
        let tags = [[], [], ["t"], ["t", "u"]].randomElement(using: &random) ?? []
        let expected = articles.values.filter { article in
            article.status == .published && article.isInForce(at: desk.now)
                && visibility.includes(article, now: desk.now)
                && tags.allSatisfy(article.tags.contains)
        }
        for mode in [SearchMode.meaning, .hybrid] {
            let query = KnowledgeQuery(text: "common box", tags: tags, limit: 1_000, mode: mode)
            let found = try desk.index.search(query, visibility: visibility, now: desk.now).hits.map(\.id)
            #expect(Set(found).count == found.count)
            #expect(Set(found).isSubset(of: expected.map(\.id)))
            if isComplete || mode == .hybrid { #expect(Set(found) == Set(expected.map(\.id))) }
        }
    }
}
