import JSONRPC
import NIOCore
import NIOWebSocket
import RPCServer
import Testing
import Vocabulary

/// Calls over HTTP and the messages of WebSocket, over sockets.
@Suite struct WebServerTests {
    private static let echo = #"{"jsonrpc":"2.0","id":1,"method":"whoami"}"#

    // MARK: HTTP

    @Test func `a call is answered, a notification is not, and the connection stays open`() async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.connect(address)
            try await client.post(address, Self.echo)
            let answer = try await client.response()
            #expect(answer.status == 200 && answer.headers["content-type"] == "application/json")
            #expect(answer.json?["result"] == "nobody")
            try await client.post(address, #"{"jsonrpc":"2.0","method":"later"}"#)
            let nothing = try await client.response()
            #expect(nothing.status == 204 && nothing.body.isEmpty && nothing.headers["content-length"] == nil)
            try await client.post(address, "[\(Self.echo),\(Self.echo)]")
            #expect(try await client.response().json?.array?.count == 2)
            try await client.post(address, "nonsense")
            let broken = try await client.response()
            #expect(broken.status == 200 && broken.json?["error"]?["code"] == -32_700)
        }
    }

    @Test func `each call has the caller of its own token`() async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.connect(address)
            try await client.post(address, Self.echo, "Authorization: Bearer anna\r\n")
            try await client.post(address, Self.echo)
            try await client.post(address, Self.echo, "Authorization: Bearer wrong\r\n")
            try await client.post(address, Self.echo, "Authorization: Bearer sofia\r\n")
            #expect(try await client.response().json?["result"] == "anna")
            #expect(try await client.response().json?["result"] == "nobody")
            #expect(try await client.response().status == 401)
            #expect(try await client.response().json?["result"] == "sofia")
        }
    }

    @Test func `a message of another protocol makes its calls as its bearer, within the limits of calls`() async throws
    {
        try await TestServer.web { address, _ in
            let client = try await WebClient.connect(address)
            for (token, status) in [("anna", 200), ("wrong", 401), ("sofia", 200)] {
                let body = "[\(Self.echo),\(String(request(2, "later", ["n": 3]).dropLast())),\(Self.echo),1]"
                try await client.send(
                    "POST /other HTTP/1.1\r\nHost: \(address)\r\nContent-Type: application/json\r\nX-Say: a\r\nX-SAY:  b \t \r\n"
                        + "Authorization: Bearer \(token)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                )
                let response = try await client.response()
                #expect(response.status == status)
                guard status == 200 else { continue }
                #expect(response.headers["x-echo"] == "a;b")
                #expect(response.json?[0] == .string(token) && response.json?[2] == .string(token))
                #expect(response.json?.array?.count == 4 && response.json?[3] == -32_600)
            }
            try await client.send(
                "POST /other HTTP/1.1\r\nHost: \(address)\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n[]"
            )
            #expect(try await client.response().status == 415)
        }
    }

    /// Also those whose answers take long, and what is refused.
    @Test func `requests that were sent together are answered in their order`() async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.connect(address)
            for number in 0..<100 {
                switch number % 4 {
                case 0: try await client.post(address, String(request(number, "later", ["n": 1]).dropLast()))
                case 1: try await client.post(address, String(request(number, "large", ["count": 100_000]).dropLast()))
                case 2: try await client.send("GET /nothing HTTP/1.1\r\nHost: \(address)\r\n\r\n")
                default: try await client.send("GET /page HTTP/1.1\r\nHost: \(address)\r\n\r\n")
                }
            }
            for number in 0..<100 {
                let response = try await client.response()
                switch number % 4 {
                case 0, 1: #expect(response.json?["id"]?.int == number)
                case 2: #expect(response.status == 404 && response.json?["status"] == 404)
                default: #expect(response.body == Array("page\n".utf8))
                }
            }
        }
    }

    @Test func `every response has the headers that tell browsers what they may do with it`() async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.connect(address)
            try await client.post(address, Self.echo)
            try await client.post(address, #"{"jsonrpc":"2.0","method":"later"}"#)
            try await client.send("GET /page HTTP/1.1\r\nHost: \(address)\r\n\r\n")
            try await client.send("GET /nothing HTTP/1.1\r\nHost: \(address)\r\n\r\n")
            for _ in 0..<4 {
                let headers = try await client.response().headers
                #expect(headers["x-content-type-options"] == "nosniff" && headers["cache-control"] == "no-store")
                #expect(headers["referrer-policy"] == "no-referrer")
                #expect(headers["cross-origin-opener-policy"] == "same-origin")
                #expect(headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
            }
        }
    }

    @Test func `only the head of a page is sent for HEAD`() async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.connect(address)
            let end = "Host: \(address)\r\nConnection: close\r\n\r\n"
            try await client.send("HEAD /page HTTP/1.1\r\n\(end)")
            let lines = await client.rest().split(separator: "\r\n")
            #expect(lines.contains("Content-Length: 5") && lines.contains("Connection: close"))
            #expect(!lines.contains { $0.contains("page") })
        }
    }

    @Test(arguments: [
        ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /page HTTP/1.1\r\n", 400),
        ("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400),
        ("Content-Length: 5\r\nContent-Length: 50\r\n\r\nhello", 400),
        ("Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400), ("Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400),
        ("X: a\r\n b\r\nContent-Length: 0\r\n\r\n", 400), ("X\u{0}: a\r\n\r\n", 400), (": a\r\n\r\n", 400),
        ("X: \(String(repeating: "x", count: 9_000))\r\n\r\n", 431),
        (String(repeating: "X: y\r\n", count: 70) + "\r\n", 431),
        ("Expect: the-moon\r\nContent-Length: 2\r\n\r\n", 417),
        ("Content-Length: 2000000\r\n\r\n", 413),
    ])
    func `a request that could be understood in two ways ends the connection`(rest: String, status: Int) async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.connect(address)
            try await client.send("POST /rpc HTTP/1.1\r\nHost: \(address)\r\nContent-Type: application/json\r\n\(rest)")
            let response = try await client.response()
            #expect(response.status == status && response.headers["connection"] == "close")
            #expect(await client.isAtEnd())
        }
    }

    @Test func `a body in chunks is bounded as one with a length is`() async throws {
        try await TestServer.web(configure: { $0.limits.lineBytes = 1_024 }) { address, _ in
            let head =
                "POST /rpc HTTP/1.1\r\nHost: \(address)\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            let client = try await WebClient.connect(address)
            let (first, second) = (Self.echo.prefix(10), Self.echo.dropFirst(10))
            try await client.send(
                "\(head)A\r\n\(first)\r\n\(String(second.utf8.count, radix: 16))\r\n\(second)\r\n0\r\n\r\n"
            )
            #expect(try await client.response().json?["result"] == "nobody")
            try await client.send("\(head)400\r\n\(String(repeating: " ", count: 1_024))\r\n1\r\n \r\n")
            #expect(try await client.response().status == 413)
            #expect(await client.isAtEnd())
        }
    }

    @Test func `a client that asks before it sends the body is told to go on`() async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.connect(address)
            try await client.send(
                "POST /rpc HTTP/1.1\r\nHost: \(address)\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
                    + "Content-Length: \(Self.echo.utf8.count)\r\n\r\n"
            )
            #expect(try await client.response().status == 100)
            try await client.send(Self.echo)
            #expect(try await client.response().json?["result"] == "nobody")
        }
    }

    @Test func `a slow head and a slow body do not hold a connection`() async throws {
        try await TestServer.web(configure: { $0.limits.strangerTime = .milliseconds(200) }) { address, _ in
            let slow = try await WebClient.connect(address)
            try await slow.send("POST /rpc HTTP/1.1\r\nHo")
            let slower = try await WebClient.connect(address)
            try await slower.send(
                "POST /rpc HTTP/1.1\r\nHost: \(address)\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
            )
            #expect(await slow.isAtEnd())
            #expect(await slower.isAtEnd())
        }
    }

    /// A token makes no difference between requests.
    @Test func `a silent connection of HTTP is closed`() async throws {
        try await TestServer.web(configure: { $0.limits.strangerTime = .seconds(3) }) { address, _ in
            let client = try await WebClient.connect(address)
            try await client.post(address, Self.echo, "Authorization: Bearer anna\r\n")
            #expect(try await client.response().status == 200)
            #expect(await client.isAtEnd())
        }
    }

    @Test func `a client that is one too many is told so in HTTP`() async throws {
        try await TestServer.web(configure: { $0.limits.connections = 1 }) { address, _ in
            let first = try await WebClient.connect(address)
            try await first.post(address, Self.echo)
            _ = try await first.response()
            let second = try await WebClient.connect(address)
            let refusal = try await second.response()
            #expect(refusal.status == 503 && refusal.headers["retry-after"] == "1")
        }
    }

    // MARK: WebSocket

    @Test func `messages are answered as lines are`() async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.socket(address)
            try await client.call(1, "echo", ["text": "hällo"])
            #expect(try await client.message()?["result"]?["text"] == "hällo")
            try await client.send(try ClientFrames.text("[\(Self.echo),\n\(Self.echo)]"))
            #expect(try await client.message()?.array?.count == 2)
            try await client.call(2, "large", ["count": 200_000])
            #expect(try await client.message()?["result"]?.string?.utf8.count == 200_000)
            try await client.send(try ClientFrames.text("nonsense"))
            #expect(try await client.message()?["error"]?["code"] == -32_700)
        }
    }

    @Test func `identity and order hold as on lines`() async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.socket(address)
            var frames: [UInt8] = []
            for number in 0..<50 {
                frames += try ClientFrames.text(request(number * 2, "authenticate", ["token": .string("t\(number)")]))
                frames += try ClientFrames.text(request(number * 2 + 1, "whoami"))
            }
            try await client.send(frames)
            for number in 0..<50 {
                #expect(try await client.message()?["id"]?.int == number * 2)
                #expect(try await client.message()?["result"] == .string("t\(number)"))
            }
        }
    }

    @Test func `frames that came with the handshake are read`() async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.connect(address)
            try await client.send(Array(WebClient.handshake(address).utf8) + ClientFrames.text(Self.echo))
            #expect(try await client.response().status == 101)
            #expect(try await client.message()?["result"] == "nobody")
        }
    }

    @Test func `a connection that has served requests may go on as WebSocket`() async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.connect(address)
            try await client.post(address, Self.echo)
            _ = try await client.response()
            try await client.send(WebClient.handshake(address))
            #expect(try await client.response().status == 101)
            try await client.call(1, "whoami")
            #expect(try await client.message()?["result"] == "nobody")
        }
    }

    @Test(
        arguments: [
            ([0x82, 0x81, 0, 0, 0, 0, 1], 1003), ([0x81, 0x81, 0, 0, 0, 0, 0xFF], 1007),
            ([0xC1, 0x80, 0, 0, 0, 0], 1002),
            ([0x81, 0x01, 0x41], 1002), ([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8], 1000), ([0x88, 0x80, 0, 0, 0, 0], nil),
        ] as [([UInt8], Int?)]
    )
    func `what was received before the end is answered, then the end is said`(bytes: [UInt8], code: Int?) async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.socket(address)
            try await client.send(
                try ClientFrames.text(request(1, "later", ["n": 1])) + bytes + ClientFrames.text(Self.echo)
            )
            #expect(try await client.message()?["id"] == 1)
            #expect(try await client.frame() == .close(code))
            #expect(try await client.frame() == nil)
        }
    }

    @Test func `a message over the limit is refused and ends the connection`() async throws {
        try await TestServer.web(configure: { $0.limits.lineBytes = 100 }) { address, _ in
            let client = try await WebClient.socket(address)
            try await client.send(try ClientFrames.frame(.text, [UInt8](repeating: 32, count: 60), isFinal: false))
            try await client.send(try ClientFrames.frame(.continuation, [UInt8](repeating: 32, count: 41)))
            #expect(try await client.message()?["error"]?["code"] == -32_600)
            #expect(try await client.frame() == .close(1009))
        }
    }

    @Test func `a ping is answered with its bytes, also between answers`() async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.socket(address)
            try await client.call(1, "large", ["count": 500_000])
            try await client.send(try ClientFrames.frame(.ping, [7, 8]))
            var (pongs, answers) = (0, 0)
            for _ in 0..<2 {
                switch try await client.frame() {
                case .pong([7, 8]): pongs += 1
                case .message(let answer) where answer["id"] == 1: answers += 1
                default: Issue.record("something else came")
                }
            }
            #expect((pongs, answers) == (1, 1))
        }
    }

    @Test func `a client that is gone without having closed is found out`() async throws {
        try await TestServer.web(configure: { $0.limits.pingTime = .seconds(1) }) { address, _ in
            // A subscription would keep the connection for ever otherwise.
            let client = try await WebClient.socket(address)
            try await client.call(1, "subscribe")
            _ = try await client.message()
            #expect(try await client.frame() == .ping)
            #expect(try await client.frame() == nil)
        }
    }

    /// Browsers answer pings by themselves, also for pages that never sign in.
    @Test func `a client that says nothing but that it is there is closed as silent`() async throws {
        let configure: (inout ServerConfiguration) -> Void = {
            $0.limits.pingTime = .milliseconds(300)
            $0.limits.strangerTime = .seconds(1)
        }
        try await TestServer.web(configure: configure) { address, _ in
            let client = try await WebClient.socket(address)
            var pings = 0
            while pings < 20, let frame = try await client.frame() {
                #expect(frame == .ping)
                pings += 1
                try await client.send(try ClientFrames.frame(.pong, []))
            }
            #expect((1..<20).contains(pings))
        }
    }

    @Test func `pings that nobody reads the answers of take bounded memory`() async throws {
        try await TestServer.web(configure: { $0.limits.outgoingBytes = 10_000 }) { address, _ in
            let client = try await WebClient.socket(address)
            try await client.pauseReading()
            let pings = Array(repeating: try ClientFrames.frame(.ping, [UInt8](repeating: 1, count: 125)), count: 500)
            for _ in 0..<20 { try await client.send(pings.flatMap(\.self)) }
            let other = try await WebClient.socket(address)
            try await other.call(1, "whoami")
            #expect(try await other.message()?["result"] == "nobody")
        }
    }

    @Test func `a client is told that the server shuts down, after its answers`() async throws {
        try await TestServer.web { address, server in
            let client = try await WebClient.socket(address)
            try await client.call(1, "wait", ["n": 1])
            var entered = server.entered.makeAsyncIterator()
            _ = await entered.next()
            async let stopped: Void = server.shutDown()
            try await client.send(try ClientFrames.frame(.ping, []))
            server.latch.open()
            var frames: [WebClient.Frame] = []
            while let frame = try await client.frame() { frames.append(frame) }
            #expect(frames.last == .close(1001))
            #expect(frames.contains { if case .message(let answer) = $0 { answer["id"] == 1 } else { false } })
            await stopped
        }
    }

    @Test func `a client whose identity does not count any more is told so`() async throws {
        try await TestServer.web { address, _ in
            let client = try await WebClient.socket(address)
            try await client.call(1, "dismiss")
            #expect(try await client.message()?["id"] == 1)
            #expect(try await client.frame() == .close(1008))
            #expect(try await client.frame() == nil)
        }
    }

    @Test func `notifications are frames, and one that does not fit is refused as on lines`() async throws {
        try await TestServer.web(configure: { $0.limits.outgoingBytes = 50_000 }) { address, _ in
            let client = try await WebClient.socket(address)
            try await client.call(1, "flood")
            var (events, lagging, sent) = (0, 0, 0)
            while lagging == 0 || sent == 0 {
                let message = try #require(try await client.message())
                if message["method"] == "event" { events += 1 }
                if message["method"] == "lagging" { lagging += 1 }
                if let count = message["result"]?.int { sent = count }
            }
            #expect(events == sent && sent > 0)
        }
    }

    @Test(.enabled(if: Identity.tool != nil)) func `both work over TLS`() async throws {
        let folder = try TemporaryFolder()
        let identity = try await Identity(in: folder.path)
        let files = ServerConfiguration.TLSFiles(certificate: identity.certificate, key: identity.key)
        try await TestServer.web(configure: { $0.tls = files }) { address, _ in
            let client = try await WebClient.connect(address, trusting: identity.certificate)
            try await client.post(address, Self.echo)
            #expect(try await client.response().json?["result"] == "nobody")
            let socket = try await WebClient.socket(address, trusting: identity.certificate)
            try await socket.call(1, "large", ["count": 300_000])
            #expect(try await socket.message()?["result"]?.string?.utf8.count == 300_000)
            try await socket.send(try ClientFrames.frame(.connectionClose, [0x03, 0xE8]))
            #expect(try await socket.frame() == .close(1000))
        }
    }

    @Test func `lines go on beside the web`() async throws {
        try await TestServer.run(configure: Self.withWeb) { server in
            #expect(server.addresses.count == 2)
            let lines = try await RawClient.connect(server.address)
            try await lines.send(request(1, "whoami"))
            #expect(try await lines.next()?["result"] == "nobody")
            let browser = try await RawClient.connect(server.address)
            try await browser.send("GET /page HTTP/1.1\r\n")
            #expect(try await browser.lines.first { _ in true } == Array("HTTP/1.1 400 Bad Request".utf8))
        }
    }

    private static func withWeb(_ configuration: inout ServerConfiguration) { TestServer.addWeb(&configuration) }
}

