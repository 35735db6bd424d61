import Digests
package import NIOHTTP1

/// The opening handshake of WebSocket (RFC 6455, section 4.2), from the server's side.
///
/// The subprotocol is required, so that a client of another protocol is refused before it says anything. Extensions are
/// not agreed on, whatever the client offers.
package enum WebSocketHandshake {
    /// The subprotocol: JSON-RPC, one message or batch a text frame.
    package static let subprotocol = "jsonrpc.frontline.v1"

    /// The decision about a handshake.
    package enum Outcome: Sendable {
        /// The connection goes on as WebSocket after these bytes.
        case opened([UInt8])
        /// It does not.
        case refused(WebResponse)
    }

    /// Decides about a handshake.
    package static func answer(_ head: HTTPRequestHead) -> Outcome {
        let headers = head.headers
        guard head.version == .http1_1, tokens(headers, "upgrade").contains("websocket"),
            tokens(headers, "connection").contains("upgrade")
        else {
            return refuse(426, "WebSocket is spoken here", [("Upgrade", "websocket"), ("Connection", "Upgrade")])
        }
        guard headers["sec-websocket-version"] == ["13"] else {
            return refuse(426, "version 13 of WebSocket is spoken here", [("Sec-WebSocket-Version", "13")])
        }
        let keys = headers["sec-websocket-key"]
        guard let key = keys.first, keys.count == 1, isKey(key) else {
            return refuse(400, "Sec-WebSocket-Key has 16 bytes in Base64")
        }
        guard headers[canonicalForm: "sec-websocket-protocol"].contains(where: { $0 == subprotocol }) else {
            return refuse(400, "the subprotocol is \(subprotocol)")
        }
        let lines = [
            "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Accept: \(accept(key))", "Sec-WebSocket-Protocol: \(subprotocol)", "", "",
        ]
        return .opened(Array(lines.joined(separator: "\r\n").utf8))
    }

    /// What proves that the handshake was understood.
    package static func accept(_ key: String) -> String {
        Bytes.base64(SHA1.digest(of: key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
    }

    private static func refuse(
        _ status: Int,
        _ message: String,
        _ headers: [(String, String)] = []
    ) -> Outcome {
        .refused(.problem(status, message, headers: headers.map { (name: $0.0, value: $0.1) }))
    }

    private static func tokens(_ headers: HTTPHeaders, _ name: String) -> [String] {
        headers[canonicalForm: name].map { $0.lowercased() }
    }

    /// Whether a text is 16 bytes in Base64: 22 digits, and padding.
    private static func isKey(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 24, bytes.suffix(2) == Array("==".utf8)[...] else { return false }
        return bytes.prefix(22).allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                true
            default: false
            }
        }
    }
}
