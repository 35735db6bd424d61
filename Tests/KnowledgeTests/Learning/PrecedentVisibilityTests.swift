import Access
import Knowledge
import Testing
import Vocabulary

/// Nobody learns of an article that they may not see, nor of what is done by people who see more.
@Suite struct PrecedentVisibilityTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private struct Use {
        let article: Int
        let words: String
        let user: Principal
    }

    private static let phrases = [
        "late parcel", "overdue box", "refund parcel", "money late", "invoice", "late invoice",
    ]
    private static let audiences: [ArticleAudience] = [.agent, .agent, .supervisor, .knowledgeManager]
    private static let restrictions = ["", "", "restrict=\"team:vip\""]
    private static let roles: [Set<Role>] = [[.agent], [.agent], [.supervisor], [.knowledgeManager], [.auditor]]

    private static func articles(_ random: inout Generator) -> [(audience: ArticleAudience, xml: String)] {
        (0..<24).map { number in
            let audience = audiences.randomElement(using: &random) ?? .agent
            let restriction = restrictions.randomElement(using: &random) ?? ""
            let title = phrases.randomElement(using: &random) ?? ""
            return (
                audience, article("a\(number)", title, "Text.", "audience=\"\(audience.rawValue)\" \(restriction)")
            )
        }
    }

    /// Whatever was used by whomever: what a caller finds is what it would be if only those uses were recorded that the
    /// caller may know of.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `what a caller may not see has no influence on what the caller finds`(seed: UInt64) async throws {
        var random = Generator(state: seed)
        let articles = Self.articles(&random)
        let uses = (0..<150).map { _ in
            Use(
                article: Int.random(in: 0..<articles.count, using: &random),
                words: Self.phrases.randomElement(using: &random) ?? "",
                user: Principal(
                    subject: "u\(Int.random(in: 0..<6, using: &random))",
                    roles: Self.roles.randomElement(using: &random) ?? []
                )
            )
        }
        let all = try await desk(articles.map(\.xml), uses)
        var lifted = 0
        for (roles, team) in [([.agent], nil), ([.agent], "vip"), ([.supervisor], nil), ([.auditor], "vip")]
            as [(Set<Role>, String?)]
        {
            let attributes: [String: AttributeValue] = team.map { ["team": .one($0)] } ?? [:]
            let caller = Principal(subject: "caller", roles: roles, attributes: attributes)
            let visibility = ArticleVisibility(of: caller)
            let visible = uses.filter { use in
                let isSeen = visibility.audiences.contains(articles[use.article].audience)
                let isMet = team == "vip" || !articles[use.article].xml.contains("restrict")
                let audience = ArticleAudience.allCases.last { ArticleVisibility(of: use.user).audiences.contains($0) }
                return isSeen && isMet && audience.map(visibility.audiences.contains) == true
            }
            let own = try await desk(articles.map(\.xml), visible)
            for words in Self.phrases + ["tardy delivery", "cash"] {
                for mode in [SearchMode.hybrid, .meaning] {
                    let query = KnowledgeQuery(text: words, limit: 100, mode: mode)
                    let found = try all.index.search(query, visibility: visibility, now: all.now).hits
                    let expected = try own.index.search(query, visibility: visibility, now: own.now).hits
                    #expect(found == expected)
                    lifted += found.count { $0.use != nil }
                }
                let near = try await all.index.neighbours(
                    of: words,
                    limit: 100,
                    locale: "en",
                    visibility: visibility,
                    now: all.now
                )
                let expected = try await own.index.neighbours(
                    of: words,
                    limit: 100,
                    locale: "en",
                    visibility: visibility,
                    now: own.now
                )
                #expect(Set(near) == Set(expected))
            }
        }
        #expect(lifted > 0, "the test would see nothing otherwise")
    }

    private func desk(_ articles: [String], _ uses: [Use]) async throws -> MeaningDesk {
        let desk = try MeaningDesk()
        try await desk.publish(articles.joined())
        for use in uses { try await desk.note("a\(use.article)", after: use.words, by: use.user) }
        try await desk.learn()
        return desk
    }
}
