import Access
import AuditTrail
import Foundation
import Knowledge
import Storage
import TestStores
import Testing
import Versioning
import Vocabulary

@Suite struct ImportCommitTests {
    private let store: Store
    private let knowledge: KnowledgeBase

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("knowledge-\(UUID().uuidString)")
        let migrations = AuditLog.migrations + VersionChain.migrations + KnowledgeBase.migrations
        store = try Store(testing: folder, migrations: migrations)
        knowledge = KnowledgeBase(store: store)
    }

    private func document(_ ids: [String], name: String = "a.xml", end: String = "</articles>") -> ImportDocument {
        let records = ids.map { "<article id=\"\($0)\"><title>Title of \($0)</title></article>\n" }.joined()
        return ImportDocument(
            bytes: Array("<articles xmlns=\"urn:frontline:knowledge:1\">\n\(records)\(end)".utf8),
            name: name
        )
    }

    private func run(
        _ documents: [ImportDocument],
        prune: Bool = false,
        force: Bool = false
    ) async throws -> ImportSummary {
        var request = ArticleImport(documents: documents, source: "web")
        request.prunes = prune
        request.isForced = force
        return try await knowledge.importArticles(request, by: "test", now: 1)
    }

    private func statuses() async throws -> [String: ArticleStatus] {
        let keeper = ArticleVisibility(of: Principal(subject: "k", roles: [.knowledgeManager]))
        let found = try await knowledge.list(ArticleFilter(limit: 100), visibility: keeper, now: 1).articles
        return Dictionary(uniqueKeysWithValues: found.map { ($0.key.id, $0.status) })
    }

    @Test func `many batches are written in order and counted once`() async throws {
        let ids = (0..<1_700).map { "a\($0)" }
        let summary = try await run([document(ids)])
        #expect(summary.read == 1_700 && summary.created == 1_700)
        #expect(try await run([document(ids)]).unchanged == 1_700)
        #expect(try store.readNow { try AuditLog.verify(in: $0) }.entries == 1_700)
    }

    @Test func `a second record with the same id is reported and the first is kept`() async throws {
        let summary = try await run([document(["a"]), document(["a", "b"], name: "b.xml")])
        #expect(summary.created == 2 && summary.failed == 1 && summary.failures[0].file == "b.xml")
    }

    @Test func `pruning retires missing articles and keeps articles whose records failed`() async throws {
        let ids = (0..<30).map { "a\($0)" }
        _ = try await run([document(ids)])
        let bad = "<article id=\"a29\" status=\"odd\"><title>x</title></article></articles>"
        let summary = try await run([document(Array(ids[..<28]), end: bad)], prune: true)
        #expect(summary.retired == 1 && summary.failed == 1)
        let statuses = try await statuses()
        #expect(statuses["a28"] == .retired && statuses["a29"] == .published)
    }

    @Test func `pruning is refused above a tenth and after a document that broke off, unless forced`() async throws {
        let ids = (0..<30).map { "a\($0)" }
        _ = try await run([document(ids)])
        for documents in [[document(Array(ids[..<20]))], [document(ids, end: "")]] {
            let summary = try await run(documents, prune: true)
            #expect(summary.refusal != nil && summary.retired == 0)
        }
        #expect(try await run([document(Array(ids[..<20]))], prune: true, force: true).retired == 10)
    }

    @Test func `an article missing from a source is published again when it reappears`() async throws {
        let ids = (0..<30).map { "a\($0)" }
        _ = try await run([document(ids)])
        _ = try await run([document(Array(ids[..<29]))], prune: true)
        #expect(try await run([document(ids)], prune: true).updated == 1)
        #expect(try await statuses()["a29"] == .published)
    }
}
