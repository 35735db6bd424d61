import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

/// Learning from the use of articles, as clients see it.
@Suite struct LearningFromUseTests {
    private static let words = "where is my kettle"

    private func desk() async throws -> Desk {
        let desk = try Desk(encoder: TinyEncoder.make())
        try await desk.importArticles(
            article("late", "Late parcel") + article("trace", "Tracing") + article("invoice", "Invoice")
        )
        try await desk.server.embed()
        return desk
    }

    private func neighbours(_ desk: Desk, of text: String = words) async throws -> [KnowledgeNeighbours.Neighbour] {
        try await desk.server.embed()
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        return try await keeper.call(KnowledgeNeighbours.self, .init(text: text)).neighbours
    }

    @Test func `what two agents use after a search lifts the article in the next, which says so`() async throws {
        let desk = try await desk()
        for agent in ["anna", "ben"] {
            let caller = try await desk.connection(agent)
            let found = try await caller.call(KnowledgeSearch.self, .init(query: Self.words, explain: true))
            #expect(found.hits.allSatisfy { $0.explanation?.contains("used") == false })
            _ = try await caller.call(
                KnowledgeFeedback.self,
                .init(articleId: "trace", queryId: found.queryId, verdict: .used)
            )
        }
        let near = try await neighbours(desk)
        #expect(near.map(\.text) == [Self.words] && near.map(\.articleId) == ["trace"])
        #expect(near.map(\.used) == [2] && near.map(\.opened) == [0])
        #expect(try #require(near.first).similarity > 0.99)
        let carl = try await desk.connection("carl")
        let hits = try await carl.call(KnowledgeSearch.self, .init(query: Self.words, explain: true)).hits
        let hit = try #require(hits.first { $0.articleId == "trace" })
        #expect(hit.explanation?.contains("used 2 times after words like these: 0.25") == true)
        #expect(hits.allSatisfy { $0.articleId == "trace" || $0.explanation?.contains("used") == false })
    }

    @Test func `a customer's words count, whether the use is reported of the article or of the suggestion`()
        async throws
    {
        let desk = try await desk()
        for agent in ["anna", "ben"] {
            try await desk.openContact("c-\(agent)", agent: agent)
            try desk.say("Good morning", in: "c-\(agent)", score: nil)
            try desk.say("Where is my kettle? My card is 4111 1111 1111 1111", in: "c-\(agent)", score: nil)
            try desk.say("Yes, please.", in: "c-\(agent)", score: nil)
        }
        let anna = try await desk.connection("anna")
        _ = try await anna.call(
            KnowledgeFeedback.self,
            .init(articleId: "trace", conversationId: "c-anna", verdict: .helpful)
        )
        let ben = try await desk.connection("ben")
        _ = try await ben.call(
            AssistFeedback.self,
            .init(conversationId: "c-ben", articleId: "trace", verdict: .used)
        )
        let near = try await neighbours(desk, of: "Where is my kettle? My card is")
        #expect(near.count == 1 && near[0].used == 2)
        #expect(near[0].text.contains("Where is my kettle?") && !near[0].text.contains("4111"))
    }

