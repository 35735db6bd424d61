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
}
