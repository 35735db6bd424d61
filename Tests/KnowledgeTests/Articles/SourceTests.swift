import Access
import AuditTrail
import Foundation
import Knowledge
import Storage
import TestStores
import Testing
import Versioning
import Vocabulary

@Suite struct SourceTests {
    private let knowledge: KnowledgeBase

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sources-\(UUID().uuidString)")
        let migrations = AuditLog.migrations + VersionChain.migrations + KnowledgeBase.migrations
        knowledge = KnowledgeBase(store: try Store(testing: folder, migrations: migrations))
    }

    private func run(
        _ articles: String,
        from source: String,
        _ adjust: (inout ArticleImport) -> Void = { _ in }
    ) async throws -> ImportSummary {
        let xml = "<articles xmlns=\"urn:frontline:knowledge:1\">\n\(articles)</articles>"
        var request = ArticleImport(documents: [ImportDocument(bytes: Array(xml.utf8), name: "a.xml")], source: source)
        adjust(&request)
        return try await knowledge.importArticles(request, by: "test", now: 1)
    }

    private func article(_ id: String, _ title: String, _ attributes: String = "") -> String {
        "<article id=\"\(id)\" \(attributes)><title>\(title)</title></article>\n"
    }

    private func stored(_ id: String, version: Int64? = nil) async throws -> Article {
        let keeper = ArticleVisibility(of: Principal(subject: "k", roles: [.knowledgeManager]))
        return try await knowledge.article(id, version: version, locales: ["en"], visibility: keeper, now: 1).article
    }

    private func restore(_ id: String, version: Int64) async throws {
        let key = ArticleKey(id: id, locale: "en")
        _ = try await knowledge.restore(key, version: version, reason: "better", by: "test", now: 2)
    }

    @Test(arguments: [false, true])
    func `a record of another source fails and changes nothing`(isDryRun: Bool) async throws {
        _ = try await run(article("a", "Web"), from: "web")
        let summary = try await run(article("b", "Desk") + article("a", "Desk"), from: "desk") {
            $0.isDryRun = isDryRun
        }
        #expect(summary.created == 1 && summary.updated == 0 && summary.failed == 1)
        let failure = try #require(summary.failures.first)
        #expect(failure.record == "a" && failure.file == "a.xml" && failure.line == 3)
        #expect(failure.error.code == .source && failure.error.message.contains("“web”"))
        #expect(try await stored("a").title == "Web")
        #expect(try await stored("a").source == "web")
    }

    @Test func `the same content from another source collides too`() async throws {
        _ = try await run(article("a", "Same"), from: "web")
        #expect(try await run(article("a", "Same"), from: "desk").failed == 1)
        #expect(try await stored("a").source == "web")
    }

    @Test func `an article is taken over on request`() async throws {
        _ = try await run(article("a", "Web"), from: "web")
        let summary = try await run(article("a", "Desk"), from: "desk") { $0.adopts = true }
        #expect(summary.updated == 1 && summary.failed == 0)
        #expect(try await stored("a").source == "desk")
        #expect(try await stored("a", version: 1).source == "web")
    }

    @Test func `a restored version belongs to its own source again, and pruning follows that`() async throws {
        _ = try await run(article("a", "Web") + article("w", "Web"), from: "web")
        let rest = (0..<20).map { article("d\($0)", "Desk") }.joined()
        _ = try await run(article("a", "Desk") + rest, from: "desk") { $0.adopts = true }
        try await restore("a", version: 1)
        #expect(try await stored("a").source == "web")
        #expect(try await stored("a", version: 2).source == "desk")
        _ = try await run(rest, from: "desk") { $0.prunes = true }
        #expect(try await stored("a").status == .published)
        let pruned = try await run(article("w", "Web"), from: "web") { ($0.prunes, $0.isForced) = (true, true) }
        #expect(pruned.retired == 1)
        #expect(try await stored("a").status == .retired)
        #expect(try await stored("a").source == "web")
    }

    @Test func `adopting the same content and restoring both sources in turn keeps each version's source`() async throws
    {
        _ = try await run(article("a", "One"), from: "web")
        _ = try await run(article("a", "Two"), from: "web")
        _ = try await run(article("a", "Two"), from: "desk") { $0.adopts = true }
        #expect(try await stored("a").source == "desk")
        try await restore("a", version: 1)
        #expect(try await stored("a").source == "web")
        try await restore("a", version: 2)
        #expect(try await stored("a").source == "desk")
        #expect(try await stored("a", version: 1).source == "web")
    }

    @Test(arguments: [
        ("restrict=\"team:vip\"", "", ArticleError.Code.restrict),
        ("restrict=\"team:vip site:galway\"", "restrict=\"site:galway\"", .restrict),
        ("restrict=\"team:vip\"", "restrict=\"team:fraud\"", .restrict),
        ("audience=\"supervisor\"", "", .audience),
        ("audience=\"knowledge_manager\"", "audience=\"supervisor\"", .audience),
    ])
    func `a record of another source never widens access to an article`(
        old: String,
        new: String,
        code: ArticleError.Code
    ) async throws {
        _ = try await run(article("a", "Web", old), from: "web")
        let before = try await stored("a")
        let summary = try await run(article("a", "Desk", new), from: "desk") { $0.adopts = true }
        #expect(summary.failures.map(\.error.code) == [code])
        #expect(try await stored("a") == before)
        // Its own source may open it.
        #expect(try await run(article("a", "Web", new), from: "web").updated == 1)
    }

    @Test func `a record of another source may narrow access to an article`() async throws {
        _ = try await run(article("a", "Web", "restrict=\"team:vip\""), from: "web")
        let closed = article("a", "Desk", "restrict=\"team:vip site:galway\" audience=\"supervisor\"")
        #expect(try await run(closed, from: "desk") { $0.adopts = true }.updated == 1)
    }

    @Test func `the name of a source that is an address omits the password`() async throws {
        let summary = try await run(article("a", "Web"), from: "https://user:secret@host/feed")
        #expect(summary.created == 1)
        #expect(try await stored("a").source == "https://host/feed")
    }

    @Test func `an unpublished article lists its dates`() async throws {
        _ = try await run(
            article("a", "Web", "valid-from=\"2026-01-01\" valid-until=\"2027-01-01\""),
            from: "web"
        )
        let keeper = ArticleVisibility(of: Principal(subject: "k", roles: [.knowledgeManager]))
        let filter = ArticleFilter(expiringBefore: ArticleTime.parse("2028-01-01"))
        let listed = try #require(try await knowledge.list(filter, visibility: keeper, now: 1).articles.first)
        #expect(listed.validFrom == ArticleTime.parse("2026-01-01"))
        #expect(listed.validUntil == ArticleTime.parse("2027-01-01"))
    }
}
