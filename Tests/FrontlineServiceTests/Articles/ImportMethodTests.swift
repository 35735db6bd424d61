import Access
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

/// Sources, parts and pruning of `knowledge.import`.
@Suite struct ImportMethodTests {
    private static func xml(_ numbers: some Sequence<Int>, title: String = "Title") -> String {
        let articles = numbers.map { article("a\($0)", "\(title) \($0)") }.joined()
        return "<articles xmlns=\"urn:frontline:knowledge:1\">\(articles)</articles>"
    }

    private static func fails(_ code: Int, naming path: String) -> (any Error) -> Bool {
        { error in
            guard let error = error as? RPCError, error.code == code else { return false }
            return "\(error)".contains(path)
        }
    }

    @Test func `another source takes an article over only on request`() async throws {
        let keeper = try await Desk().connection("karl", [.knowledgeManager])
        _ = try await keeper.call(KnowledgeImport.self, .init(xml: Self.xml(0..<2), source: "web"))
        let refused = try await keeper.call(
            KnowledgeImport.self,
            .init(xml: Self.xml(1..<3, title: "New"), source: "desk")
        )
        #expect(refused.created == 1 && refused.failed == 1 && refused.failures[0].record == "a1")
        #expect(refused.failures[0].line == 1 && refused.failures[0].error.contains("“web”"))
        let taken = try await keeper.call(
            KnowledgeImport.self,
            .init(xml: Self.xml(1..<3, title: "New"), source: "desk", adopt: true)
        )
        #expect(taken.updated == 1 && taken.unchanged == 1)
    }

    @Test func `one document prunes its source, or says why not`() async throws {
        let keeper = try await Desk().connection("karl", [.knowledgeManager])
        _ = try await keeper.call(KnowledgeImport.self, .init(xml: Self.xml(0..<30), source: "web"))
        _ = try await keeper.call(KnowledgeImport.self, .init(xml: Self.xml(100..<101), source: "desk"))
        let pruned = try await keeper.call(
            KnowledgeImport.self,
            .init(xml: Self.xml(0..<28), source: "web", prune: true, held: ["a29"])
        )
        #expect(pruned.retired == 1 && pruned.refusal == nil)
        let refused = try await keeper.call(
            KnowledgeImport.self,
            .init(xml: Self.xml(0..<10), source: "web", prune: true)
        )
        #expect(refused.retired == 0 && refused.refusal?.contains("a tenth") == true)
        let forced = try await keeper.call(
            KnowledgeImport.self,
            .init(xml: Self.xml(0..<10), source: "web", prune: true, force: true)
        )
        #expect(forced.retired == 19)
        #expect(try await keeper.call(KnowledgeGet.self, .init(articleId: "a100")).status == .published)
    }

    @Test func `parts are counted together, and a part out of order is refused`() async throws {
        let desk = try Desk()
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        func part(
            _ numbers: Range<Int>,
            _ number: Int,
            prune: Bool = false,
            source: String = "web"
        ) async throws -> ImportReport {
            let params = KnowledgeImport.Params(
                xml: Self.xml(numbers),
                source: source,
                prune: prune,
                importId: "run",
                part: number
            )
            return try await keeper.call(KnowledgeImport.self, params)
        }
        _ = try await part(0..<20, 1)
        _ = try await part(20..<40, 2)
        await #expect(performing: { _ = try await part(0..<1, 4) }, throws: Self.fails(1004, naming: "part"))
        await #expect(
            performing: { _ = try await part(0..<1, 3, source: "desk") },
            throws: Self.fails(1004, naming: "source")
        )
        #expect(try await part(40..<41, 3, prune: true).retired == 0)
        await #expect(performing: { _ = try await part(0..<1, 4) }, throws: Self.fails(1004, naming: "start it again"))
        _ = try await part(0..<20, 1)
        #expect(try await part(20..<39, 2, prune: true).retired == 2)
        _ = try await part(0..<1, 1)
        desk.advance(seconds: 4_000)
        await #expect(performing: { _ = try await part(1..<2, 2) }, throws: Self.fails(1004, naming: "start it again"))
    }

    @Test func `an import id requires a part, and the other way round`() async throws {
        let keeper = try await Desk().connection("karl", [.knowledgeManager])
        for params in [
            KnowledgeImport.Params(xml: Self.xml(0..<1), importId: "run"), .init(xml: Self.xml(0..<1), part: 1),
            .init(xml: Self.xml(0..<1), importId: "run", part: 0),
            .init(xml: Self.xml(0..<1), expectedVersion: 0, prune: true),
        ] {
            await #expect(throws: RPCError.self) { try await keeper.call(KnowledgeImport.self, params) }
        }
    }

    @Test func `asked phrases are stored, found and returned`() async throws {
        let desk = try Desk()
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        let xml = """
            <article xmlns="urn:frontline:knowledge:1" id="g"><title>Grievances</title><keywords><keyword>k</keyword></keywords>
            <asked>I want to  complain</asked><asked>who can I complain to</asked><asked>I want to complain</asked></article>
            """
        _ = try await keeper.call(KnowledgeImport.self, .init(xml: xml))
        let agent = try await desk.connection()
        let read = try await agent.call(KnowledgeGet.self, .init(articleId: "g"))
        #expect(read.asked == ["I want to complain", "who can I complain to"])
        #expect(try await agent.call(KnowledgeSearch.self, .init(query: "complain")).hits.map(\.articleId) == ["g"])
    }

    @Test func `publishing accepts a note, and a list shows dates`() async throws {
        let desk = try Desk()
        let attributes = "status=\"draft\" valid-from=\"2026-01-01\" valid-until=\"2090-01-01\""
        try await desk.importArticles(article("a", "One", attributes: attributes))
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        _ = try await keeper.call(KnowledgePublish.self, .init(articleId: "a", note: "read by legal"))
        let versions = try await keeper.call(KnowledgeHistory.self, .init(articleId: "a")).versions
        #expect(versions[0].note == "read by legal")
        let listed = try await keeper.call(
            KnowledgeList.self,
            .init(expiringBefore: Timestamp(microseconds: 4_000_000_000_000_000))
        )
        #expect(listed.articles[0].validFrom != nil && listed.articles[0].validUntil != nil)
    }
}
