import FrontlineProtocol
import JSONRPC
import ModelContext
import Testing
import Vocabulary

/// Tools: which there are, how they are described, and what calling one does.
@Suite struct ToolTests {
    // MARK: The table of effects and the file

    @Test func `every effect is that of a method, and what is no tool is left out on purpose`() {
        let names = Set(FrontlineMethods.all.map { $0.name })
        let tools = Set(ToolEffect.ofMethods.keys)
        #expect(tools.subtracting(names) == [])
        #expect(
            names.subtracting(tools) == [
                "server.info", "server.health", "server.metrics", "session.authenticate", "session.sign_out",
                "session.list",
                "session.revoke", "tool.list",
                "knowledge.import", "knowledge.publish", "knowledge.retire", "knowledge.restore",
                "policy.publish", "policy.rollback", "policy.simulate", "script.publish", "script.rollout",
                "script.rollback", "customer.export", "customer.erase", "integration.list",
                "alerts.subscribe", "alerts.unsubscribe", "alerts.read", "conversation.subscribe",
                "conversation.unsubscribe", "work.subscribe", "work.unsubscribe", "webhook.list",
                "webhook.deliveries", "webhook.replay", "webhook.test",
            ]
        )
    }

    @Test func `what only reads is not destructive, and money is never said to be harmless`() {
        for (name, effect) in ToolEffect.ofMethods {
            #expect(!effect.isReadOnly || !effect.isDestructive && effect.isIdempotent, "\(name)")
        }
        for name in ["request", "approve", "reject", "settle", "cancel"] {
            #expect(ToolEffect.ofMethods["resolution.\(name)"]?.isDestructive == true)
        }
        #expect(ToolEffect.ofMethods["resolution.evaluate"]?.isReadOnly == true)
    }

    @Test func `the built-in tools are described completely`() throws {
        let list = ToolCatalog.list(.builtIn, named: nil) { _ in true }
        #expect(list.tools.count == ToolBook.builtIn.entries.count && list.tools.count > 40)
        for tool in list.tools {
            #expect(tool.name == tool.method && tool.description.count > 20 && !tool.title.isEmpty)
            #expect(tool.inputSchema["type"] == "object" && tool.inputSchema["additionalProperties"] == false)
            #expect(tool.outputSchema["type"] == "object", "\(tool.name)")
            let text = tool.inputSchema.description + tool.outputSchema.description
            #expect(!text.contains("x-incomplete"), "\(tool.name)")
            // Every parameter tells an assistant what it means.
            for member in tool.inputSchema["properties"]?.object ?? [:] {
                #expect(member.value["description"]?.string?.isEmpty == false, "\(tool.name).\(member.key)")
            }
        }
    }

    @Test func `references in schemas lead somewhere`() {
        for tool in ToolCatalog.list(.builtIn, named: nil, isAllowed: { _ in true }).tools {
            for schema in [tool.inputSchema, tool.outputSchema] {
                for match in schema.description.matches(of: /"\$ref":"#\/\$defs\/([^"]+)"/) {
                    #expect(schema["$defs"]?[String(match.output.1)] != nil, "\(tool.name): \(match.output.1)")
                }
            }
        }
    }

    private static func file(_ tools: String, prompt: String = "Do {{script}}.") -> String {
        "instructions: Read first.\nscript_prompt: \"\(prompt)\"\ntools:\n\(tools)"
    }

    private static let search = "  knowledge.search: {name: search, title: Search, description: Finds articles.}\n"

    @Test func `a file renames and chooses tools`() throws {
        let book = try ToolBook(yaml: Self.file(Self.search), file: "tools.yaml")
        let list = ToolCatalog.list(book, named: nil) { _ in true }
        #expect(list.tools.map(\.name) == ["search"] && list.tools.map(\.method) == ["knowledge.search"])
        #expect(list.instructions == "Read first." && list.scriptPrompt == "Do {{script}}.")
        #expect(ToolCatalog.list(book, named: "search") { _ in true }.tools.count == 1)
        #expect(ToolCatalog.list(book, named: "knowledge.search") { _ in true }.tools.isEmpty)
        #expect(ToolCatalog.list(book, named: nil) { _ in false }.tools.isEmpty)
    }

    @Test(arguments: [
        ("", "the file is empty"), ("tools: [", "not YAML"), ("- x", "a map is expected"),
        ("tools: {}", "instructions, script_prompt and tools are expected"),
        (file("  knowledge.search: {title: x}"), "title and description are expected"),
        (file("  knowledge.serch: {title: x, description: y}"), "knowledge.search"),
        (file("  policy.publish: {title: x, description: y}"), "no method that can be a tool"),
        (file("  tool.list: {title: x, description: y}"), "no method that can be a tool"),
        (file("  customer.erase: {title: x, description: y}"), "no method that can be a tool"),
        (file("  knowledge.get: {title: x, description: y, readOnly: true}"), "“readOnly” is unknown"),
        (file("  knowledge.get: {name: \"a b\", title: x, description: y}"), "letters, digits"),
        (
            file("  knowledge.get: {name: \"\(String(repeating: "x", count: 65))\", title: x, description: y}"),
            "at most 64"
        ),
        (file("  knowledge.get: {title: x, description: \"\(String(repeating: "x", count: 2_001))\"}"), "at most 2000"),
        (file(search + "  knowledge.get: {name: search, title: x, description: y}"), "two tools"),
        (file("  []"), "a map of tools"), (file("  {}"), "1 to 100 tools"),
        (file(search, prompt: "{{price}}"), "“{{price}}” is unknown"), (file(search, prompt: "{{title"), "not closed"),
        (file(search, prompt: " "), "a text is expected"), (file(search) + "more: 1\n", "“more” is unknown"),
    ])
    func `a file with a mistake is refused with its place`(yaml: String, message: String) {
        let error = #expect(throws: ToolBookError.self) { try ToolBook(yaml: yaml, file: "t.yaml") }
        #expect(error?.description.contains(message) == true && error?.description.hasPrefix("t.yaml:") == true)
    }

    // MARK: Calls

    private static let found: JSON = ["query_id": "q", "hits": [], "took_ms": 0.5]

    @Test(arguments: ContextRevision.allCases)
    func `a call is that of the method, with its result as a value and as a text`(
        revision: ContextRevision
    ) async throws {
        let host = FakeHost(["knowledge.search": { _ in Self.found }])
        let server = ContextServer(host: host, version: "1")
        let arguments: JSON = ["query": "parcel", "limit": 3]
        let params: JSONObject = ["name": "knowledge.search", "arguments": arguments]
        let result = await server.ask("tools/call", params, in: revision)["result"]
        #expect(result?["structuredContent"] == Self.found && result?["isError"] == false)
        let text = try #require(result?["content"]?[0]?["text"]?.string)
        #expect(try JSON(parsing: text) == Self.found)
        #expect(host.calls.map(\.method) == ["knowledge.search"] && host.calls.map(\.params) == [arguments])
    }

    @Test(arguments: ContextRevision.allCases)
    func `the list says what each tool does, and only what the caller may call is there`(
        revision: ContextRevision
    ) async {
        let host = FakeHost(["knowledge.search": { $0 }, "resolution.request": { $0 }])
        let tools = await ContextServer(host: host, version: "1").ask("tools/list", in: revision)["result"]?["tools"]
        #expect(tools?.array?.compactMap { $0["name"]?.string } == ["knowledge.search", "resolution.request"])
        #expect(
            tools?[0]?["annotations"]?["readOnlyHint"] == true && tools?[0]?["annotations"]?["openWorldHint"] == false
        )
        #expect(tools?[1]?["annotations"]?["readOnlyHint"] == false)
        #expect(
            tools?[1]?["annotations"]?["destructiveHint"] == true
                && tools?[1]?["annotations"]?["idempotentHint"] == true
        )
        #expect(tools?[1]?["inputSchema"]?["required"]?.array?.contains("idempotency_key") == true)
    }

    @Test(arguments: [
        "policy.publish", "customer.erase", "session.authenticate", "session.sign_out", "session.list",
        "session.revoke", "tool.list", "rpc.discover", "knowledge.search ",
        "Knowledge.search", "knowledge.search\u{0}", "../knowledge.search", "ｋnowledge.search", "resolution.approve",
        "x",
    ])
    func `a tool that is not listed is unknown, and its method is not called`(name: String) async {
        let host = FakeHost(["knowledge.search": { $0 }, "policy.publish": { $0 }, "customer.erase": { $0 }])
        let server = ContextServer(host: host, version: "1")
        let answer = await server.ask("tools/call", ["name": .string(name)], in: .stateless)
        #expect(
            answer["error"]?["code"] == -32_602 && answer["error"]?["message"]?.string?.contains("Unknown tool") == true
        )
        #expect(host.calls.isEmpty)
    }

    @Test func `a call that is no call is refused`() async {
        let host = FakeHost(["knowledge.search": { $0 }])
        let server = ContextServer(host: host, version: "1")
        for params: JSONObject in [
            [:], ["name": 1], ["name": ""], ["name": "knowledge.search", "arguments": []],
            ["name": "knowledge.search", "arguments": "query"], ["name": "knowledge.search", "arguments": nil],
        ] {
            #expect(await server.ask("tools/call", params, in: .stateless)["error"]?["code"] == -32_602)
        }
        #expect(host.calls.isEmpty)
    }

    @Test(arguments: [
        (
            RPCError.invalidParams(path: "params.limit", expected: "an integer from 1 to 100"),
            ["Where: limit", "an integer from 1 to 100"]
        ),
        (RPCError(.notFound, "there is no article"), ["there is no article"]),
        (RPCError(.conflict, "stale", details: ["revision": 4]), ["stale", #"{"revision":4}"#]),
        (RPCError(.forbidden, "not within your authority"), ["not within your authority"]),
        (RPCError(.rateLimited, retryAfterMilliseconds: 250), ["Try again after 250 ms."]),
        (RPCError(.busy, "full"), ["full"]),
        (RPCError(.unavailable, "gone", details: ["one", "two"]), ["gone\none\ntwo"]),
    ])
    func `what a method refuses is a result that says how to mend it`(error: RPCError, texts: [String]) async {
        let host = FakeHost(["knowledge.get": { _ in throw error }])
        for revision in ContextRevision.allCases {
            let answer = await ContextServer(host: host, version: "1").ask(
                "tools/call",
                ["name": "knowledge.get"],
                in: revision
            )
            let text = answer["result"]?["content"]?[0]?["text"]?.string ?? ""
            #expect(answer["result"]?["isError"] == true && answer["result"]?["structuredContent"] == nil)
            for expected in texts { #expect(text.contains(expected)) }
        }
    }
}
