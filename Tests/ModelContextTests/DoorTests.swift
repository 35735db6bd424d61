import JSONRPC
import ModelContext
import Testing
import Vocabulary

/// What is done for a line of standard input, and for a posted message.
@Suite struct DoorTests {
    // MARK: Messages

    @Test(arguments: [
        ("", -32_700), ("{", -32_700), ("nonsense", -32_700), ("[]", -32_600), ("[{}]", -32_600), ("1", -32_600),
        ("null", -32_600),
        (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32_600),
        (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32_600),
        (#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, -32_600),
        (#"{"jsonrpc":"2.0","id":true,"method":"ping"}"#, -32_600),
        (#"{"id":1,"method":"ping"}"#, -32_600), (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32_600),
        (#"{"jsonrpc":"2.0","id":1}"#, -32_600), (#"{"jsonrpc":"2.0","id":1,"result":{}}"#, -32_600),
        (#"{"jsonrpc":"2.0","id":1,"method":3}"#, -32_600), (#"{"jsonrpc":"2.0","id":1,"method":""}"#, -32_600),
        (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#, -32_600),
        (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":null}"#, -32_600),
        (#"{"jsonrpc":"2.0","id":1,"method":"\#(String(repeating: "x", count: 201))"}"#, -32_600),
        (#"{"jsonrpc":"2.0","id":"\#(String(repeating: "x", count: 201))","method":"ping"}"#, -32_600),
        (
            #"{"jsonrpc":"2.0","id":1,"method":"ping","params":\#(String(repeating: #"{"a":"#, count: 70))1\#(String(repeating: "}", count: 71))"#,
            -32_600
        ),
    ])
    func `what is no message is refused on both doors`(text: String, code: Int) throws {
        var stream = ContextStream()
        guard case .write(.failure(_, let failure)) = stream.receive(Array(text.utf8)) else {
            Issue.record("it was taken")
            return
        }
        #expect(failure.code == code)
        let refusal = #expect(throws: ContextPost.Refusal.self) {
            try ContextPost(Array(text.utf8)) { _ in [] }
        }
        #expect(refusal?.status == 400)
        let written = try JSON(parsing: #require(refusal?.answer.bytes))
        #expect(written["error"]?["code"]?.int == code && written["id"] != .null)
    }

    // MARK: Standard streams

    private static func line(_ id: JSON?, _ method: String, _ params: JSONObject = [:]) -> [UInt8] {
        var message: JSONObject = ["jsonrpc": "2.0", "method": .string(method), "params": .object(params)]
        message["id"] = id
        return JSON.object(message).serialized()
    }

    private static func code(_ action: ContextStream.Action) -> Int? {
        guard case .write(.failure(_, let failure)) = action else { return nil }
        return failure.code
    }

    @Test func `a request that says its version is served by itself, before and after a handshake`() {
        var stream = ContextStream()
        for id in 1...2 {
            let listing = Self.line(.number(JSONNumber(id)), "tools/list", ["_meta": meta])
            guard case .serve(let message, .stateless) = stream.receive(listing) else {
                Issue.record("it was not served")
                return
            }
            #expect(message.method == "tools/list")
            _ = stream.receive(Self.line("i\(id)", "initialize"))
        }
        guard case .serve(_, .handshake) = stream.receive(Self.line(9, "tools/list")) else {
            Issue.record("the handshake has no effect")
            return
        }
    }

    @Test func `without a version and a handshake only a ping is served`() {
        var stream = ContextStream()
        let refused = [
            stream.receive(Self.line(1, "tools/list")), stream.receive(Self.line(2, "server/discover", ["_meta": [:]])),
        ]
        #expect(refused.map(Self.code) == [-32_602, -32_602])
        guard case .serve(_, .handshake) = stream.receive(Self.line(3, "ping")) else {
            Issue.record("a ping was refused")
            return
        }
    }

    @Test(
        arguments: [
            (["io.modelcontextprotocol/protocolVersion": "2026-07-28"], -32_602),
            (
                ["io.modelcontextprotocol/protocolVersion": 1, "io.modelcontextprotocol/clientCapabilities": [:]],
                -32_602
            ),
            (
                [
                    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                    "io.modelcontextprotocol/clientCapabilities": [],
                ], -32_602
            ),
            (
                ["io.modelcontextprotocol/protocolVersion": "v999", "io.modelcontextprotocol/clientCapabilities": [:]],
                -32_022
            ),
            (
                [
                    "io.modelcontextprotocol/protocolVersion": "2025-11-25",
                    "io.modelcontextprotocol/clientCapabilities": [:],
                ], -32_022
            ),
        ] as [(JSON, Int)]
    )
    func `an incomplete or unknown version is refused`(meta: JSON, code: Int) {
        var stream = ContextStream()
        let action = stream.receive(Self.line(1, "server/discover", ["_meta": meta]))
        #expect(Self.code(action) == code)
        if case .write(.failure(_, let failure)) = action, code == -32_022 {
            #expect(failure.data?["supported"] == ["2026-07-28", "2025-11-25"])
            #expect(failure.data?["requested"] == meta["io.modelcontextprotocol/protocolVersion"])
        }
    }

    @Test func `a request that was cancelled is not answered`() {
        var stream = ContextStream()
        for id: JSON in [1, "1", 2] { _ = stream.receive(Self.line(id, "tools/list", ["_meta": meta])) }
        var actions = [stream.receive(Self.line(nil, "notifications/cancelled", ["requestId": "1"]))]
        let wanted = [stream.end(1), stream.end("1"), stream.end(2)]
        #expect(wanted == [true, false, true])
        for id: JSON in [3, .null, [:], 1] {
            actions.append(stream.receive(Self.line(nil, "notifications/cancelled", ["requestId": id])))
        }
        #expect(actions.allSatisfy { $0 == .none })
        let isKnown = stream.end(3)
        #expect(!isKnown, "what is not in progress cannot end")
    }

    @Test func `an id in progress is not taken twice, and is free afterwards`() {
        var stream = ContextStream()
        let line = Self.line(1, "tools/list", ["_meta": meta])
        guard case .serve = stream.receive(line) else { return }
        let again = stream.receive(line)
        #expect(Self.code(again) == -32_600)
        let isWanted = stream.end(1)
        #expect(isWanted)
        guard case .serve = stream.receive(line) else {
            Issue.record("the id is still taken")
            return
        }
    }

    // MARK: HTTP

    private static func post(
        _ method: String,
        _ params: JSONObject,
        _ headers: [String: [String]]
    ) throws -> ContextPost {
        try ContextPost(line(5, method, params)) { headers[$0] ?? [] }
    }

    private static let call: JSONObject = ["name": "knowledge.get", "_meta": meta]
    private static let version = ["2026-07-28"]

    @Test(arguments: [
        ["knowledge.get"], ["=?base64?a25vd2xlZGdlLmdldA==?="],
    ])
    func `headers that say what the message says are accepted, in Base64 too`(name: [String]) throws {
        let post = try Self.post(
            "tools/call",
            Self.call,
            ["mcp-protocol-version": Self.version, "mcp-method": ["tools/call"], "mcp-name": name]
        )
        #expect(post.revision == .stateless)
        #expect(post.status(of: .failure(id: 1, ContextFailure(code: -32_601, "x"))) == 404)
        #expect(post.status(of: .failure(id: 1, ContextFailure(code: -32_602, "x"))) == 200)
        #expect(post.status(of: .result(id: 1, [:])) == 200)
    }

    @Test(
        arguments: [
            ([:], -32_020), (["mcp-protocol-version": ["2025-11-25"]], -32_020),
            (["mcp-protocol-version": ["v999"]], -32_020),
            (["mcp-protocol-version": ["2026-07-28", "2026-07-28"]], -32_020),
            (["mcp-protocol-version": version], -32_020),
            (["mcp-protocol-version": version, "mcp-method": ["tools/list"], "mcp-name": ["knowledge.get"]], -32_020),
            (["mcp-protocol-version": version, "mcp-method": ["TOOLS/CALL"], "mcp-name": ["knowledge.get"]], -32_020),
            (
                [
                    "mcp-protocol-version": version, "mcp-method": ["tools/call", "tools/call"],
                    "mcp-name": ["knowledge.get"],
                ], -32_020
            ),
            (["mcp-protocol-version": version, "mcp-method": ["tools/call"]], -32_020),
            (
                ["mcp-protocol-version": version, "mcp-method": ["tools/call"], "mcp-name": ["resolution.request"]],
                -32_020
            ),
            (
                [
                    "mcp-protocol-version": version, "mcp-method": ["tools/call"],
                    "mcp-name": ["knowledge.get", "knowledge.get"],
                ], -32_020
            ),
            (
                [
                    "mcp-protocol-version": version, "mcp-method": ["tools/call"],
                    "mcp-name": ["=?base64?a25vd2xlZGdlLmdldA?="],
                ], -32_020
            ),
            (
                [
                    "mcp-protocol-version": version, "mcp-method": ["tools/call"],
                    "mcp-name": ["=?base64?a25v!!!lZGdlLmdldA==?="],
                ], -32_020
            ),
            (
                ["mcp-protocol-version": version, "mcp-method": ["tools/call"], "mcp-name": ["=?base64?/w==?="]],
                -32_020
            ),
            (
                [
                    "mcp-protocol-version": version, "mcp-method": ["tools/call"],
                    "mcp-name": ["a25vd2xlZGdlLmdldA==?="],
                ], -32_020
            ),
        ] as [([String: [String]], Int)]
    )
    func `headers that say something else are refused`(headers: [String: [String]], code: Int) throws {
        let refusal = #expect(throws: ContextPost.Refusal.self) { try Self.post("tools/call", Self.call, headers) }
        #expect(refusal?.status == 400)
        guard case .failure(let id, let failure)? = refusal?.answer else { return }
        #expect(failure.code == code && id == 5)
    }

    @Test(
        arguments: [
            ([:], ["2026-07-28"], -32_602), (["_meta": [:]], ["2026-07-28"], -32_602),
            (["_meta": ["io.modelcontextprotocol/protocolVersion": "2026-07-28"]], ["2026-07-28"], -32_602),
            (
                [
                    "_meta": [
                        "io.modelcontextprotocol/protocolVersion": "v9",
                        "io.modelcontextprotocol/clientCapabilities": [:],
                    ]
                ], ["v9"], -32_022
            ),
            (
                [
                    "_meta": [
                        "io.modelcontextprotocol/protocolVersion": "v9",
                        "io.modelcontextprotocol/clientCapabilities": [:],
                    ]
                ], ["2026-07-28"], -32_020
            ),
            ([:], ["2024-11-05"], -32_022), ([:], [], -32_020), (["_meta": meta], [], -32_020),
        ] as [(JSONObject, [String], Int)]
    )
    func `a version is complete, known and said twice`(params: JSONObject, header: [String], code: Int) throws {
        let headers = ["mcp-protocol-version": header, "mcp-method": ["server/discover"]]
        let refusal = #expect(throws: ContextPost.Refusal.self) { try Self.post("server/discover", params, headers) }
        guard case .failure(_, let failure)? = refusal?.answer else { return }
        #expect(refusal?.status == 400 && failure.code == code)
    }

    @Test func `the older revision needs its version, but not for the handshake, and knows no session`() throws {
        #expect(try Self.post("initialize", [:], [:]).revision == .handshake)
        let old = ["mcp-protocol-version": ["2025-11-25"]]
        let post = try Self.post("tools/list", [:], old)
        #expect(
            post.revision == .handshake && post.status(of: .failure(id: 1, ContextFailure(code: -32_601, "x"))) == 200
        )
        var sessions = old
        sessions["mcp-session-id"] = ["1868a90c"]
        let refusal = #expect(throws: ContextPost.Refusal.self) { try Self.post("tools/list", [:], sessions) }
        #expect(refusal?.status == 404)
        // The newer one ignores it.
        let new = ["mcp-protocol-version": Self.version, "mcp-method": ["tools/list"], "mcp-session-id": ["x"]]
        #expect(try Self.post("tools/list", ["_meta": meta], new).revision == .stateless)
    }

    @Test func `a notification needs no more headers than its version`() throws {
        for version in ["2026-07-28", "2025-11-25"] {
            let post = try ContextPost(Self.line(nil, "notifications/initialized")) {
                $0 == "mcp-protocol-version" ? [version] : []
            }
            #expect(post.message.id == nil && post.revision.rawValue == version)
        }
    }
}
