import Foundation
import FrontlineProtocol
import FrontlineService
import ModelSupply
import SampleModels
import Sentiment
import Testing
import Vocabulary

/// The measure of unmet needs on the wire, with a small encoder and heads that look at the figures alone.
@Suite struct UnmetTests {
    private let desk: Desk
    private let encoder: NamedEncoder

    init() throws {
        let folder = TemporaryFolder()
        try SyntheticModel().write(to: folder, at: "tiny")
        encoder = try StoredModel(at: folder.url.appendingPathComponent("tiny").path).open()
        desk = try Desk()
    }

    /// Heads for any encoder: a constant, asking again, and an answer.
    private static func heads(_ dimension: Int) -> SentimentHeads {
        var figures = [Float](repeating: 0, count: TurnInContext.figureCount)
        (figures[0], figures[2], figures[3]) = (-8, 6, 4)
        return SentimentHeads(
            encoder: "",
            dimension: dimension,
            ratingWeights: Array(repeating: 0, count: dimension) + [-3],
            blend: .init(words: 0, lexicon: 0, meaning: 1),
            unmetWeights: Array(repeating: 0, count: 2 * dimension) + figures
        )
    }

    /// A server over the desk's folder, as after a start.
    private func server(heads: Bool = true, encoder: Bool = true) throws -> InProcessServer {
        let dimension = self.encoder.dimensions
        return try InProcessServer(
            desk.folder,
            encoder: encoder ? self.encoder : nil,
            heads: { locale, _ in heads && locale.hasPrefix("en") ? Self.heads(dimension) : nil }
        )
    }

    private func connect(_ server: InProcessServer) async throws -> InProcessServer.Connection {
        let connection = server.connect()
        _ = try await connection.call(SessionAuthenticate.self, .init(token: try await desk.token("anna", [.agent])))
        return connection
    }

    private func say(
        _ text: String,
        by speaker: Speaker = .customer,
        in id: String = "c",
        turn: String? = nil,
        replaces: String? = nil,
        locale: String? = nil,
        _ anna: InProcessServer.Connection
    ) async throws -> ConversationObserve.Result {
        try await anna.call(
            ConversationObserve.self,
            .init(
                conversationId: id,
                speaker: speaker,
                text: text,
                turnId: turn,
                replaces: replaces,
                locale: locale
            )
        )
    }

    private func open(_ anna: InProcessServer.Connection, _ id: String = "c") async throws {
        _ = try await anna.call(ConversationOpen.self, .init(conversationId: id, channel: "chat"))
    }

    @Test func `asking again after an answer raises mood.unmet, and conversation.get shows it`() async throws {
        let anna = try await connect(server())
        try await open(anna)
        let first = try #require(try await say("where is my parcel", anna).mood.unmet)
        let answered = try await say("Parcels take three days.", by: .agent, anna)
        let again = try #require(try await say("where is my parcel", anna).mood.unmet)
        #expect(first < 0.05 && again > 0.4 && again <= 0.6)
        // What the agent says is not measured and leaves it as it was.
        #expect(answered.mood.unmet == first)
        let shown = try await anna.call(ConversationGet.self, .init(conversationId: "c"))
        #expect(shown.mood.unmet == again)
    }

    @Test func `a server that starts anew measures the same`() async throws {
        let (one, other) = (try await connect(server()), try await connect(server()))
        for id in ["c", "d"] { try await open(one, id) }
        for id in ["c", "d"] {
            _ = try await say("where is my parcel", in: id, one)
            _ = try await say("Parcels take three days.", by: .agent, in: id, one)
        }
        let kept = try await say("and where is the parcel now", in: "c", one).mood
        let read = try await say("and where is the parcel now", in: "d", other).mood
        #expect(kept.unmet != nil && kept == read)
    }

    @Test func `the sentiment is the blend, and sentiment.score gives the same`() async throws {
        let anna = try await connect(server())
        try await open(anna)
        let turn = try await say("I am at home on Monday", anna)
        #expect((turn.sentiment.score ?? 0) < -0.3)
        let alone = try await anna.call("sentiment.score", ["text": "I am at home on Monday"])
        #expect(alone["score"]?.double == turn.sentiment.score && alone["status"] == "scored")
    }

    @Test func `a replaced turn is measured by what came before it`() async throws {
        let anna = try await connect(server())
        for id in ["c", "d"] { try await open(anna, id) }
        for id in ["c", "d"] {
            _ = try await say("where is my parcel", in: id, turn: "t1", anna)
            _ = try await say("Parcels take three days.", by: .agent, in: id, turn: "t2", anna)
        }
        _ = try await say("is it raining", in: "c", turn: "t3", anna)
        let replaced = try await say("where is my parcel", in: "c", turn: "t3", replaces: "t3", anna)
        let plain = try await say("where is my parcel", in: "d", turn: "t3", anna)
        #expect(plain.mood.unmet != nil && replaced.mood == plain.mood)
    }

    @Test(arguments: [(false, true), (true, false)])
    func `without heads or without an encoder there is no unmet, and the words are scored`(
        heads: Bool,
        encoder: Bool
    ) async throws {
        let anna = try await connect(server(heads: heads, encoder: encoder))
        try await open(anna)
        let turn = try await say("I am at home on Monday", anna)
        #expect(turn.mood.unmet == nil && turn.sentiment.label == .neutral)
    }

    @Test func `a turn in a language without a model is not measured`() async throws {
        let anna = try await connect(server())
        try await open(anna)
        _ = try await say("where is my parcel", anna)
        #expect(try await say("Wo ist mein Paket?", locale: "de", anna).mood.unmet == nil)
    }

    @Test func `server.info says whether meaning counts in the mood`() async throws {
        let told = try await server().connect().call("server.info")["encoder"]
        #expect(told?["mood"] == "ready")
    }
}
