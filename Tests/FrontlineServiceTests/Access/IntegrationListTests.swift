import Access
import FrontlineProtocol
import FrontlineService
import JSONRPC
import Testing
import Vocabulary

/// Allowed methods of tokens, and their use.
@Suite struct IntegrationListTests {
    private static let declared = TokenDeclaration(
        owner: "voice team",
        purpose: "opens contacts",
        allowed: MethodAllowance(["conversation.open", "script.*", "sentiment.score"])
    )

    private static let isForbidden: @Sendable (any Error) -> Bool = { ($0 as? RPCError)?.code == 1002 }

    @Test func `a token can call only its allowed methods, whatever its roles`() async throws {
        let desk = try Desk()
        let telephony = try await desk.connection("telephony", [.integration, .agent], declaration: Self.declared)
        _ = try await telephony.call("conversation.open", ["conversation_id": "c", "channel": "voice"])
        _ = try await telephony.call("script.list")
        _ = try await telephony.call("server.info")
        await #expect(
            performing: { _ = try await telephony.call("conversation.get", ["conversation_id": "c"]) },
            throws: Self.isForbidden
        )
        await #expect(performing: { _ = try await telephony.call("audit.list") }, throws: Self.isForbidden)
    }

    @Test func `the list shows allowed and used methods, including use not written yet`() async throws {
        let desk = try Desk()
        let telephony = try await desk.connection("telephony", [.integration], declaration: Self.declared)
        let crm = try await desk.connection("crm", [.integration])
        _ = try await desk.connection("anna")
        for number in 0..<3 {
            _ = try await telephony.call(
                "conversation.open",
                ["conversation_id": .string("c\(number)"), "channel": "x"]
            )
        }
        _ = try? await telephony.call("conversation.get", ["conversation_id": "c"])
        _ = try await crm.call("conversation.get", ["conversation_id": "c0"])

        let olga = try await desk.connection("olga", [.operations])
        // Both tokens were created at the same time, so they are in the order of their random ids.
        let answered = try await olga.call(IntegrationList.self, .init()).integrations
        let list = answered.sorted { $0.subject > $1.subject }
        #expect(list.map(\.subject) == ["telephony", "crm"])
        #expect(list[0].owner == "voice team" && list[0].purpose == "opens contacts")
        #expect(list[0].allowed == ["conversation.open", "script.*", "sentiment.score"])
        #expect(list[0].used.map(\.method) == ["conversation.get", "conversation.open"])
        #expect(list[0].used.map(\.calls) == [0, 3] && list[0].used.map(\.refused) == [1, nil])
        #expect(list[0].unused == ["script.*", "sentiment.score"])
        #expect(list[1].allowed == nil && list[1].unused == nil && list[1].used.map(\.method) == ["conversation.get"])

        try await desk.server.writeUsage()
        #expect(try await olga.call(IntegrationList.self, .init()).integrations == answered)
        let first = try await olga.call(IntegrationList.self, .init(limit: 1))
        #expect(first.integrations == [answered[0]])
        let rest = try await olga.call(IntegrationList.self, .init(limit: 1, cursor: first.nextCursor))
        #expect(rest.integrations == [answered[1]] && rest.nextCursor == nil)
    }

    @Test func `expired and revoked tokens are listed on request`() async throws {
        let desk = try Desk()
        _ = try await desk.token("short", [.integration], expiresIn: 5)
        desk.advance(seconds: 10)
        let otto = try await desk.connection("otto", [.auditor])
        #expect(try await otto.call(IntegrationList.self, .init()).integrations.isEmpty)
        let all = try await otto.call(IntegrationList.self, .init(ended: true)).integrations
        #expect(all.map(\.status) == [.expired])
    }

    @Test(
        "a declaration names methods that exist and that a role of the token may call",
        arguments: [
            (["conversation.open", "*"], nil), (["conversation.*"], nil), (["conversation.opne"], "opne"),
            (["nothing.*"], "nothing"), (["policy.publish"], "policy.publish"), (["conversation"], "conversation"),
        ] as [([String], String?)]
    )
    func declaring(entries: [String], fault: String?) {
        do {
            let allowance = try MethodAllowance(declaring: entries, for: [.integration])
            #expect(fault == nil && allowance == MethodAllowance(entries))
        } catch {
            #expect(fault.map(error.message.contains) == true)
        }
    }

    @Test func `the list of methods is what the server answers`() throws {
        #expect(FrontlineMethods.all.map { $0.name } == (try Desk().server.methods.map { $0.name }))
    }
}
