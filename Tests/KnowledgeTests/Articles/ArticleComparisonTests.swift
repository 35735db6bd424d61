import Access
import AuditTrail
import Foundation
import Knowledge
import Storage
import TestStores
import Testing
import Versioning
import Vocabulary

@Suite struct ArticleComparisonTests {
    private let base: KnowledgeBase
    private static let everything = ArticleVisibility(of: Principal(subject: "karl", roles: [.knowledgeManager]))

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("compare-\(UUID().uuidString)")
        let migrations = AuditLog.migrations + VersionChain.migrations + KnowledgeBase.migrations
        base = KnowledgeBase(store: try Store(testing: folder, migrations: migrations))
    }

    private func take(_ xml: String, leavingPublished: Bool = false) async throws -> ImportSummary {
        let text = "<articles xmlns=\"urn:frontline:knowledge:1\">\(xml)</articles>"
        var request = ArticleImport(documents: [ImportDocument(bytes: Array(text.utf8), name: "a.xml")])
        request.leavesPublished = leavingPublished
        return try await base.importArticles(request, by: "karl", now: 1)
    }

    private func changes(_ old: String, _ new: String) async throws -> [String] {
        _ = try await take(old)
        _ = try await take(new)
        return try await base.compare(.init(id: "a", locale: "en"), from: 1, to: 2, visibility: Self.everything, now: 2)
            .map { "\($0.section) \($0.kind): \($0.text)" }
    }

    private func article(_ title: String, _ sections: String, attributes: String = "", tags: String = "") -> String {
        "<article id=\"a\" \(attributes)><title>\(title)</title>\(tags)\(sections)</article>"
    }

    @Test func `metadata and lists are compared first`() async throws {
        let found = try await changes(
            article("Late", "<section kind=\"body\"><p>x</p></section>", tags: "<tags><tag>old</tag></tags>"),
            article(
                "Later",
                "<section kind=\"body\"><p>x</p></section>",
                attributes: "audience=\"supervisor\"",
                tags: "<tags><tag>new</tag></tags>"
            )
        )
        #expect(
            found == [
                "title changed: “Late” became “Later”", "audience changed: “agent” became “supervisor”",
                "tags removed: “old”", "tags added: “new”",
            ]
        )
    }

    @Test func `only the words around a change are quoted from a changed line`() async throws {
        let before = "<p>one two three four five six seven ten days eight nine</p><p>same</p><p>gone</p>"
        let after = "<p>one two three four five six seven twelve days eight nine</p><p>same</p>"
        let section = { (text: String) in "<section kind=\"resolution\" title=\"Do\">\(text)</section>" }
        #expect(
            try await changes(article("T", section(before)), article("T", section(after))) == [
                "resolution “Do” changed: “… four five six seven ten days eight nine” became "
                    + "“… four five six seven twelve days eight nine”",
                "resolution “Do” removed: “gone”",
            ]
        )
    }

    @Test func `added, removed, retitled and moved sections are reported`() async throws {
        let sections = { (texts: [(String, String, String)]) in
            texts.map { "<section kind=\"\($0.0)\" title=\"\($0.1)\"><p>\($0.2)</p></section>" }.joined()
        }
        let old = article("T", sections([("issue", "A", "one"), ("cause", "B", "two"), ("body", "C", "three")]))
        let new = article("T", sections([("body", "C", "three"), ("issue", "A2", "one"), ("faq", "D", "four")]))
        #expect(
            try await changes(old, new) == [
                "issue “A2” changed: its title: “A” became “A2”", "faq “D” added: “four”", "cause “B” removed: “two”",
                "sections changed: the sections are in a different order",
            ]
        )
    }

    @Test func `a change of markup only is reported as such`() async throws {
        let found = try await changes(
            article("T", "<section kind=\"body\"><p>now</p></section>"),
            article("T", "<section kind=\"body\"><p><strong>now</strong></p></section>")
        )
        #expect(found == ["body changed: its markup; the words are the same"])
    }

    @Test func `an unknown version is an error that names its argument`() async throws {
        _ = try await take(article("T", "<section kind=\"body\"><p>x</p></section>"))
        let key = ArticleKey(id: "a", locale: "en")
        for (from, to, argument) in [(1, 9, "to"), (9, 1, "from")] as [(Int64, Int64, String)] {
            await #expect(
                performing: {
                    _ = try await base.compare(key, from: from, to: to, visibility: Self.everything, now: 2)
                },
                throws: { ($0 as? KnowledgeError)?.code == .notFound && ($0 as? KnowledgeError)?.argument == argument }
            )
        }
    }

    @Test func `an import that leaves published articles alone does not restore earlier versions`() async throws {
        let versions = (1...2).map { article("T\($0)", "<section kind=\"body\"><p>x</p></section>") }
        _ = try await take(versions[0])
        _ = try await take(versions[1])
        let left = try await take(versions[0], leavingPublished: true)
        #expect(left.unchanged == 1 && left.updated == 0)
        let asked = try await take(versions[0])
        #expect(asked.updated == 1)
        let new = try await take(
            article("T3", "<section kind=\"body\"><p>x</p></section>"),
            leavingPublished: true
        )
        #expect(new.updated == 1)
    }

    @Test func `an unknown id yields the nearest one`() async throws {
        #expect(try await base.standing(of: "anything") == .published)
        _ = try await take(
            """
            <article id="late-refund"><title>T</title><section kind="body"><p>x</p></section></article>
            <article id="draft" status="draft"><title>T</title><section kind="body"><p>x</p></section></article>
            <article id="secret-refund" audience="knowledge_manager"><title>T</title>\
            <section kind="body"><p>x</p></section></article>
            """
        )
        #expect(try await base.standing(of: "late-refund") == .published)
        #expect(try await base.standing(of: "draft") == .unpublished(.draft))
        #expect(try await base.standing(of: "late-refnud") == .unknown(nearest: "late-refund"))
        #expect(try await base.standing(of: "secret-refnd") == .unknown(nearest: nil))
    }
}