    @Test func `a conversation that the caller may not see teaches nothing`() async throws {
        let desk = try await desk()
        try await desk.openContact("c1", agent: "ben")
        try desk.say(Self.words, in: "c1", score: nil)
        let anna = try await desk.connection("anna")
        await #expect(throws: RPCError.self) {
            try await anna.call(
                KnowledgeFeedback.self,
                .init(articleId: "trace", conversationId: "c1", verdict: .used)
            )
        }
        #expect(try await neighbours(desk).isEmpty)
    }

    @Test func `words are exported and erased with the customer`() async throws {
        let desk = try await desk()
        for (id, customer) in [("c1", "kunde-7"), ("c2", "kunde-8")] {
            try await desk.openContact(id, customer: ["id": .string(customer)])
            try desk.say("\(Self.words) of \(id)", in: id, score: nil)
            let anna = try await desk.connection("anna")
            let found = try await anna.call(
                KnowledgeSearch.self,
                .init(query: "kettle of \(id) is missing", conversationId: id)
            )
            let feedback = KnowledgeFeedback.Params(
                articleId: "trace",
                queryId: found.queryId,
                conversationId: id,
                verdict: .used
            )
            _ = try await anna.call(KnowledgeFeedback.self, feedback)
        }
        #expect(try await neighbours(desk).count == 4)
        let auditor = try await desk.connection("ada", [.auditor])
        let data = try await auditor.call(CustomerExport.self, .init(customerId: "kunde-7")).data["precedents"]?.array
        #expect(data?.compactMap { $0["text"]?.string } == ["\(Self.words) of c1", "kettle of c1 is missing"])
        let operations = try await desk.connection("olaf", [.operations])
        let erased = try await operations.call(CustomerErase.self, .init(customerId: "kunde-7", reason: "asked")).erased
        #expect(erased["precedents"] == 2)
        // Before the index follows, too.
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        let left = try await keeper.call(KnowledgeNeighbours.self, .init(text: Self.words)).neighbours
        #expect(left.count == 2 && left.allSatisfy { $0.text.contains("c2") })
        #expect(try await neighbours(desk).count == 2)
    }

    @Test func `words that name an erased customer are deleted, wherever they were said`() async throws {
        let desk = try await desk()
        let anna = try await desk.connection("anna")
        let customer: JSON = ["id": "kunde-7", "name": "Mia Young-Brandt"]
        try await desk.openContact("c1", customer: customer)
        for query in ["kettle of Young-Brandt", "kettle of somebody"] {
            let found = try await anna.call(KnowledgeSearch.self, .init(query: query))
            _ = try await anna.call(
                KnowledgeFeedback.self,
                .init(articleId: "trace", queryId: found.queryId, verdict: .used)
            )
        }
        #expect(try await neighbours(desk).count == 2)
        let operations = try await desk.connection("olaf", [.operations])
        _ = try await operations.call(CustomerErase.self, .init(customerId: "kunde-7", reason: "asked"))
        #expect(try await neighbours(desk).map(\.text) == ["kettle of somebody"])
    }

    @Test func `words from a conversation go with its transcript`() async throws {
        let desk = try await desk()
        let anna = try await desk.connection("anna")
        try await desk.openContact("c1")
        try desk.say(Self.words, in: "c1", score: nil)
        _ = try await anna.call(
            KnowledgeFeedback.self,
            .init(articleId: "trace", conversationId: "c1", verdict: .used)
        )
        #expect(try await neighbours(desk).count == 1)
        desk.advance(seconds: 32 * 86_400)
        #expect(try await desk.server.deleteTranscripts(olderThanDays: 31) == 1)
        #expect(try await neighbours(desk).isEmpty)
    }

    @Test func `without an encoder, feedback teaches nothing and there are no neighbours`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("a", "Parcel"))
        let anna = try await desk.connection("anna")
        let found = try await anna.call(KnowledgeSearch.self, .init(query: "parcel"))
        _ = try await anna.call(
            KnowledgeFeedback.self,
            .init(articleId: "a", queryId: found.queryId, verdict: .used)
        )
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        await #expect {
            _ = try await keeper.call(KnowledgeNeighbours.self, .init(text: "parcel"))
        } throws: { ($0 as? RPCError)?.code == 1007 }
    }

    @Test(arguments: [("", 10), ("parcel", 0), ("parcel", 101)])
    func `a text and a limit have bounds`(text: String, limit: Int) async throws {
        let desk = try await desk()
        let keeper = try await desk.connection("karl", [.knowledgeManager])
        await #expect {
            _ = try await keeper.call(KnowledgeNeighbours.self, .init(text: text, limit: limit))
        } throws: { ($0 as? RPCError)?.code == -32602 }
    }
}
