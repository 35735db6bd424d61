import JSONRPC
import NIOHTTP1
import RPCServer
import Testing

@Suite struct WebGateTests {
    private static func gate(
        _ address: String = "127.0.0.1:7412",
        hosts: [String]? = nil,
        origins: [String]? = nil,
        isEncrypted: Bool = false,
        takesCookies: Bool = false
    ) throws -> WebGate {
        let address = try #require(RPCAddress(address))
        let page = WebRoute("/page", .page { _ in WebResponse(type: "text/plain", body: []) })
        let back = WebRoute("/back", takesParameters: true, .page { _ in WebResponse(type: "text/plain", body: []) })
        let configuration = WebConfiguration(
            address: address,
            hosts: hosts,
            origins: origins,
            routes: [
                page, back, WebRoute("/ws", .socket), WebRoute("/rpc", .calls),
                WebRoute("/other", .exchange { _ in WebResponse(type: "text/plain", body: []) }),
            ],
            takesCookies: takesCookies
        )
        return try WebGate(configuration, isEncrypted: isEncrypted, bodyLimit: 1_000)
    }

    private static let call = [("Host", "127.0.0.1:7412"), ("Content-Type", "application/json")]

    private static func status(_ verdict: WebGate.Verdict) -> Int {
        switch verdict {
        case .call, .exchange, .submission: 200
        case .page: 200
        case .socket: 101
        case .refused(let response): response.status
        }
    }

    private static func status(
        _ gate: WebGate,
        _ method: HTTPMethod = .POST,
        _ path: String = "/rpc",
        _ headers: [(String, String)] = call,
        version: HTTPVersion = .http1_1
    ) -> Int {
        let head = HTTPRequestHead(version: version, method: method, uri: path, headers: HTTPHeaders(headers))
        return status(gate.verdict(on: head, port: 7412))
    }

    @Test(arguments: [
        (HTTPMethod.GET, "/page", 200), (.HEAD, "/page", 200), (.POST, "/page", 405), (.DELETE, "/page", 405),
        (.OPTIONS, "/rpc", 405), (.GET, "/rpc", 405), (.PUT, "/rpc", 405), (.POST, "/ws", 405), (.HEAD, "/ws", 405),
        (.GET, "/", 404), (.GET, "/Page", 404), (.GET, "/page/", 404), (.GET, "//page", 404), (.GET, "/./page", 404),
        (.GET, "/%70age", 404), (.GET, "http://127.0.0.1:7412/page", 400), (.OPTIONS, "*", 400),
        (.CONNECT, "127.0.0.1:7412", 400), (.GET, "/page?", 400), (.GET, "/ws?token=fl_x", 400),
        (.POST, "/rpc?access_token=fl_x", 400), (.TRACE, "/page", 405),
        (.POST, "/other", 200), (.GET, "/other", 405), (.DELETE, "/other", 405), (.POST, "/other?token=fl_x", 400),
    ])
    func `only the paths and methods that are there are served`(method: HTTPMethod, path: String, status: Int) throws {
        #expect(Self.status(try Self.gate(), method, path) == status)
    }

    @Test(arguments: [
        ("127.0.0.1:7412", 200), ("localhost:7412", 200), ("LOCALHOST:7412", 200), ("[::1]:7412", 200),
        ("127.0.0.1", 421), ("127.0.0.1:7411", 421), ("evil.example:7412", 421), ("localhost.evil.example:7412", 421),
        ("127.0.0.1:7412.evil.example", 421), ("", 421), ("127.0.0.1:7412@evil.example", 421), ("10.0.0.1:7412", 421),
    ])
    func `only names of this server are taken`(host: String, status: Int) throws {
        let headers = [("Host", host), ("Content-Type", "application/json")]
        #expect(Self.status(try Self.gate(), .POST, "/rpc", headers) == status)
    }

    @Test func `exactly one Host header is expected`() throws {
        let gate = try Self.gate()
        #expect(Self.status(gate, .POST, "/rpc", [("Content-Type", "application/json")]) == 400)
        #expect(Self.status(gate, .POST, "/rpc", Self.call + [("Host", "127.0.0.1:7412")]) == 400)
    }

