import Access
import FrontlineProtocol
import FrontlineService
import JSONRPC
import ModelContext
import Testing
import Vocabulary

/// Tools of assistants, with the real methods.
@Suite struct ToolMethodTests {
    private static let file = """
        instructions: Be brief.
        script_prompt: Start {{script}}.
        tools:
          knowledge.search: {name: find, title: Find, description: Finds articles in the knowledge base.}
          script.publish: {title: x, description: y}
        """

    private static let sound = file.replacing("  script.publish: {title: x, description: y}", with: "")

    /// An assistant on a connection.
    private struct Host: ContextHost {
        let connection: InProcessServer.Connection

        func call(_ method: String, _ params: JSON) async throws -> JSON { try await connection.call(method, params) }
    }

    /// Asks as an assistant of the newest revision does.
    private static func ask(
        _ connection: InProcessServer.Connection,
        _ method: String,
        _ params: JSONObject = [:]
    ) async throws -> JSON {
        let server = ContextServer(host: Host(connection: connection), version: "1")
        let answer = await server.answer(ContextMessage(id: 1, method: method, params: params), in: .stateless)
        return try JSON(parsing: #require(answer).bytes)
    }

    @Test(arguments: Role.allCases)
    func `the tools listed are those whose methods let the caller in, and no others`(role: Role) async throws {
        let desk = try Desk()
        let caller = try await desk.connection("somebody", [role], ["team": .one("delivery")])
        let listed = Set(try await caller.call(ToolList.self, .init()).tools.map(\.method))
        for entry in ToolBook.builtIn.entries {
            var refusal: RPCError?
            do { _ = try await caller.call(entry.method, ["no such member": 1]) } catch { refusal = error as? RPCError }
            let isLetIn = refusal?.code != RPCErrorDefinition.forbidden.code
            #expect(listed.contains(entry.method) == isLetIn, "\(role) \(entry.method)")
        }
    }

    @Test func `only what a token is declared for is listed`() async throws {
        let desk = try Desk()
        let declared = TokenDeclaration(allowed: MethodAllowance(["tool.list", "knowledge.*", "audit.list"]))
        let caller = try await desk.connection("helper", [.agent], declaration: declared)
        let listed = try await caller.call(ToolList.self, .init()).tools.map(\.method)
        #expect(listed.contains("knowledge.search") && listed.allSatisfy { $0.hasPrefix("knowledge.") })
        let refused = try await Self.ask(caller, "tools/call", ["name": "conversation.list"])
        #expect(refused["error"]?["code"] == -32_602)
        let other = try await desk.connection(
            "other",
            [.agent],
            declaration: TokenDeclaration(allowed: MethodAllowance(["script.list"]))
        )
        await #expect(throws: RPCError.self) { _ = try await other.call(ToolList.self, .init()) }
    }

    @Test func `tools are published, compared and rolled back like other rules`() async throws {
        let desk = try Desk()
        let (olga, anna) = (try await desk.connection("olga", [.operations]), try await desk.connection())
        await #expect(throws: RPCError.self) { _ = try await olga.call("policy.versions", ["name": "tools"]) }
        let mistake = await #expect(throws: RPCError.self) {
            _ = try await olga.call("policy.publish", ["name": "tools", "source": .string(Self.file)])
        }
        #expect(mistake?.code == -32_602 && mistake?.data?["details"]?[0]?.string?.hasPrefix("tools.yaml:5:") == true)
        _ = try await olga.call("policy.publish", ["name": "tools", "source": .string(Self.sound)])
        #expect(try await anna.call(ToolList.self, .init()).tools.map(\.name) == ["find"])
        #expect(try await Self.ask(anna, "server/discover")["result"]?["instructions"] == "Be brief.")
        let listed = try await olga.call("policy.list")["policies"]?.array?.first { $0["name"] == "tools" }
        #expect(listed?["decisions"] == ["find"])

        let second = Self.sound.replacing("Be brief.", with: "Be kind.")
        _ = try await olga.call("policy.publish", ["name": "tools", "source": .string(second)])
        let changes = try await olga.call("policy.compare", ["name": "tools", "from": 1, "to": 2])["changes"]
        #expect(changes?[0]?.string?.contains("Be kind.") == true)
        _ = try await olga.call("policy.rollback", ["name": "tools", "version": 1, "reason": "too kind"])
        #expect(try await anna.call(ToolList.self, .init(name: "")).instructions == "Be brief.")
        await #expect(throws: RPCError.self) {
            _ = try await olga.call("policy.rollback", ["name": "tools", "version": 1, "reason": "again"])
        }
        let auditor = try await desk.connection("aud", [.auditor])
        #expect(try await auditor.call("audit.verify")["ok"] == true)
    }

    @Test func `a call of a tool is that of the method, with its order, its refusals and its record`() async throws {
        let desk = try Desk()
        try await desk.importArticles(article("late", "Late parcels", "Wait for two days."))
        try await desk.server.catchUp()
        let anna = try await desk.connection()
        let found = try await Self.ask(
            anna,
            "tools/call",
            ["name": "knowledge.search", "arguments": ["query": "late parcel"]]
        )
        #expect(found["result"]?["structuredContent"]?["hits"]?[0]?["article_id"] == "late")
        let opened = try await Self.ask(
            anna,
            "tools/call",
            ["name": "conversation.open", "arguments": ["channel": "chat"]]
        )
        let id = try #require(opened["result"]?["structuredContent"]?["conversation_id"])
        #expect(try await anna.call("conversation.get", ["conversation_id": id])["agent"] == "anna")
        let wrong = try await Self.ask(anna, "tools/call", ["name": "knowledge.search", "arguments": ["qery": "x"]])
        #expect(wrong["result"]?["isError"] == true)
        #expect(wrong["result"]?["content"]?[0]?["text"]?.string?.contains("query") == true)
    }

    @Test func `an article that is not for the caller is neither listed nor read`() async throws {
        let desk = try Desk()
        try await desk.importArticles(
            article("open", "For all") + article("closed", "For supervisors", attributes: "audience=\"supervisor\"")
                + article("vip", "For a team", attributes: "restrict=\"team:vip\"")
        )
        let anna = try await desk.connection()
        let listed = try await Self.ask(anna, "resources/list")["result"]?["resources"]?.array ?? []
        #expect(listed.map { $0["name"] } == ["open"])
        for (id, isShown) in [("open", true), ("closed", false), ("vip", false)] {
            let answer = try await Self.ask(anna, "resources/read", ["uri": .string("frontline://articles/en/\(id)")])
            #expect((answer["result"] != nil) == isShown && (answer["error"]?["code"] == -32_602) == !isShown)
        }
    }

    @Test func `money is decided by the ledger, once for a key, and not for an approver's own request`() async throws {
        let desk = try Desk()
        let anna = try await desk.connection()
        // Without a policy nothing is granted.
        let arguments: JSON = [
            "idempotency_key": "k", "action": "refund", "reason": "late", "customer_id": "c",
            "amount": ["amount": "10.00", "currency": "EUR"],
        ]
        let first = try await Self.ask(anna, "tools/call", ["name": "resolution.request", "arguments": arguments])
        #expect(first["result"]?["structuredContent"]?["status"] != "approved")
        let approval = try await Self.ask(
            anna,
            "tools/call",
            ["name": "resolution.approve", "arguments": ["resolution_id": "x"]]
        )
        #expect(approval["error"]?["code"] == -32_602)
    }
}
