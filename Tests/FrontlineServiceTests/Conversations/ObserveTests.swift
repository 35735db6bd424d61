import Access
import AuditTrail
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

@Suite struct ObserveTests {
    private static let articles =
        article(
            "battery-safety",
            "Swollen or hot battery: safety first",
            "Tell the customer to switch the device off and to put it outside."
        )
        + article("double-charge", "Customer was charged twice for one order", "Compare the debits, then refund one.")
        + article(
            "lead-only",
            "Swollen battery of a prominent customer",
            "Call the desk.",
            attributes: "audience=\"supervisor\""
        )
        + article("team-only", "Swollen battery at the fair", "Ask the stand.", attributes: "restrict=\"team:fair\"")
        + article("late", "Late parcel: what the customer gets", "The delivery charge back.")
        + article("fridge", "Refrigerator does not cool", "Clean the grille, wait for a day.")

    private func desk() async throws -> Desk {
        let desk = try Desk()
        try await desk.importArticles(Self.articles)
        try await desk.server.catchUp()
        return desk
    }

    @discardableResult
    private func open(
        _ agent: InProcessServer.Connection,
        _ id: String,
        locale: String? = nil
    ) async throws -> String {
        let params = ConversationOpen.Params(conversationId: id, channel: "chat", locale: locale)
        return try await agent.call(ConversationOpen.self, params).conversationId
    }

    private func say(
        _ text: String,
        in id: String,
        _ connection: InProcessServer.Connection,
        turn: String? = nil,
        speaker: Speaker = .customer
    ) async throws -> ConversationObserve.Result {
        try await connection.call(
            ConversationObserve.self,
            .init(conversationId: id, speaker: speaker, text: text, turnId: turn)
        )
    }

    private static func fails(_ code: Int) -> (any Error) -> Bool { { ($0 as? RPCError)?.code == code } }

    @Test("a customer's turn is answered with sentiment, mood, a fitting article and actions")
    func answer() async throws {
        let desk = try await desk()
        let agent = try await desk.connection("anna")
        try await open(agent, "c1")
        let turn = try await say("This is terrible, the battery of my tablet is swollen!", in: "c1", agent)
        #expect(turn.turn == 1)
        #expect(turn.sentiment.status == .scored)
        #expect((turn.sentiment.score ?? 0) < 0)
        #expect(turn.mood.now < 0)
        #expect(turn.suggestions.map(\.articleId) == ["battery-safety"])
        #expect(turn.actions.contains { $0.kind == .openArticle && $0.target?["article_id"] == "battery-safety" })
        #expect(turn.actions.allSatisfy { !$0.because.isEmpty && (0...1).contains($0.score) })
        #expect(turn.actions.count <= 4)
    }