    @Test(arguments: [
        (["desk.example.com"], "desk.example.com", true), (["desk.example.com"], "desk.example.com:7412", true),
        (["desk.example.com"], "desk.example.com:8443", false), (["desk.example.com"], "127.0.0.1:7412", false),
        (["desk.example.com:8443"], "desk.example.com:8443", true),
        (["Desk.Example.com:8443"], "desk.example.com", false),
        (["[2001:db8::1]"], "[2001:db8::1]:7412", true),
    ])
    func `listed names replace those of the address`(listed: [String], host: String, isAdmitted: Bool) throws {
        let status = Self.status(
            try Self.gate(hosts: listed),
            .POST,
            "/rpc",
            [("Host", host), ("Content-Type", "application/json")]
        )
        #expect(status == (isAdmitted ? 200 : 421))
    }

    /// An address in figures cannot be made to lead elsewhere.
    @Test(arguments: [
        ("192.0.2.7:7412", true), ("[2001:db8::7]:7412", true), ("localhost:7412", true),
        ("desk.example.com:7412", false),
        ("192.0.2.7.evil.example:7412", false), ("192.0.2.7:80", false),
    ])
    func `on all addresses any address in figures is a name`(host: String, isAdmitted: Bool) throws {
        let headers = [("Host", host), ("Content-Type", "application/json")]
        for address in ["0.0.0.0:7412", "[::]:7412"] {
            #expect(Self.status(try Self.gate(address), .POST, "/rpc", headers) == (isAdmitted ? 200 : 421))
        }
    }

    @Test(
        arguments: [
            (nil, "http://127.0.0.1:7412", 200), (nil, "https://127.0.0.1:7412", 403), (nil, "http://127.0.0.1", 403),
            (nil, "http://localhost:7412", 403), (nil, "null", 403), (nil, "http://127.0.0.1:7412.evil.example", 403),
            (nil, "http://evil.example", 403), (nil, "", 403),
            (["https://desk.example.com"], "https://desk.example.com", 200),
            (["https://desk.example.com"], "http://desk.example.com", 403),
            (["https://desk.example.com"], "https://desk.example.com:444", 403),
            (["https://desk.example.com"], "https://a.desk.example.com", 403),
            (["https://desk.example.com"], "http://127.0.0.1:7412", 403),
        ] as [([String]?, String, Int)]
    )
    func `only pages of exactly the allowed origins may call`(listed: [String]?, origin: String, status: Int) throws {
        let gate = try Self.gate(origins: listed)
        #expect(Self.status(gate, .POST, "/rpc", Self.call + [("Origin", origin)]) == status)
        #expect(Self.status(gate, .GET, "/page", Self.call + [("Origin", origin)]) == status)
    }

    @Test func `over TLS the own origin is https`() throws {
        let gate = try Self.gate(isEncrypted: true)
        #expect(Self.status(gate, .POST, "/rpc", Self.call + [("Origin", "https://127.0.0.1:7412")]) == 200)
        #expect(Self.status(gate, .POST, "/rpc", Self.call + [("Origin", "http://127.0.0.1:7412")]) == 403)
    }

    @Test(arguments: [("same-origin", 200), ("same-site", 403), ("cross-site", 403), ("none", 403), ("", 403)])
    func `a browser's word on who asks counts for calls`(site: String, status: Int) throws {
        #expect(Self.status(try Self.gate(), .POST, "/rpc", Self.call + [("Sec-Fetch-Site", site)]) == status)
        #expect(Self.status(try Self.gate(), .GET, "/page", Self.call + [("Sec-Fetch-Site", site)]) == 200)
    }

    @Test(arguments: [
        ("application/json", 200), ("application/json; charset=utf-8", 200), ("Application/JSON;charset=UTF-8", 200),
        ("application/json ; charset=\"utf-8\"", 200), ("application/json; charset=latin1", 415), ("text/plain", 415),
        ("application/jsonp", 415), ("application/x-www-form-urlencoded", 415), ("", 415),
        ("text/plain, application/json", 415),
    ])
    func `calls are JSON and nothing else`(type: String, status: Int) throws {
        #expect(Self.status(try Self.gate(), .POST, "/rpc", [Self.call[0], ("Content-Type", type)]) == status)
    }

