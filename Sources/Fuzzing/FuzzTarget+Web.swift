import JSONRPC
import NIOCore
import NIOEmbedded
import NIOHTTP1
import RPCServer

extension FuzzTarget {
    private static let handshake = """
        GET /ws HTTP/1.1\r\nHost: localhost:1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: jsonrpc.frontline.v1\r\n\r\n
        """

    /// Frames of a client of WebSocket: cut into other chunks, the same must be read.
    static let frames = FuzzTarget(
        name: "frames",
        corpus: { _ in
            let text: [UInt8] = [0x81, 0x85, 1, 2, 3, 4, 0x69, 0x67, 0x6F, 0x68, 0x6E]
            let long = [0x81, 0xFE, 0, 200, 0, 0, 0, 0] + [UInt8](repeating: 0x61, count: 200)
            return [
                text, text + text, long, [0x01, 0x81, 0, 0, 0, 0, 0x7B, 0x80, 0x81, 0, 0, 0, 0, 0x7D],
                [0x89, 0x82, 9, 9, 9, 9, 1, 2] + text, [0x8A, 0x80, 0, 0, 0, 0], [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8],
                [0x81, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0x61, count: 100),
            ]
        }
    ) { bytes in
        var (whole, pieces) = (WebSocketReader(limit: 100_000), WebSocketReader(limit: 100_000))
        var (events, others) = ([WebSocketReader.Event](), [WebSocketReader.Event]())
        whole.append(bytes, to: &events)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            pieces.append(Array(bytes[start..<min(start + 3, bytes.count)]), to: &others)
        }
        require(events == others && whole.end == pieces.end, "how bytes are cut makes a difference")
        require(whole.heldBytes <= 100_000 + 125, "more is held than a message may have")
        for case .message(let message) in events {
            require(String(validating: message, as: UTF8.self) != nil, "a message is not UTF-8")
        }
    }

    /// Requests of HTTP, up to the decision about each.
    static let heads = FuzzTarget(
        name: "heads",
        corpus: { _ in
            let call = "POST /rpc HTTP/1.1\r\nHost: localhost:1\r\nContent-Type: application/json\r\n"
            return [
                handshake, "\(call)Authorization: Bearer x\r\nContent-Length: 2\r\n\r\n{}",
                "\(call)Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "GET /page?code=1&state=2 HTTP/1.1\r\nHost: localhost:1\r\nCookie: __Host-frontline=fs_x; a=b\r\n\r\n",
                "GET /page HTTP/1.1\r\nHost: [::1]:1\r\nOrigin: http://[::1]:1\r\nSec-Fetch-Site: same-origin\r\n\r\n",
            ].map { Array($0.utf8) }
        }
    ) { bytes in
        let routes = [
            WebRoute("/ws", .socket), WebRoute("/rpc", .calls),
            WebRoute("/page", takesParameters: true, .page { _ in WebResponse(type: "text/plain", body: []) }),
        ]
        let configuration = WebConfiguration(
            address: .tcp(host: "localhost", port: 1),
            routes: routes,
            takesCookies: true
        )
        guard let gate = try? WebGate(configuration, isEncrypted: false, bodyLimit: 1_000) else {
            return require(false, "there is no gate")
        }
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(HTTPRequestDecoder()))
        // What is no request is an error of the decoder.
        try? channel.writeInbound(ByteBuffer(bytes: bytes))
        while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) {
            guard case .head(let head) = part else { continue }
            switch gate.verdict(on: head, port: 1) {
            case .refused(let response): require((400...599).contains(response.status), "a refusal has no such status")
            case .call(let credential):
                require(head.method == .POST && head.uri == "/rpc", "something else is taken for a call")
                let isOwn = head.headers.contains(name: "origin") || head.headers.contains(name: "sec-fetch-site")
                if case .session = credential { require(isOwn, "a cookie counts for a call of whatever page") }
            case .exchange, .submission: require(false, "there is no such path")
            case .socket, .page: require(head.method != .POST, "a call is taken for something else")
            }
        }
        _ = try? channel.finish()
    }
}
