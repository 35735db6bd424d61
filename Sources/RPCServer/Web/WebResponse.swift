import NIOHTTP1
package import Vocabulary

/// A response of HTTP.
///
/// Every response tells browsers to take it for what it says it is, to run nothing in it, to show it in no frame, to keep
/// no copy, and to say nowhere else that it was there.
package struct WebResponse: Sendable {
    /// The number of the status, such as 404.
    package let status: Int
    /// The type of the body.
    package let type: String
    /// The body.
    package let body: [UInt8]
    /// Headers beside those of every response, in order.
    package let headers: [(name: String, value: String)]
    /// What a browser lets the response do (Content Security Policy).
    package let policy: String

    /// Lets a response do nothing.
    package static let closedPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// Makes a response, which a browser lets do nothing unless a policy says what.
    package init(
        status: Int = 200,
        type: String,
        body: [UInt8],
        headers: [(name: String, value: String)] = [],
        policy: String = closedPolicy
    ) {
        self.status = status
        self.type = type
        self.body = body
        self.headers = headers
        self.policy = policy
    }

    /// A response of JSON.
    package static func json(
        status: Int = 200,
        _ value: JSON,
        headers: [(name: String, value: String)] = []
    ) -> WebResponse {
        let body = value.serialized() + [UInt8(ascii: "\n")]
        return WebResponse(status: status, type: jsonType, body: body, headers: headers)
    }

    /// A refusal with its reason in one sentence.
    package static func problem(
        _ status: Int,
        _ message: String,
        headers: [(name: String, value: String)] = []
    ) -> WebResponse {
        let reason = HTTPResponseStatus(statusCode: status).reasonPhrase
        let body: JSON = [
            "status": .number(JSONNumber(status)), "error": .string(reason), "message": .string(message),
        ]
        return json(status: status, body, headers: headers)
    }

    /// The type of answers.
    package static let jsonType = "application/json"

    /// What stands in the head of every response, beside its policy.
    private static let common = [
        "X-Content-Type-Options: nosniff",
        "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin",
        "Referrer-Policy: no-referrer", "Cache-Control: no-store",
    ].joined(separator: "\r\n")

    /// The same with the policy that lets a response do nothing.
    private static let closed = "Content-Security-Policy: \(closedPolicy)\r\n\(common)"
    private static let answerStart = Array("\(start(200))Content-Type: \(jsonType)\r\n\(closed)\r\n".utf8)

    /// The head of a response that carries an answer of JSON-RPC of so many bytes.
    static func head(ofAnswer count: Int, closes: Bool) -> [UInt8] {
        answerStart + Array(end(count, closes: closes).utf8)
    }

    /// The response to a request that no answer is due to.
    static func nothing(closes: Bool) -> [UInt8] {
        Array("\(start(204))\(closed)\r\n\(closes ? "Connection: close\r\n" : "")\r\n".utf8)
    }

    /// The response as it is written.
    ///
    /// - Parameters:
    ///   - closes: Whether the connection closes after it.
    ///   - isHead: Whether only the head is asked for.
    /// - Returns: The bytes.
    package func bytes(closes: Bool, isHead: Bool = false) -> [UInt8] {
        var head = "\(Self.start(status))Content-Type: \(type)\r\n"
        head += "Content-Security-Policy: \(policy)\r\n\(Self.common)\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        head += Self.end(body.count, closes: closes)
        return Array(head.utf8) + (isHead ? [] : body)
    }

    private static func start(_ status: Int) -> String {
        "HTTP/1.1 \(status) \(HTTPResponseStatus(statusCode: status).reasonPhrase)\r\n"
    }

    private static func end(_ count: Int, closes: Bool) -> String {
        "Content-Length: \(count)\r\n\(closes ? "Connection: close\r\n" : "")\r\n"
    }
}
