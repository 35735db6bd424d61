import JSONRPC
import Vocabulary

/// Decides by the first line of a connection whether its client sends JSON at all.
///
/// A browser can be made to send anything to a port of its own machine, but only after a line of HTTP. A program that
/// speaks something else would have every one of its lines answered. Both end with the first line; one that begins like
/// JSON and is broken is a mistake like any other.
enum FirstLine {
    enum Verdict: Equatable {
        case json
        case http
        case foreign
    }

    private static let methods = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "PRI",
    ]

    /// What an HTTP client is answered, without the last line break.
    static let answerToHTTP: [UInt8] = {
        let body = "This port speaks JSON-RPC 2.0, one message a line, not HTTP."
        let head = [
            "HTTP/1.1 400 Bad Request", "Content-Type: text/plain; charset=utf-8",
            "Content-Length: \(body.utf8.count + 1)",
            "Connection: close", "", "",
        ]
        return Array((head.joined(separator: "\r\n") + body).utf8)
    }()

    static func verdict(of line: [UInt8]) -> Verdict {
        let blanks: [UInt8] = [0x20, 0x09, 0x0D]
        guard let first = line.first(where: { !blanks.contains($0) }) else { return .json }
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
        default: break
        }
        if isHTTP(line) { return .http }
        return (try? JSON(parsing: line)) == nil ? .foreign : .json
    }

    private static func isHTTP(_ line: [UInt8]) -> Bool {
        guard let space = line.firstIndex(of: 0x20), space <= 7 else { return false }
        return methods.contains(String(decoding: line[..<space], as: UTF8.self))
    }
}
