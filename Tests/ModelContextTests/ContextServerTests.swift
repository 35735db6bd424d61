import FrontlineProtocol
import JSONRPC
import ModelContext
import Testing
import Vocabulary

/// What assistants are answered, in both revisions.
@Suite struct ContextServerTests {
    private static let server = ContextServer(host: FakeHost(Sample.reader), version: "1.2")

    // MARK: What the server is

    @Test func `discovery names the revisions, what there is, and who answers`() async {
        let result = await Self.server.ask("server/discover", in: .stateless)["result"]
        #expect(result?["supportedVersions"] == ["2026-07-28", "2025-11-25"])
        #expect(result?["capabilities"] == ["tools": [:], "resources": [:], "prompts": [:]])
        #expect(result?["resultType"] == "complete" && result?["cacheScope"] == "private")
        #expect(result?["_meta"]?["io.modelcontextprotocol/serverInfo"]?["version"] == "1.2")
        #expect(result?["instructions"]?.string?.contains("resolution.evaluate") == true)
    }

    @Test func `the handshake settles on the one revision that has it`() async {
        for version in ["2025-11-25", "2025-06-18", "2999-01-01"] {
            let params: JSONObject = [
                "protocolVersion": .string(version), "capabilities": [:], "clientInfo": ["name": "x", "version": "1"],
            ]
            let result = await Self.server.ask("initialize", params, in: .handshake)["result"]
            #expect(result?["protocolVersion"] == "2025-11-25" && result?["serverInfo"]?["name"] == "frontline")
            #expect(result?["resultType"] == nil && result?["_meta"] == nil)
        }
        for broken: JSONObject in [[:], ["protocolVersion": 1], ["protocolVersion": "2025-11-25"]] {
            #expect(await Self.server.ask("initialize", broken, in: .handshake)["error"]?["code"] == -32_602)
        }
        #expect(await Self.server.ask("ping", in: .handshake)["result"] == [:])
    }

    @Test(arguments: [
        "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe",
        "subscriptions/listen",
        "completion/complete", "sampling/createMessage", "tools/List", "tools", "", "knowledge.search",
    ])
    func `the newest revision has none of these methods`(method: String) async {
        let answer = await Self.server.ask(method, in: .stateless)
        #expect(answer["error"]?["code"] == -32_601 && answer["id"] == 7)
    }

    @Test func `a method of the other revision is unknown, and a notification is not answered`() async {
        #expect(await Self.server.ask("server/discover", in: .handshake)["error"]?["code"] == -32_601)
        let notice = ContextMessage(id: nil, method: "tools/list")
        #expect(await Self.server.answer(notice, in: .handshake) == nil)
    }

    @Test(arguments: ["tools/list", "resources/list", "resources/templates/list", "prompts/list"])
    func `only the newest revision tells how long a list may be kept`(method: String) async {
        let (new, old) = await (Self.server.ask(method, in: .stateless), Self.server.ask(method, in: .handshake))
        #expect((new["result"]?["ttlMs"]?.int ?? -1) > 0 && new["result"]?["cacheScope"] == "private")
        #expect(old["result"]?["ttlMs"] == nil && old["result"]?["cacheScope"] == nil)
    }

    // MARK: Resources

    @Test(arguments: ContextRevision.allCases)
    func `published articles are listed page by page`(revision: ContextRevision) async {
        let host = FakeHost(Sample.reader)
        let server = ContextServer(host: host, version: "1")
        let result = await server.ask("resources/list", ["cursor": "4"], in: revision)["result"]
        #expect(result?["nextCursor"] == "17")
        #expect(result?["resources"]?[0]?["uri"] == "frontline://articles/en/late%20delivery")
        #expect(result?["resources"]?[0]?["title"] == "Late delivery")
        #expect(host.calls.map(\.params) == [["status": "published", "limit": 50, "cursor": "4"]])
        #expect(await server.ask("resources/list", ["cursor": 4], in: revision)["error"]?["code"] == -32_602)
        let templates = await server.ask("resources/templates/list", in: revision)["result"]?["resourceTemplates"]
        #expect(templates?.array?.count == 2)
    }

    @Test func `a cursor that no page gave is a wrong parameter`() async {
        let host = FakeHost([
            "knowledge.list": { _ in throw RPCError.invalidParams(path: "params.cursor", expected: "a cursor") }
        ])
        let server = ContextServer(host: host, version: "1")
        #expect(await server.ask("resources/list", ["cursor": "zz"], in: .stateless)["error"]?["code"] == -32_602)
        for method in ["tools/list", "prompts/list", "resources/templates/list"] {
            #expect(await server.ask(method, ["cursor": "1"], in: .stateless)["error"]?["code"] == -32_602)
        }
    }

