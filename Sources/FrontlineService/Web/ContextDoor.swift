import JSONRPC
import ModelContext
import RPCServer
import Vocabulary

/// `POST /mcp`: assistants over HTTP.
///
/// Each message stands by itself, as a call to `/rpc` does: its token is checked for it alone, and its answer is one response of
/// JSON. There is no stream to listen to and no session to end, so the other methods of HTTP are not allowed.
struct ContextDoor: Sendable {
    /// The refusal of a message without a token; nil where none is needed.
    let stranger: @Sendable (Connection) -> WebResponse?

    /// The response to a posted message.
    @Sendable func respond(to post: WebPost) async -> WebResponse {
        // Unlike `/rpc`, nothing here is for everybody.
        if !post.hasCredential, let refusal = stranger(post.connection) { return refusal }
        let message: ContextPost
        do throws(ContextPost.Refusal) {
            message = try ContextPost(post.body, header: post.header)
        } catch {
            return Self.response(error.status, error.answer.bytes)
        }
        let server = ContextServer(host: WebHost(post: post), version: ProductVersion.text)
        guard let answer = await server.answer(message.message, in: message.revision) else {
            return Self.response(202, [])
        }
        return Self.response(message.status(of: answer), answer.bytes)
    }

    private static func response(_ status: Int, _ body: [UInt8]) -> WebResponse {
        WebResponse(status: status, type: WebResponse.jsonType, body: body)
    }
}

/// Makes the calls of one posted message, as the bearer of its token.
private struct WebHost: ContextHost {
    let post: WebPost

    func call(_ method: String, _ params: JSON) async throws -> JSON {
        let request: JSON = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params]
        guard let answer = await post.call(request) else { throw CancellationError() }
        let response = try JSON(parsing: answer.bytes, maximumDepth: Self.depth)
        if let error = response["error"] {
            throw RPCError(
                code: error["code"]?.int ?? RPCErrorDefinition.internalError.code,
                message: error["message"]?.string ?? "",
                data: error["data"]
            )
        }
        return response["result"] ?? .null
    }

    /// Answers are this server's own.
    private static let depth = 128
}