    @Test(arguments: [
        ([("Content-Length", "5"), ("Transfer-Encoding", "chunked")], 400),
        ([("Content-Length", "5"), ("Content-Length", "6")], 400),
        ([("Content-Length", "5"), ("Content-Length", "5")], 400), ([("Content-Length", "5, 5")], 400),
        ([("Content-Length", "+5")], 400),
        ([("Content-Length", "0x5")], 400), ([("Content-Length", "")], 400),
        ([("Transfer-Encoding", "gzip, chunked")], 501),
        ([("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "chunked")], 400),
        ([("Transfer-Encoding", "xchunked")], 501),
        ([("Content-Length", "1000")], 200), ([("Content-Length", "1001")], 413),
        ([("Content-Length", "99999999999999999999")], 413),
        ([("Content-Encoding", "gzip")], 415), ([("Transfer-Encoding", "Chunked")], 200),
    ])
    func `a body whose end could be understood in two ways is refused`(headers: [(String, String)], status: Int) throws
    {
        #expect(Self.status(try Self.gate(), .POST, "/rpc", Self.call + headers) == status)
    }

    @Test(arguments: [
        ("Bearer fl_x", 200), ("bearer fl_x", 200), ("Basic dXNlcjpw", 401), ("Bearer", 401), ("Bearer ", 401),
        ("fl_x", 401),
    ])
    func `who calls is proved by a bearer token`(header: String, status: Int) throws {
        #expect(Self.status(try Self.gate(), .POST, "/rpc", Self.call + [("Authorization", header)]) == status)
        let twice = Self.call + [("Authorization", header), ("Authorization", header)]
        #expect(Self.status(try Self.gate(), .POST, "/rpc", twice) == 401)
    }

    // MARK: Cookies

    private static func credential(
        _ headers: [(String, String)],
        _ method: HTTPMethod = .POST,
        _ path: String = "/rpc"
    ) throws -> (status: Int, credential: WebCredential?) {
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: HTTPHeaders(headers))
        let verdict = try gate(takesCookies: true).verdict(on: head, port: 7412)
        switch verdict {
        case .call(let credential), .socket(_, let credential): return (status(verdict), credential)
        case .page(_, let head): return (200, head.credential)
        case .exchange, .submission, .refused: return (status(verdict), nil)
        }
    }

    private static let cookie = ("Cookie", "a=b; __Host-frontline=fs_x; c=d")
    private static let origin = ("Origin", "http://127.0.0.1:7412")

    @Test func `the cookie of a session counts with the origin of the server's own pages`() throws {
        for proof in [
            [Self.origin], [("Sec-Fetch-Site", "same-origin")], [Self.origin, ("Sec-Fetch-Site", "same-origin")],
        ] {
            let found = try Self.credential(Self.call + [Self.cookie] + proof)
            #expect(found.status == 200 && found.credential == .session("fs_x"))
        }
        let bearer = try Self.credential(Self.call + [Self.cookie, ("Authorization", "Bearer fl_y")])
        #expect(bearer.credential == .token("fl_y"))
    }

    @Test(arguments: [
        [], [("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")], [("Sec-Fetch-Site", "none")],
        [("Origin", "https://evil.example")], [("Origin", "null")], [origin, ("Sec-Fetch-Site", "same-site")],
    ])
    func `a call with a cookie that other pages could have sent is refused`(headers: [(String, String)]) throws {
        #expect(try Self.credential(Self.call + [Self.cookie] + headers).status == 403)
    }

    @Test func `a handshake with a cookie names its origin`() throws {
        #expect(try Self.credential(Self.handshake + [Self.cookie], .GET, "/ws").status == 403)
        let site = [("Sec-Fetch-Site", "same-origin")]
        #expect(try Self.credential(Self.handshake + [Self.cookie] + site, .GET, "/ws").status == 403)
        let found = try Self.credential(Self.handshake + [Self.cookie, Self.origin], .GET, "/ws")
        #expect(found.status == 101 && found.credential == .session("fs_x"))
        #expect(try Self.credential(Self.handshake, .GET, "/ws").credential == nil)
    }

    @Test(arguments: [("cross-site", false), ("same-site", false), ("none", true), ("same-origin", true)])
    func `a link from elsewhere shows a page as for a stranger`(site: String, isKnown: Bool) throws {
        let headers = [("Host", "127.0.0.1:7412"), Self.cookie, ("Sec-Fetch-Site", site)]
        let found = try Self.credential(headers, .GET, "/page")
        #expect(found.status == 200 && (found.credential == .session("fs_x")) == isKnown)
    }

    @Test(arguments: [
        "__Host-frontline=fs_x; __Host-frontline=fs_y", "__Host-frontline=", "__Host-frontline=a b",
        "__host-frontline=fs_x",
        "frontline=fs_x", "__Host-frontline2=fs_x", "x__Host-frontline=fs_x", "__Host-frontline=\"fs_x\"",
        "a=__Host-frontline=fs_x",
    ])
    func `a cookie that is there twice, or is not one of the server's, is none`(value: String) throws {
        #expect(try Self.credential(Self.call + [("Cookie", value), Self.origin]).credential == nil)
        let twice = Self.call + [Self.cookie, Self.cookie, Self.origin]
        #expect(try Self.credential(twice).credential == nil)
    }

    @Test func `a server that does not know sessions takes no cookies`() throws {
        let headers = HTTPHeaders(Self.call + [Self.cookie])
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/rpc", headers: headers)
        guard case .call(nil) = try Self.gate().verdict(on: head, port: 7412) else {
            Issue.record("the cookie makes a difference")
            return
        }
    }

    @Test func `parameters are taken where a path says so`() throws {
        let gate = try Self.gate()
        #expect(Self.status(gate, .GET, "/back?code=a&state=b", [("Host", "127.0.0.1:7412")]) == 200)
        #expect(Self.status(gate, .GET, "/back", [("Host", "127.0.0.1:7412")]) == 200)
        #expect(Self.status(gate, .GET, "/page?code=a", [("Host", "127.0.0.1:7412")]) == 400)
    }

    private static let handshake = [
        ("Host", "127.0.0.1:7412"), ("Upgrade", "websocket"), ("Connection", "keep-alive, Upgrade"),
        ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("Sec-WebSocket-Protocol", "other, jsonrpc.frontline.v1"),
    ]

    @Test(arguments: [
        ("Host", "127.0.0.1:7412", 101), ("Upgrade", "h2c", 426), ("Connection", "keep-alive", 426),
        ("Sec-WebSocket-Version", "8", 426), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ", 400),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZSE!", 400), ("Sec-WebSocket-Protocol", "jsonrpc", 400),
        ("Sec-WebSocket-Protocol", "jsonrpc.frontline.v2", 400), ("Sec-WebSocket-Protocol", "", 400),
    ])
    func `a handshake is complete and names the subprotocol`(name: String, value: String, status: Int) throws {
        let headers = Self.handshake.map { $0.0 == name ? (name, value) : $0 }
        let gate = try Self.gate()
        #expect(Self.status(gate, .GET, "/ws", headers) == status)
        #expect(Self.status(gate, .GET, "/ws", Self.handshake.filter { $0.0 != name }) >= 400)
    }

    /// The example of RFC 6455, section 1.3.
    @Test func `the answer to a handshake proves that it was understood, and agrees on no extension`() throws {
        #expect(WebSocketHandshake.accept("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        let headers = Self.handshake + [("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")]
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/ws", headers: HTTPHeaders(headers))
        guard case .socket(let response, _) = try Self.gate().verdict(on: head, port: 7412) else {
            Issue.record("refused")
            return
        }
        let text = String(decoding: response, as: UTF8.self)
        #expect(text.contains("Sec-WebSocket-Protocol: jsonrpc.frontline.v1\r\n"))
        #expect(!text.contains("Extensions") && text.hasSuffix("\r\n\r\n"))
        #expect(Self.status(try Self.gate(), .GET, "/ws", headers, version: .http1_0) == 426)
    }

    @Test(arguments: ["desk.example.com/x", "https://desk.example.com", "", "a b", "unix:/tmp/s", "::1"])
    func `a host that is none is refused at the start`(host: String) {
        #expect(throws: RPCServerError.self) { try Self.gate(hosts: [host]) }
    }

    @Test(arguments: ["desk.example.com", "https://desk.example.com/", "null", "*", "", "ftp://a", "https://unix:a"])
    func `an origin that is none is refused at the start`(origin: String) {
        #expect(throws: RPCServerError.self) { try Self.gate(origins: [origin]) }
    }
}