extension TestServer {
    /// Runs a server that only speaks HTTP and WebSocket.
    static func web(
        configure: (inout ServerConfiguration) -> Void = { _ in },
        body: (RPCAddress, TestServer) async throws -> Void
    ) async throws {
        try await run(
            [],
            configure: { configuration in
                addWeb(&configuration)
                // Silence counts in those tests only that are about it, however slow the machine is.
                configuration.limits.pingTime = .seconds(3_600)
                configuration.limits.strangerTime = .seconds(3_600)
                configure(&configuration)
            },
            body: { try await body($0.address, $0) }
        )
    }

    /// Answers a message with what its calls answer, one after the other.
    @Sendable private static func relay(_ post: WebPost) async -> WebResponse {
        var answers: [JSON] = []
        for request in (try? JSON(parsing: post.body))?.array ?? [] {
            guard let answer = await post.call(request), let answer = try? JSON(parsing: answer.bytes) else { continue }
            answers.append(answer["result"] ?? answer["error"]?["code"] ?? .null)
        }
        let headers = [(name: "X-Echo", value: post.header("x-say").joined(separator: ";"))]
        return .json(status: answers.isEmpty ? 400 : 200, .array(answers), headers: headers)
    }

    static func addWeb(_ configuration: inout ServerConfiguration) {
        let page = WebRoute("/page", .page { _ in WebResponse(type: "text/plain", body: Array("page\n".utf8)) })
        configuration.web = WebConfiguration(
            address: .tcp(host: "127.0.0.1", port: 0),
            routes: [page, WebRoute("/ws", .socket), WebRoute("/rpc", .calls), WebRoute("/other", .exchange(relay))]
        )
    }
}
