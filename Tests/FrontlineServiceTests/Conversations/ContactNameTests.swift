import Access
import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

/// Ownership and names of contacts.
@Suite struct ContactNameTests {
    private static func fails(_ code: Int, _ path: String? = nil) -> (any Error) -> Bool {
        { ($0 as? RPCError)?.code == code && (path == nil || ($0 as? RPCError)?.path == path) }
    }

    private func open(
        _ connection: InProcessServer.Connection,
        _ name: String,
        agent: String? = nil,
        customer: String? = nil
    ) async throws -> String {
        let params = ConversationOpen.Params(
            conversationId: name,
            channel: "chat",
            agent: agent,
            customer: customer.map { ["id": .string($0)] }
        )
        return try await connection.call(ConversationOpen.self, params).conversationId
    }

    @Test func `a name chosen by an agent is private to it, on every connection and after a restart`() async throws {
        let desk = try Desk()
        let anna = try await desk.connection("anna")
        let ben = try await desk.connection("ben")
        let (hers, his) = (try await open(anna, "call-1"), try await open(ben, "call-1"))
        #expect(hers != his && hers.hasPrefix("cnv_") && hers.count == 30)
        #expect(try await open(anna, "call-1") == hers)
        #expect(try await open(anna, hers) == hers)
        #expect(try await open(try await desk.connection("anna"), "call-1") == hers)
        for name in ["call-1", hers] {
            #expect(try await anna.call(ConversationGet.self, .init(conversationId: name)).conversationId == hers)
        }
        await #expect(
            performing: { _ = try await ben.call(ConversationGet.self, .init(conversationId: hers)) },
            throws: Self.fails(1003, "params.conversation_id")
        )
        let again = try InProcessServer(desk.folder).connect()
        _ = try await again.call(SessionAuthenticate.self, .init(token: desk.token("anna", [.agent])))
        #expect(try await again.call(ConversationGet.self, .init(conversationId: "call-1")).conversationId == hers)
    }

    @Test func `an id of an integration is valid for everybody, even if an agent uses the name`() async throws {
        let desk = try Desk()
        let (anna, mallory) = (try await desk.connection("anna"), try await desk.connection("mallory"))
        let own = try await open(mallory, "call-1")
        let acd = try await desk.connection("acd", [.integration])
        #expect(try await open(acd, "call-1", agent: "anna", customer: "k1") == "call-1")
        #expect(try await open(acd, "call-1", agent: "anna", customer: "k1") == "call-1")
        #expect(try await open(anna, "call-1") == "call-1")
        #expect(try await mallory.call(ConversationGet.self, .init(conversationId: "call-1")).conversationId == own)
        await #expect(
            performing: { _ = try await open(acd, "call-1", agent: "mallory") },
            throws: Self.fails(1004, "params.agent")
        )
        await #expect(
            performing: { _ = try await open(acd, "call-1", customer: "k2") },
            throws: Self.fails(1004, "params.customer.id")
        )
        let transfer = ConversationTransfer.Params(conversationId: "call-1", to: .init(agent: "mallory"), reason: "r")
        _ = try await anna.call(ConversationTransfer.self, transfer)
        #expect(try await open(acd, "call-1", agent: "anna") == "call-1")
        // Now that it is visible, the id refers to the public contact; the private one keeps its own id.
        #expect(try await mallory.call(ConversationGet.self, .init(conversationId: "call-1")).customerId == "k1")
        #expect(try await mallory.call(ConversationGet.self, .init(conversationId: own)).conversationId == own)
    }

    @Test func `answers and events contain the id, whatever name the caller used`() async throws {
        let desk = try Desk()
        let olga = try await desk.connection("olga", [.operations])
        let script = "script: s\nstart: a\nsteps:\n  a: {say: \"A\", next: b}\n  b: {end: done}\n"
        _ = try await olga.call(ScriptPublish.self, .init(source: script))
        let anna = try await desk.connection("anna", [.agent], ["team": .one("delivery")])
        let id = try await open(anna, "own")
        _ = try await anna.call(ConversationSubscribe.self, .init(conversationId: "own"))
        let help = try await anna.call(AlertsRaise.self, .init(conversationId: "own", note: "Please."))
        #expect(help.conversationId == id && help.subject.id == id)
        let start = ScriptStart.Params(scriptId: "s", sessionId: "walk", conversationId: "own")
        let state = try await anna.call(ScriptStart.self, start)
        #expect(state.sessionId.hasPrefix("ss_"))
        #expect(try await anna.call(ScriptStart.self, start) == state)
        let moved = try await anna.call(ScriptAdvance.self, .init(sessionId: "walk", revision: 1))
        #expect(moved.sessionId == state.sessionId)
        let next = ConversationOpen.Params(channel: "chat", continues: "own")
        let later = try await anna.call(ConversationOpen.self, next)
        let shown = try await anna.call(ConversationGet.self, .init(conversationId: later.conversationId))
        #expect(shown.continues == id)
        try await desk.server.pump()
        let events = anna.notifications().compactMap { $0["params"]?["conversation_id"]?.string }
        #expect(Set(events) == [id] && events.count >= 3)
        let ben = try await desk.connection("ben")
        await #expect(
            performing: { _ = try await ben.call(ScriptStateGet.self, .init(sessionId: state.sessionId)) },
            throws: Self.fails(1003, "params.session_id")
        )
        #expect(try await ben.call(ScriptStart.self, .init(scriptId: "s", sessionId: state.sessionId)).revision == 1)
    }

    /// The calls are received together, as from a client that does not wait for answers.
    @Test func `calls by name and by id stay in the order sent`() async throws {
        let desk = try Desk()
        let anna = try await desk.connection("anna")
        let id = try await open(anna, "own")
        var receptions: [Reception] = []
        for number in 0..<60 {
            let name: JSON = number % 2 == 0 ? "own" : .string(id)
            receptions.append(
                await anna.receive(
                    "conversation.observe",
                    ["conversation_id": name, "speaker": "customer", "text": .string("turn \(number)")]
                )
            )
        }
        await run(receptions)
        let shown = try await anna.call(ConversationGet.self, .init(conversationId: id))
        #expect(shown.turns.map(\.text) == (0..<60).map { "turn \($0)" })
    }

    @Test func `a call directly after the opening finds the conversation`() async throws {
        let desk = try Desk()
        let anna = try await desk.connection("anna")
        var receptions = [await anna.receive("conversation.open", ["conversation_id": "new", "channel": "chat"])]
        for number in 0..<5 {
            let turn: JSON = ["conversation_id": "new", "speaker": "customer", "text": .string("turn \(number)")]
            receptions.append(await anna.receive("conversation.observe", turn))
        }
        await run(receptions)
        let shown = try await anna.call(ConversationGet.self, .init(conversationId: "new"))
        #expect(shown.turns.map(\.text) == (0..<5).map { "turn \($0)" })
    }

    /// Runs received calls in reverse order.
    private func run(_ receptions: [Reception]) async {
        await withTaskGroup(of: Void.self) { group in
            for reception in receptions.reversed() {
                guard case .pending(let work) = reception else { continue }
                group.addTask { _ = await work.run() }
            }
        }
    }

    @Test func `every method that names a contact declares it`() async throws {
        let desk = try Desk()
        let document = try await desk.connection().call("rpc.discover")
        var named: [String: Set<String>] = [:]
        for method in document["methods"]?.array ?? [] {
            let members = (method["params"]?.array ?? []).compactMap { $0["name"]?.string }
            named[method["name"]?.string ?? ""] = Set(members).intersection([
                "conversation_id", "session_id", "continues",
            ])
        }
        // The name chosen there need not exist.
        named["conversation.open"]?.remove("conversation_id")
        named["script.start"]?.remove("session_id")
        // It is a member of a member there.
        named["work.create"] = ["links.conversation_id"]
        for method in desk.server.methods {
            guard let method = method as? any FrontlineMethod.Type else { continue }
            #expect(members(of: method) == named[method.name], "\(method.name)")
        }
    }

    @Test func `every method that names a contact or a resolution is ordered by it`() async throws {
        let desk = try Desk()
        let document = try await desk.connection().call("rpc.discover")
        var named: [String: Set<String>] = [:]
        for method in document["methods"]?.array ?? [] {
            let members = (method["params"]?.array ?? []).compactMap { $0["name"]?.string }
            named[method["name"]?.string ?? ""] = Set(members).intersection([
                "conversation_id", "session_id", "resolution_id", "work_id",
            ])
        }
        // It is a member of a member there.
        named["work.create"] = ["conversation_id"]
        for method in desk.server.methods {
            guard let method = method as? any FrontlineMethod.Type else { continue }
            #expect(ordering(of: method) == named[method.name], "\(method.name)")
        }
    }

    private func ordering<M: FrontlineMethod>(of method: M.Type) -> Set<String> {
        Set(
            M.ordering.map { key in
                switch key.subject {
                case .conversation: "conversation_id"
                case .session: "session_id"
                case .resolution: "resolution_id"
                case .work: "work_id"
                }
            }
        )
    }

    private func members<M: FrontlineMethod>(of method: M.Type) -> Set<String> { Set(M.contacts.map(\.name)) }
}
