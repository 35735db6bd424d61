import Access
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

/// Scripts and resolutions among the next best actions of an observed turn.
@Suite struct ObserveScriptTests {
    private static let script = """
        script: late-delivery
        title: Late delivery
        locale: en
        examples: ["where is my parcel", "it should have come on monday"]
        start: greet
        steps:
          greet: {say: "I am sorry that it is late.", knowledge: [late], next: settle}
          settle:
            resolve: {action: '"refund"', amount: "10", currency: '"EUR"', reason: '"late"'}
            approved: done
            denied: done
          done: {end: resolved}
        """

    private func desk() async throws -> (desk: Desk, agent: InProcessServer.Connection) {
        let desk = try await ResolutionMethodTests.desk()
        let operations = try await desk.connection("olaf", [.operations])
        _ = try await operations.call(ScriptPublish.self, .init(source: Self.script))
        let agent = try await desk.connection("anna", [.agent], ResolutionMethodTests.agentAttributes)
        let opening = ConversationOpen.Params(conversationId: "c1", channel: "chat", customer: ["id": "c-1"])
        _ = try await agent.call(ConversationOpen.self, opening)
        return (desk, agent)
    }

    private func say(_ text: String, _ agent: InProcessServer.Connection) async throws -> [ConversationObserve.Action] {
        let params = ConversationObserve.Params(conversationId: "c1", speaker: .customer, text: text)
        return try await agent.call(ConversationObserve.self, params).actions
    }

    @Test("the script that fits is offered, with what could be settled within the agent's authority")
    func start() async throws {
        let (_, agent) = try await desk()
        let actions = try await say("Where is my parcel?", agent)
        let start = try #require(actions.first { $0.kind == .startScript })
        #expect(start.target?["script_id"] == "late-delivery")
        #expect(start.because.contains("where is my parcel"))
        let offer = try #require(actions.first { $0.kind == .offerResolution })
        #expect(offer.target?["action"] == "refund" && offer.target?["reason"] == "late")
        #expect(offer.target?["limit"] == ["amount": "50.00", "currency": "EUR"])
        #expect(try await say("How do I top up with Apple Pay?", agent).isEmpty)
    }

    @Test("once a script is open its next step is offered instead")
    func advance() async throws {
        let (_, agent) = try await desk()
        let state = try await agent.call(
            ScriptStart.self,
            .init(scriptId: "late-delivery", conversationId: "c1")
        )
        let actions = try await say("Where is my parcel?", agent)
        let advance = try #require(actions.first { $0.kind == .advanceScript })
        #expect(advance.target?["session_id"] == .string(state.sessionId))
        #expect(advance.target?["revision"]?.int == state.revision)
        #expect(advance.title == "I am sorry that it is late.")
        #expect(!actions.contains { $0.kind == .startScript })
    }

    @Test(
        "with an encoder a script is offered by what is meant, to those who may get it and while it is in force",
        .enabled(if: SampleEncoder.exists, "\(SampleEncoder.absence)")
    )
    func meaning() async throws {
        let desk = try Desk(encoder: SampleEncoder.open())
        try await desk.openContact("c1", agent: "anna")
        try await desk.openContact("c2", agent: "ben")
        let operations = try await desk.connection("olaf", [.operations])
        let said = "The box that you sent me never showed up at my place."
        let script = """
            script: late-delivery
            title: Late delivery
            locale: en
            examples: ["my parcel has not arrived"]
            start: greet
            steps: {greet: {say: "I am sorry.", next: done}, done: {end: resolved}}
            """
        let anna = try await desk.connection("anna", [.agent], ["team": .one("returns")])
        let ben = try await desk.connection("ben", [.agent], ["team": .one("billing")])
        func offered(
            _ conversation: String,
            _ agent: InProcessServer.Connection
        ) async throws
            -> ConversationObserve.Action?
        {
            let params = ConversationObserve.Params(conversationId: conversation, speaker: .customer, text: said)
            return try await agent.call(ConversationObserve.self, params).actions.first { $0.kind == .startScript }
        }
        let share = ScriptRolloutShare(teams: ["returns"])
        _ = try await operations.call(ScriptPublish.self, .init(source: script, rollout: share))
        #expect(try await offered("c1", anna) == nil)
        try await desk.server.embed()
        let start = try #require(try await offered("c1", anna))
        #expect(start.target?["script_id"] == "late-delivery" && start.because.contains("my parcel has not arrived"))
        #expect(try await offered("c2", ben) == nil)
        let other = script.replacing("my parcel has not arrived", with: "how do I reset my password")
        _ = try await operations.call(ScriptPublish.self, .init(source: other, rollout: share))
        try await desk.server.embed()
        #expect(try await offered("c1", anna) == nil)
        _ = try await operations.call(
            ScriptRollback.self,
            .init(scriptId: "late-delivery", version: 1, reason: "the examples were wrong")
        )
        try await desk.server.embed()
        #expect(try await offered("c1", anna)?.target?["version"]?.int == 1)
    }
}
