import Access
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

@Suite struct LearningMethodTests {
    private func desk() async throws -> Desk {
        let desk = try Desk()
        try await desk.importArticles(article("a", "Parcel help") + article("b", "Parcel help"))
        return desk
    }

    @Test func `use raises an article within bounds, and one person cannot push it`() async throws {
        let desk = try await desk()
        let reader = try await desk.connection("reader")
        #expect(
            try await reader.call(KnowledgeSearch.self, .init(query: "parcel")).hits.map(\.articleId) == ["a", "b"]
        )
        let eager = try await desk.connection("eager")
        for _ in 0..<50 { _ = try await eager.call(KnowledgeFeedback.self, .init(articleId: "b", verdict: .used)) }
        try await desk.server.catchUp()
        let after = try await reader.call(KnowledgeSearch.self, .init(query: "parcel")).hits
        #expect(after.map(\.articleId) == ["b", "a"])
        #expect(after[0].score / after[1].score < 1.02)
        let listed = try await reader.call(KnowledgeList.self, .init()).articles
        #expect(listed.map(\.uses) == [0, 50])
    }

    @Test func `complaints are collected in one issue until it is resolved, without personal data`() async throws {
        let desk = try await desk()
        for (subject, comment) in [("ann", "call +49 30 1234567"), ("ben", "write to ben@example.org")] {
            let agent = try await desk.connection(subject)
            _ = try await agent.call(KnowledgeFeedback.self, .init(articleId: "a", verdict: .wrong, comment: comment))
        }
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        let issues = try await keeper.call(KnowledgeIssues.self, .init()).issues
        #expect(issues.count == 1 && issues[0].reports == 2 && issues[0].comments.count == 2)
        #expect(
            !issues[0].comments.joined().contains("example.org") && !issues[0].comments.joined().contains("1234567")
        )
        _ = try await keeper.call(KnowledgeResolveIssue.self, .init(issueId: issues[0].issueId, outcome: "mended"))
        #expect(try await keeper.call(KnowledgeIssues.self, .init()).issues.isEmpty)
        #expect(try await keeper.call(KnowledgeIssues.self, .init(status: .resolved)).issues[0].outcome == "mended")
        await #expect(throws: RPCError.self) {
            try await keeper.call(KnowledgeResolveIssue.self, .init(issueId: issues[0].issueId, outcome: "again"))
        }
    }

    @Test func `searches without result or use are grouped by their words`() async throws {
        let desk = try await desk()
        let agent = try await desk.connection()
        for query in ["quokka food", "food for my quokka", "what is quokka food"] {
            _ = try await agent.call(KnowledgeSearch.self, .init(query: query))
        }
        let used = try await agent.call(KnowledgeSearch.self, .init(query: "parcel"))
        _ = try await agent.call(KnowledgeSearch.self, .init(query: "parcel help"))
        _ = try await agent.call(KnowledgeFeedback.self, .init(articleId: "a", queryId: used.queryId, verdict: .used))
        _ = try await agent.call(KnowledgeSearch.self, .init(query: "my card is 4111 1111 1111 1111 zzz"))
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        let gaps = try await keeper.call(KnowledgeGaps.self, .init()).gaps
        #expect(gaps[0].queries == 3 && gaps[0].zeroResults == 3 && gaps[0].terms == ["food", "quokka"])
        #expect(gaps.contains { $0.terms == ["help", "parcel"] && $0.noUse == 1 })
        #expect(!gaps.contains { $0.example.contains("4111") || $0.examples.joined().contains("4111") })
        #expect(gaps[0].people == 1 && gaps.allSatisfy { $0.groupedBy == .words && $0.examples.first == $0.name })
    }

    @Test func `with an encoder gaps and complaints are grouped by meaning, without personal data`() async throws {
        let desk = try Desk(encoder: TinyEncoder.make())
        try await desk.importArticles(article("a", "Parcel help") + article("b", "Parcel help"))
        for subject in ["ann", "ben"] {
            let agent = try await desk.connection(subject)
            _ = try await agent.call(KnowledgeSearch.self, .init(query: "quokka food for 4111 1111 1111 1111"))
            for id in ["a", "b"] {
                let comment = "The form has moved, ask ben@example.org"
                _ = try await agent.call(
                    KnowledgeFeedback.self,
                    .init(articleId: id, verdict: .outdated, comment: comment)
                )
            }
        }
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        let gap = try #require(try await keeper.call(KnowledgeGaps.self, .init()).gaps.first)
        #expect(gap.queries == 2 && gap.people == 2 && gap.groupedBy == .meaning && gap.examples == [gap.name])
        #expect(gap.name.hasPrefix("quokka food") && !gap.name.contains("4111"))
        let issues = try await keeper.call(KnowledgeIssues.self, .init(limit: 1))
        let group = try #require(issues.groups?.first)
        #expect(group.comments == 4 && group.articles == 2 && group.groupedBy == .meaning)
        #expect(group.issueIds.count == 2 && !group.name.contains("example.org"))
        // Only the first page has them.
        let second = try await keeper.call(KnowledgeIssues.self, .init(limit: 1, cursor: issues.nextCursor))
        #expect(second.issues.count == 1 && second.groups == nil)
    }

    @Test func `what is erased with a conversation leaves no gap and no comment in a group`() async throws {
        let desk = try Desk(encoder: TinyEncoder.make())
        try await desk.importArticles(article("a", "Parcel help") + article("b", "Parcel help"))
        try await desk.openContact("c1", customer: ["id": "c-1"])
        let agent = try await desk.connection("anna")
        _ = try await agent.call(KnowledgeSearch.self, .init(query: "quokka food", conversationId: "c1"))
        for id in ["a", "b"] {
            _ = try await agent.call(
                KnowledgeFeedback.self,
                .init(articleId: id, conversationId: "c1", verdict: .wrong, comment: "no quokka in it")
            )
        }
        let admin = try await desk.connection("root", [.admin])
        #expect(try await admin.call(KnowledgeGaps.self, .init()).gaps.count == 1)
        #expect(try await admin.call(KnowledgeIssues.self, .init()).groups?.count == 1)
        _ = try await admin.call(CustomerErase.self, .init(customerId: "c-1", reason: "asked for"))
        #expect(try await admin.call(KnowledgeGaps.self, .init()).gaps.isEmpty)
        #expect(try await admin.call(KnowledgeIssues.self, .init()).groups?.isEmpty == true)
    }

    @Test func `a search without results ranks before many without use`() async throws {
        let desk = try await desk()
        let agent = try await desk.connection()
        for _ in 0..<4 { _ = try await agent.call(KnowledgeSearch.self, .init(query: "parcel")) }
        _ = try await agent.call(KnowledgeSearch.self, .init(query: "quokka"))
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        let gaps = try await keeper.call(KnowledgeGaps.self, .init()).gaps
        #expect(gaps.map(\.terms) == [["quokka"], ["parcel"]])
    }

    @Test func `feedback on an article that the caller may not see is refused`() async throws {
        let desk = try await desk()
        try await desk.importArticles(article("hidden", "Parcel", attributes: "audience=\"supervisor\""))
        let agent = try await desk.connection()
        await #expect(
            performing: {
                _ = try await agent.call(KnowledgeFeedback.self, .init(articleId: "hidden", verdict: .used))
            },
            throws: { ($0 as? RPCError)?.code == 1003 }
        )
    }
}
