import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import ModelSupply
import SampleModels
import Testing
import Vocabulary

/// A small model with random weights: equal texts have equal vectors, and others any.
enum TinyEncoder {
    static func make() throws -> NamedEncoder {
        let folder = TemporaryFolder()
        try SyntheticModel().write(to: folder, at: "tiny")
        return try StoredModel(at: folder.url.appendingPathComponent("tiny").path).open()
    }
}

/// Search by meaning, as clients see it.
@Suite struct MeaningMethodTests {
    private static let articles = """
        <article id="late"><title>Late parcel</title><keywords><keyword>delay</keyword></keywords>\
        <asked>where is my order</asked><section kind="body"><p>We refund it.</p></section></article>\
        <article id="other"><title>Invoice</title><section kind="body"><p>Sent by mail.</p></section></article>
        """

    @Test func `a hit says how near which passage is, and what words and meaning add`() async throws {
        let desk = try Desk(encoder: TinyEncoder.make())
        try await desk.importArticles(Self.articles)
        try await desk.server.embed()
        let agent = try await desk.connection()
        let found = try await agent.call(KnowledgeSearch.self, .init(query: "where is my order", explain: true))
        let hit = try #require(found.hits.first)
        #expect(hit.articleId == "late" && hit.passage == "where is my order")
        #expect(try #require(hit.similarity) > 0.95)
        let explanation = try #require(hit.explanation).split(separator: "\n")
        #expect(explanation.first?.hasPrefix("words ") == true && explanation.last?.hasPrefix("meaning ") == true)
        let byWords = try await agent.call(KnowledgeSearch.self, .init(query: "where is my order", mode: .words))
        #expect(byWords.hits.map(\.articleId) == ["late"])
        #expect(byWords.hits.first?.similarity == nil && byWords.hits.first?.passage == nil)
        let byMeaning = try await agent.call(KnowledgeSearch.self, .init(query: "delay", mode: .meaning))
        #expect(byMeaning.hits.first?.passage == "delay")
    }

    @Test func `the server says how many passages are embedded`() async throws {
        let desk = try Desk(encoder: TinyEncoder.make())
        try await desk.importArticles(Self.articles)
        let waiting = try await desk.server.connect().call(ServerInfo.self, NoParams()).encoder
        #expect(waiting?.state == .embedding && waiting?.embedded == 0)
        try await desk.server.embed()
        let ready = try await desk.server.connect().call(ServerInfo.self, NoParams()).encoder
        #expect(ready?.state == .ready && ready?.passages == 6 && ready?.embedded == 6)
    }

    @Test func `without an encoder, hybrid goes by words and meaning is unavailable`() async throws {
        let desk = try Desk()
        try await desk.importArticles(Self.articles)
        let agent = try await desk.connection()
        let hybrid = try await agent.call(KnowledgeSearch.self, .init(query: "parcel", mode: .hybrid))
        #expect(hybrid.hits.map(\.articleId) == ["late"])
        for (mode, code) in [("meaning", 1007), ("sense", -32602)] {
            await #expect {
                _ = try await agent.call("knowledge.search", ["query": "parcel", "mode": .string(mode)])
            } throws: { ($0 as? RPCError)?.code == code }
        }
    }
}
