import Access
import Conversations
import FrontlineProtocol
import FrontlineService
import Storage
import Testing
import Vocabulary

/// Only customers' turns are scored.
@Suite struct ScoreTests {
    private static let angry = "This is terrible, I am furious about it!"

    @Test("only a customer's turn has a score, whoever sends it", arguments: Speaker.allCases)
    func speakers(speaker: Speaker) async throws {
        let desk = try Desk()
        try await desk.openContact("c")
        let telephony = try await desk.connection("telephony", [.integration])
        let params = ConversationObserve.Params(conversationId: "c", speaker: speaker, text: Self.angry, turnId: "t")
        let turn = try await telephony.call(ConversationObserve.self, params)
        let isCustomer = speaker == .customer
        #expect(turn.sentiment.status == (isCustomer ? .scored : .unsupported))
        #expect((turn.sentiment.score != nil) == isCustomer && (turn.mood.now < 0) == isCustomer)
        let shown = try await telephony.call(ConversationGet.self, .init(conversationId: "c"))
        #expect((shown.turns[0].score != nil) == isCustomer && (shown.turns[0].label != nil) == isCustomer)
        // A replaced turn is not scored either.
        var again = params
        (again.turnId, again.replaces) = ("t2", "t")
        #expect(try await telephony.call(ConversationObserve.self, again).sentiment == turn.sentiment)
        let replaced = try await telephony.call(ConversationGet.self, .init(conversationId: "c"))
        #expect((replaced.turns[0].score != nil) == isCustomer)
    }

    @Test func `agents' turns are still checked for signals`() async throws {
        let desk = try Desk()
        let olga = try await desk.connection("olga", [.operations])
        let signals = "signals: [{kind: promise, speaker: agent, patterns: ['i will call you back']}]"
        _ = try await olga.call(PolicyPublish.self, .init(name: "signals", source: signals))
        try await desk.openContact("c")
        let anna = try await desk.connection("anna")
        let params = ConversationObserve.Params(conversationId: "c", speaker: .agent, text: "I will call you back.")
        #expect(try await anna.call(ConversationObserve.self, params).signals.map(\.kind) == ["promise"])
    }

    @Test func `stored scores of other speakers are deleted once, with an audit entry`() async throws {
        let desk = try Desk()
        try await desk.openContact("c")
        let anna = try await desk.connection("anna")
        for (speaker, text) in [(Speaker.customer, Self.angry), (.agent, "I am so sorry!")] {
            let params = ConversationObserve.Params(conversationId: "c", speaker: speaker, text: text)
            _ = try await anna.call(ConversationObserve.self, params)
        }
        let kept = try await anna.call(ConversationGet.self, .init(conversationId: "c"))
        try asBefore(desk.folder.store)
        let scored = try await anna.call(ConversationGet.self, .init(conversationId: "c"))
        #expect(scored.turns[1].score == 0.625)

        let folder = try DataFolder(testing: desk.folder.url, now: desk.folder.now)
        let again = try InProcessServer(folder).connect()
        _ = try await again.call(SessionAuthenticate.self, .init(token: desk.token("anna", [.agent])))
        #expect(try await again.call(ConversationGet.self, .init(conversationId: "c")) == kept)
        let texts = try folder.store.readNow { transaction in
            try [
                "SELECT mood AS text FROM conversations", "SELECT answer AS text FROM turns",
                "SELECT data AS text FROM conversation_events",
            ]
            .flatMap { try transaction.rows($0) { try $0.text("text") } }
        }
        #expect(texts.allSatisfy { !$0.contains("0.625") && !$0.contains("agent_level") })
        #expect(try await folder.conversations.takeRemovedScores() == 1)
        #expect(try await folder.conversations.takeRemovedScores() == nil)
        let actions = try await desk.connection("otto", [.auditor]).call(
            "audit.list",
            ["action": "conversation.remove_scores"]
        )
        #expect(actions["entries"]?.array?.count == 1)

        // A store that was upgraded is not changed again.
        _ = try DataFolder(testing: desk.folder.url, now: desk.folder.now)
        #expect(try await folder.conversations.takeRemovedScores() == nil)
    }

    /// Puts the store into the state of an earlier release, which scored the agent's turn.
    private func asBefore(_ store: Store) throws {
        let answer = #"{"turn":2,"sentiment":{"status":"scored","score":0.625,"label":"positive"},"mood":"#
        let statements = [
            "DELETE FROM conversation_upgrades",
            "UPDATE conversations SET mood = replace(mood, '{', '{\"agent_level\":0.625,')",
            "UPDATE turns SET score = 0.625 WHERE speaker = 'agent'",
            "UPDATE turns SET answer = replace(answer, '\(Self.unscored)', '\(answer)') WHERE speaker = 'agent'",
            "UPDATE conversation_events SET data = replace(data, '\(Self.unscored)', '\(answer)') WHERE kind = 'turn'",
        ]
        try store.writeNow { transaction in
            for statement in statements { try transaction.execute(statement) }
        }
    }

    private static let unscored = #"{"turn":2,"sentiment":{"status":"unsupported"},"mood":"#
}