    @Test(arguments: ContextRevision.allCases)
    func `an article and a script are read`(revision: ContextRevision) async {
        let uri = "frontline://articles/en/late%20delivery"
        let article = await Self.server.ask("resources/read", ["uri": .string(uri)], in: revision)["result"]?[
            "contents"
        ]
        #expect(article?.array?.count == 1 && article?[0]?["uri"] == .string(uri))
        #expect(
            article?[0]?["text"] == "# Late delivery\n\nWhat to do.\n\n## Issue\n\nLate.\n\n## What to say\n\nSorry.\n"
        )
        let script = await Self.server.ask("resources/read", ["uri": "frontline://scripts/late-delivery"], in: revision)
        #expect(script["result"]?["contents"]?[0]?["text"] == "script: late-delivery\n")
    }

    @Test(arguments: [
        "frontline://articles/en/other", "frontline://articles/de/late%20delivery", "frontline://scripts/x",
        "file:///x", "x",
    ])
    func `what is not there and what is no address are the same`(uri: String) async {
        let new = await Self.server.ask("resources/read", ["uri": .string(uri)], in: .stateless)["error"]
        #expect(new?["code"] == -32_602 && new?["data"] == ["uri": .string(uri)])
        let old = await Self.server.ask("resources/read", ["uri": .string(uri)], in: .handshake)["error"]
        #expect(old?["code"] == -32_002)
    }

    @Test func `whoever may not read is shown nothing, and cannot tell it from what is missing`() async {
        let server = ContextServer(host: FakeHost(), version: "1")
        #expect(await server.ask("resources/list", in: .stateless)["result"]?["resources"] == [])
        #expect(await server.ask("prompts/list", in: .stateless)["result"]?["prompts"] == [])
        for (method, params) in [
            ("resources/read", ["uri": "frontline://articles/en/late%20delivery"] as JSONObject),
            ("prompts/get", ["name": "late-delivery"]), ("tools/call", ["name": "knowledge.get"]),
        ] {
            let refused = await server.ask(method, params, in: .stateless)["error"]
            #expect(refused?["code"] == -32_602 && refused?["message"]?.string?.contains("role") == false, "\(method)")
        }
    }

    // MARK: Prompts

    @Test(arguments: ContextRevision.allCases)
    func `a script is a prompt with its source`(revision: ContextRevision) async {
        let list = await Self.server.ask("prompts/list", in: revision)["result"]?["prompts"]
        #expect(list?[0]?["name"] == "late-delivery" && list?[0]?["arguments"]?.array?.count == 2)
        #expect(list?[0]?["description"]?.string?.contains("where is my parcel") == true)
        let params: JSONObject = [
            "name": "late-delivery", "arguments": ["conversation": "call-1", "situation": "{{script}} wants money"],
        ]
        let result = await Self.server.ask("prompts/get", params, in: revision)["result"]
        let text = result?["messages"]?[0]?["content"]?["text"]?.string ?? ""
        #expect(text.contains("call-1") && text.contains("What the customer wants: {{script}} wants money"))
        #expect(text.contains("“Late {{situation}} delivery”"), "values are not read for placeholders")
        #expect(result?["messages"]?[1]?["content"]?["resource"]?["text"] == "script: late-delivery\n")
        let bare = await Self.server.ask("prompts/get", ["name": "late-delivery"], in: revision)
        let bareText = bare["result"]?["messages"]?[0]?["content"]?["text"]?.string ?? ""
        #expect(!bareText.contains("The conversation is") && !bareText.contains("What the customer wants"))
    }

    @Test func `a prompt with wrong arguments is refused`() async {
        for arguments: JSON in [
            [], "x", ["step": "x"], ["title": "x"], ["conversation": 1],
            ["situation": .string(String(repeating: "x", count: 4_001))],
        ] {
            let params: JSONObject = ["name": "late-delivery", "arguments": arguments]
            #expect(await Self.server.ask("prompts/get", params, in: .stateless)["error"]?["code"] == -32_602)
        }
        for params: JSONObject in [[:], ["name": 1], ["name": "other"], ["name": ""]] {
            #expect(await Self.server.ask("prompts/get", params, in: .stateless)["error"]?["code"] == -32_602)
        }
    }

    // MARK: State

    @Test(
        arguments: [
            ("tools/call", ["name": "knowledge.get", "arguments": ["article_id": "late delivery", "locale": "en"]]),
            ("resources/read", ["uri": "frontline://scripts/late-delivery"]),
            ("prompts/get", ["name": "late-delivery"]),
        ] as [(String, JSONObject)]
    )
    func `state that this server never gave out is refused, and nothing is called`(
        method: String,
        params: JSONObject
    ) async {
        let host = FakeHost(Sample.reader)
        let server = ContextServer(host: host, version: "1")
        for (name, value) in [("requestState", "eyJhIjoxfQ=="), ("inputResponses", [:])] as [(String, JSON)] {
            var params = params
            params[name] = value
            #expect(await server.ask(method, params, in: .stateless)["error"]?["code"] == -32_602)
        }
        #expect(host.calls.isEmpty)
        #expect(await server.ask(method, params, in: .stateless)["result"] != nil)
    }

    @Test func `a server that fails or cannot be reached is a failure without a result`() async {
        struct Lost: Error, CustomStringConvertible { var description: String { "the connection is closed" } }
        for (error, code) in [
            (Lost() as any Error, -32_603), (RPCError(.unauthenticated), 1_001), (RPCError.internalError, -32_603),
            (CancellationError(), -32_603),
        ] {
            let host = FakeHost(["knowledge.get": { _ in throw error }, "knowledge.list": { _ in throw error }])
            let server = ContextServer(host: host, version: "1")
            #expect(await server.ask("resources/list", in: .stateless)["error"]?["code"]?.int == code)
            #expect(
                await server.ask("tools/call", ["name": "knowledge.get"], in: .stateless)["error"]?["code"]?.int == code
            )
        }
    }
}
