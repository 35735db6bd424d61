import Access
import Foundation
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Storage
import Testing
import Vocabulary

/// Calls without a connection pass the same checks as those over one.
@Suite struct SubjectCallTests {
    private let desk: Desk
    private let calls: SubjectCalls
    private let anna = Principal(subject: "anna", roles: [.agent], attributes: ["team": .one("delivery")])

    init() throws {
        desk = try Desk()
        calls = try SubjectCalls(desk.folder)
    }

    private func code(_ body: () async throws -> Void) async throws -> Int {
        try await #require(throws: RPCError.self) { try await body() }.code
    }

    @Test func `a call is answered as over a connection`() async throws {
        let opened = try await calls.call(
            ConversationOpen.self,
            .init(conversationId: "mine", channel: "chat"),
            as: anna
        )
        let connection = try await desk.connection("anna", [.agent], ["team": .one("delivery")])
        let found = try await connection.call(ConversationGet.self, .init(conversationId: "mine"))
        #expect(found.header.conversationId == opened.conversationId && found.header.agent == "anna")
        let said = try await calls.call(
            ConversationObserve.self,
            members: ["conversation_id": "mine", "speaker": "customer", "text": "hello"],
            as: anna
        )
        #expect(said.turn == 1)
    }

    @Test func `roles, allowances, parameters and names are checked`() async throws {
        let forbidden = try await code { _ = try await calls.call(AuditVerify.self, .init(), as: anna) }
        #expect(forbidden == RPCErrorDefinition.forbidden.code)
        let limited = Principal(
            subject: "crm",
            roles: [.integration],
            allowed: try MethodAllowance(declaring: ["work.create"], for: [.integration])
        )
        let notAllowed = try await code {
            _ = try await calls.call(ConversationOpen.self, .init(channel: "chat"), as: limited)
        }
        #expect(notAllowed == RPCErrorDefinition.forbidden.code)
        let invalid = try await code {
            _ = try await calls.call(KnowledgeSearch.self, .init(query: "x", limit: 1_000), as: anna)
        }
        #expect(invalid == RPCErrorDefinition.invalidParams.code)
        let unknown = try await code {
            let params = ConversationObserve.Params(conversationId: "nobody's", speaker: .customer, text: "hello")
            _ = try await calls.call(ConversationObserve.self, params, as: anna)
        }
        #expect(unknown == RPCErrorDefinition.notFound.code)
    }

    @Test func `a method that changes its connection needs one`() async throws {
        let code = try await code { _ = try await calls.call(SessionAuthenticate.self, .init(token: "fl_x"), as: anna) }
        #expect(code == RPCErrorDefinition.methodNotFound.code)
    }

    @Test func `ids follow from the source of randomness`() async throws {
        func ids() async throws -> [String] {
            let calls = try SubjectCalls(Desk().folder, randomness: RandomSource { 42 })
            let opened = try await calls.call(ConversationOpen.self, .init(channel: "chat"), as: anna)
            let found = try await calls.call(KnowledgeSearch.self, .init(query: "parcel"), as: anna)
            return [opened.conversationId, found.queryId]
        }
        #expect(try await ids() == ids())
    }

    @Test func `a store with the mark says so, and a used store takes none`() async throws {
        let info = try await calls.call(ServerInfo.self, .init(), as: anna)
        #expect(info.demonstration == nil)
        let mark = Demonstration(company: "Ohmstead", seed: .max, first: "2026-01-01", last: "2026-01-31", contacts: 7)
        try await desk.folder.store.write { try mark.note(in: $0) }
        let marked = try DataFolder(testing: desk.folder.url)
        #expect(marked.demonstration == mark)
        let again = try await SubjectCalls(marked).call(ServerInfo.self, .init(), as: anna)
        #expect(again.demonstration?.company == "Ohmstead" && again.demonstration?.complete == false)

        let used = try Desk()
        _ = try await used.token("anna", [.agent])
        await #expect(throws: DemonstrationError.self) {
            try await used.folder.store.write { try mark.note(in: $0) }
        }
    }
}