    @Test("a repeated turn returns the first answer and changes nothing; with another text it is a conflict")
    func repetition() async throws {
        let desk = try await desk()
        let agent = try await desk.connection("anna")
        try await open(agent, "c1")
        let first = try await say("The battery is swollen", in: "c1", agent, turn: "t1")
        _ = try await say("I was charged twice", in: "c1", agent, turn: "t2")
        #expect(try await say("The battery is swollen", in: "c1", agent, turn: "t1") == first)
        await #expect(
            performing: { _ = try await say("Something else", in: "c1", agent, turn: "t1") },
            throws: Self.fails(1004)
        )
        let shown = try await agent.call(ConversationGet.self, .init(conversationId: "c1"))
        #expect(shown.turnCount == 2)
    }

    @Test("an article is suggested once in a conversation, and never after it was dismissed")
    func repetitionOfArticles() async throws {
        let desk = try await desk()
        let agent = try await desk.connection("anna")
        for id in ["c1", "c2"] { try await open(agent, id) }
        #expect(try await say("My battery is swollen", in: "c1", agent).suggestions.count == 1)
        #expect(try await say("Yes, the battery is swollen", in: "c1", agent).suggestions.isEmpty)
        #expect(
            try await say("I was charged twice for one order", in: "c1", agent).suggestions.first?.articleId
                == "double-charge"
        )
        let feedback = AssistFeedback.Params(conversationId: "c2", articleId: "battery-safety", verdict: .dismissed)
        _ = try await agent.call(AssistFeedback.self, feedback)
        #expect(try await say("My battery is swollen", in: "c2", agent).suggestions.isEmpty)
    }

    @Test("articles that the agent may not see are not suggested, whoever sends the turn")
    func visibility() async throws {
        let desk = try await desk()
        let text = "The swollen battery of a prominent customer at the fair"
        let agent = try await desk.connection("anna")
        let id = try await open(agent, "c1")
        let machine = try await desk.connection("transcriber", [.integration])
        let supervisor = try await desk.connection("sam", [.supervisor], ["team": .one("*")])
        let root = try await desk.connection("root", [.admin])
        var seen: [String] = []
        for connection in [agent, machine, supervisor, root] {
            seen += try await say(text, in: id, connection).suggestions.map(\.articleId)
        }
        #expect(Set(seen) == ["battery-safety"])
        let insider = try await desk.connection("fay", [.agent], ["team": .one("fair")])
        try await open(insider, "c2")
        let own = try await say(text, in: "c2", insider)
        #expect(own.suggestions.contains { $0.articleId == "team-only" })
        #expect(!own.suggestions.contains { $0.articleId == "lead-only" })
    }

    @Test("turns of other speakers bring no suggestions and no actions")
    func otherSpeakers() async throws {
        let desk = try await desk()
        let agent = try await desk.connection("anna")
        try await open(agent, "c1")
        for speaker in Speaker.allCases where speaker != .customer {
            let turn = try await say("Is the battery swollen?", in: "c1", agent, speaker: speaker)
            #expect(turn.suggestions.isEmpty && turn.actions.isEmpty)
            #expect(turn.mood.now == 0)
        }
    }

    @Test("a language without a model is unsupported, and brings no articles of another language")
    func unsupported() async throws {
        let desk = try await desk()
        let agent = try await desk.connection("anna")
        try await open(agent, "c1", locale: "fr")
        let turn = try await say("La batterie est gonflée, battery swollen", in: "c1", agent)
        #expect(turn.sentiment == .init(status: .unsupported))
        #expect(turn.suggestions.isEmpty)
        #expect(turn.mood.negativeStreak == 0)
    }

    @Test("closed, invisible and unknown conversations are refused")
    func refusals() async throws {
        let desk = try await desk()
        let agent = try await desk.connection("anna")
        let other = try await desk.connection("ben")
        try await open(agent, "c1")
        await #expect(performing: { _ = try await say("Hello", in: "c1", other) }, throws: Self.fails(1003))
        await #expect(performing: { _ = try await say("Hello", in: "none", agent) }, throws: Self.fails(1003))
        await #expect(performing: { _ = try await say(" \n", in: "c1", agent) }, throws: Self.fails(-32602))
        _ = try await agent.call(ConversationClose.self, .init(conversationId: "c1"))
        await #expect(performing: { _ = try await say("Hello", in: "c1", agent) }, throws: Self.fails(1004))
    }

    @Test("the answer is the data of the event that subscribers get, without personal data")
    func events() async throws {
        let desk = try await desk()
        let agent = try await desk.connection("anna")
        try await open(agent, "c1")
        _ = try await agent.call(ConversationSubscribe.self, .init(conversationId: "c1"))
        let turn = try await say("My battery is swollen, mail me at jo@example.org", in: "c1", agent)
        try await desk.server.pump()
        let events = agent.notifications().filter { $0["params"]?["event"] == "turn" }
        #expect(events.count == 1)
        #expect(events.first?["params"]?["data"] == (try JSONEncoding.encode(turn)))
        let shown = try await agent.call(ConversationGet.self, .init(conversationId: "c1"))
        #expect(shown.turns.first?.text == "My battery is swollen, mail me at [email]")
    }

    @Test("feedback counts a use once, and refuses what was never offered")
    func feedback() async throws {
        let desk = try await desk()
        let agent = try await desk.connection("anna")
        try await open(agent, "c1")
        let turn = try await say("My battery is swollen", in: "c1", agent)
        let action = try #require(turn.actions.first { $0.kind == .openArticle })
        let used = AssistFeedback.Params(conversationId: "c1", actionId: action.actionId, verdict: .used)
        for _ in 0..<3 { _ = try await agent.call(AssistFeedback.self, used) }
        let same = AssistFeedback.Params(conversationId: "c1", articleId: "battery-safety", verdict: .used)
        _ = try await agent.call(AssistFeedback.self, same)
        let list = try await agent.call(KnowledgeList.self, .init())
        #expect(list.articles.first { $0.articleId == "battery-safety" }?.uses == 1)
        for bad in ["7:say:x", "1:bogus:x", "x", "1:say:"] {
            let params = AssistFeedback.Params(conversationId: "c1", actionId: bad, verdict: .used)
            await #expect(
                performing: { _ = try await agent.call(AssistFeedback.self, params) },
                throws: Self.fails(1003)
            )
        }
        let hidden = AssistFeedback.Params(conversationId: "c1", articleId: "lead-only", verdict: .used)
        await #expect(performing: { _ = try await agent.call(AssistFeedback.self, hidden) }, throws: Self.fails(1003))
        let nothing = AssistFeedback.Params(conversationId: "c1", verdict: .used)
        await #expect(
            performing: { _ = try await agent.call(AssistFeedback.self, nothing) },
            throws: Self.fails(-32602)
        )
    }

    @Test("a thousand turns in one conversation are numbered in order and answered alike")
    func manyTurns() async throws {
        let desk = try await desk()
        let agent = try await desk.connection("anna")
        try await open(agent, "c1")
        for number in 1...1_000 {
            let turn = try await say("Turn \(number) is about nothing at all", in: "c1", agent)
            #expect(turn.turn == number)
        }
        #expect(try await say("My battery is swollen", in: "c1", agent).suggestions.count == 1)
    }

    @Test("a restarted server knows what was said and what was offered")
    func restart() async throws {
        let desk = try await desk()
        let agent = try await desk.connection("anna")
        try await open(agent, "c1")
        _ = try await say("My battery is swollen", in: "c1", agent)
        let again = try InProcessServer(desk.folder)
        let connection = again.connect()
        var generator = SystemRandomNumberGenerator()
        let fresh = try await desk.folder.tokens.create(
            subject: "anna",
            roles: [.agent],
            attributes: [:],
            expiresAt: nil,
            by: "test",
            now: desk.folder.now(),
            using: &generator
        )
        _ = try await connection.call(SessionAuthenticate.self, .init(token: fresh.text))
        let turn = try await say("The battery, yes, it is swollen", in: "c1", connection)
        #expect(turn.turn == 2)
        #expect(turn.suggestions.isEmpty)
    }

    @Test("searches and uses are counted for their conversation, exported with the customer, and erased")
    func figures() async throws {
        let desk = try await desk()
        let agent = try await desk.connection("anna")
        let customer: JSON = ["id": "C-1"]
        let opening = ConversationOpen.Params(conversationId: "c1", channel: "chat", customer: customer)
        _ = try await agent.call(ConversationOpen.self, opening)
        _ = try await say("My battery is swollen", in: "c1", agent)
        _ = try await agent.call(KnowledgeSearch.self, .init(query: "swollen battery", conversationId: "c1"))
        let used = AssistFeedback.Params(conversationId: "c1", articleId: "battery-safety", verdict: .used)
        _ = try await agent.call(AssistFeedback.self, used)
        let root = try await desk.connection("root", [.admin])
        let now = desk.folder.now()
        let report = try await root.call(
            ReportSummary.self,
            .init(from: Timestamp(microseconds: now - 1), to: Timestamp(microseconds: now + 1))
        )
        #expect(report.rows.first?.searches == 1)
        #expect(report.rows.first?.used == 1)
        let export = try await root.call("customer.export", ["customer_id": "C-1"])
        let text = String(decoding: export.serialized(), as: UTF8.self)
        #expect(text.contains("swollen battery") && text.contains("battery-safety"))
        let erasure = CustomerErase.Params(customerId: "C-1", reason: "asked")
        let counts = try await root.call(CustomerErase.self, erasure).erased
        #expect(counts["searches"] == 1 && counts["suggestions"] == 1 && counts["suggestion_feedback"] == 1)
    }
}
