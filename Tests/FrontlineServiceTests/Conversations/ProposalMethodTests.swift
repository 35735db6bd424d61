import Access
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

/// What a customer says in a conversation, as the state of its script session proposes it.
@Suite struct ProposalMethodTests {
    private static let extractors = """
        extractors:
          order: {kind: pattern, pattern: "OH-[0-9]{4}"}
          wish: {kind: choice, choices: {new: ["new one"], money: [money]}}
        """
    private static let script = """
        script: fill
        locale: en
        start: facts
        steps:
          facts: {any_order: [order, wish], next: name}
          order: {ask: "Which order?", field: order, type: string, from: {said: order}}
          wish: {ask: "What then?", field: wish, type: string, from: {said: wish}}
          name: {ask: "Your name?", field: name, type: string, from: customer.name, next: done}
          done: {end: ok}
        """

    private func desk() async throws -> (desk: Desk, agent: InProcessServer.Connection) {
        let desk = try await ResolutionMethodTests.desk()
        let operations = try await desk.connection("olaf", [.operations])
        _ = try await operations.call(PolicyPublish.self, .init(name: "extractors", source: Self.extractors))
        _ = try await operations.call(ScriptPublish.self, .init(source: Self.script))
        let agent = try await desk.connection("anna", [.agent], ResolutionMethodTests.agentAttributes)
        let customer: JSON = ["id": "c-1", "name": "Ada"]
        let opening = ConversationOpen.Params(conversationId: "c1", channel: "chat", customer: customer)
        _ = try await agent.call(ConversationOpen.self, opening)
        return (desk, agent)
    }

    private func say(_ text: String, _ agent: InProcessServer.Connection) async throws -> Int {
        let params = ConversationObserve.Params(conversationId: "c1", speaker: .customer, text: text)
        return try await agent.call(ConversationObserve.self, params).turn
    }

    @Test("what is said before and during a session is proposed, and one call accepts it")
    func accept() async throws {
        let (_, agent) = try await desk()
        _ = try await say("I want a new one", agent)
        var state = try await agent.call(ScriptStart.self, .init(scriptId: "fill", conversationId: "c1"))
        #expect(state.step?.id == "wish" && state.step?.missing == ["wish", "order"])
        #expect(state.proposed == ScriptSessionState.Proposal(value: "new", turn: 1))
        let turn = try await say("It is OH-1234", agent)
        let session = state.sessionId
        state = try await agent.call(ScriptAdvance.self, .init(sessionId: session, revision: 1, accept: true, turn: 1))
        #expect(state.revision == 2 && state.proposed == ScriptSessionState.Proposal(value: "OH-1234", turn: turn))
        state = try await agent.call(ScriptAdvance.self, .init(sessionId: session, revision: 2, accept: true))
        #expect(state.proposed == ScriptSessionState.Proposal(value: "Ada", fact: "customer.name"))
        state = try await agent.call(ScriptAdvance.self, .init(sessionId: session, revision: 3, accept: true))
        #expect(state.status == .completed && state.proposed == nil)
        #expect(state.variables == ["order": "OH-1234", "wish": "new", "name": "Ada"])
        #expect(state.path == ["facts", "wish", "order", "name", "done"])
    }

    @Test("accepting nothing, an old turn, or with a value is refused")
    func refusals() async throws {
        let (_, agent) = try await desk()
        let session = try await agent.call(ScriptStart.self, .init(scriptId: "fill", conversationId: "c1")).sessionId
        func refusal(_ params: ScriptAdvance.Params) async throws -> RPCError {
            do {
                _ = try await agent.call(ScriptAdvance.self, params)
            } catch let error as RPCError {
                return error
            }
            throw CancellationError()
        }
        let nothing = try await refusal(.init(sessionId: session, revision: 1, accept: true))
        #expect(nothing.code == RPCErrorDefinition.conflict.code && nothing.path == "params.accept")
        _ = try await say("OH-1234", agent)
        _ = try await say("or OH-5678", agent)
        let changed = try await refusal(.init(sessionId: session, revision: 1, accept: true, turn: 1))
        #expect(changed.code == RPCErrorDefinition.conflict.code && changed.path == "params.turn")
        let both = try await refusal(.init(sessionId: session, revision: 1, value: "OH-1234", accept: true))
        #expect(both.path == "params.value")
        let alone = try await refusal(.init(sessionId: session, revision: 1, value: "OH-1234", turn: 1))
        #expect(alone.path == "params.turn")
        let state = try await agent.call(ScriptStateGet.self, .init(sessionId: session))
        #expect(state.revision == 1 && state.proposed == ScriptSessionState.Proposal(value: "OH-5678", turn: 2))
    }

    @Test("with an encoder a choice is found by what it means, and by words alone without one")
    func meaning() async throws {
        let extractors = """
            extractors:
              wish:
                kind: choice
                choices:
                  new: {words: [replacement], like: [send me the same thing again]}
                  money: {words: [refund], like: [pay back what it cost]}
                meaning: {similarity: 0.95, margin: 0.01}
            """
        let script = """
            script: wish
            start: ask
            steps:
              ask: {ask: "What then?", field: wish, type: string, from: {said: wish}, next: done}
              done: {end: ok}
            """
        for encoder in [try TinyEncoder.make(), nil] {
            let desk = try Desk(encoder: encoder)
            let operations = try await desk.connection("olaf", [.operations])
            _ = try await operations.call(PolicyPublish.self, .init(name: "extractors", source: extractors))
            _ = try await operations.call(ScriptPublish.self, .init(source: script))
            let agent = try await desk.connection("anna", [.agent])
            let opening = ConversationOpen.Params(conversationId: "c1", channel: "chat", locale: "en")
            _ = try await agent.call(ConversationOpen.self, opening)
            _ = try await say("pay back what it cost", agent)
            let state = try await agent.call(ScriptStart.self, .init(scriptId: "wish", conversationId: "c1"))
            #expect(state.proposed?.value == (encoder == nil ? nil : "money"))
        }
    }

    @Test("the extractors are a policy: listed, read, compared and rolled back")
    func policy() async throws {
        let (desk, _) = try await desk()
        let operations = try await desk.connection("olga", [.operations])
        let listed = try await operations.call(PolicyList.self, .init()).policies.first { $0.name == "extractors" }
        #expect(listed?.decisions == ["order", "wish"] && listed?.version == 1)
        let less = "extractors: {order: {kind: amount}}"
        _ = try await operations.call(PolicyPublish.self, .init(name: "extractors", source: less))
        let read = try await operations.call(PolicyGet.self, .init(name: "extractors"))
        #expect(read.version == 2 && read.source == less)
        let compared = try await operations.call(PolicyCompare.self, .init(name: "extractors", from: 1, to: 2))
        #expect(!compared.changes.isEmpty)
        let back = PolicyRollback.Params(name: "extractors", version: 1, reason: "too few")
        #expect(try await operations.call(PolicyRollback.self, back).version == 1)
        await #expect(throws: RPCError.self) {
            try await operations.call(PolicyPublish.self, .init(name: "extractors", source: "extractors: 1"))
        }
    }
}
