import JSONRPC
import NIOCore
import Synchronization
import Vocabulary

/// Matches the lines of a server with the calls that wait for them.
final class ClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let calls: PendingCalls
    private let notifications: AsyncStream<ServerNotification>.Continuation
    private var framer: LineFramer
    private var expiry: RepeatedTask?

    init(
        calls: PendingCalls,
        notifications: AsyncStream<ServerNotification>.Continuation,
        maximumLine: Int
    ) {
        self.calls = calls
        self.notifications = notifications
        framer = LineFramer(limit: maximumLine)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let calls = calls
        expiry = context.eventLoop.scheduleRepeatedTask(
            initialDelay: .milliseconds(250),
            delay: .milliseconds(250)
        ) { _ in calls.expire(at: .now()) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var lines: [[UInt8]] = []
        unwrapInboundIn(data).withUnsafeReadableBytes { framer.append($0, to: &lines) }
        for line in lines {
            receive(line, context)
        }
        if framer.isTooLong {
            fail(.badAnswer, "the server sent a line that is too long", context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        expiry?.cancel()
        end(FrontlineClientError(code: .closed, message: "the server closed the connection"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(
            FrontlineClientError(
                code: .closed,
                message: "the connection failed: \(FailureReason.text(error))",
                cause: error
            )
        )
        context.close(promise: nil)
    }

    private func receive(_ line: [UInt8], _ context: ChannelHandlerContext) {
        guard let message = try? JSON(parsing: line, maximumDepth: 128), case .object(let object) = message else {
            return fail(.badAnswer, "the server sent something that is not JSON-RPC", context)
        }
        if let method = object["method"]?.string {
            let notification = ServerNotification(method: method, params: object["params"] ?? [:])
            if case .dropped = notifications.yield(notification) {
                fail(.closed, "notifications were not taken in time", context)
            }
        } else if let number = object["id"]?.int {
            calls.end(number, Self.result(of: object))
        } else if let error = object["error"] {
            // An error without an id concerns the connection, such as one that has no room.
            end(RPCError(json: error))
        }
    }

    private func fail(_ code: FrontlineClientError.Code, _ message: String, _ context: ChannelHandlerContext) {
        end(FrontlineClientError(code: code, message: message))
        context.close(promise: nil)
    }

    private func end(_ error: any Error) {
        calls.fail(error)
        notifications.finish()
    }

    private static func result(of object: JSONObject) -> Result<JSON, any Error> {
        if let error = object["error"] {
            return .failure(RPCError(json: error))
        }
        return .success(object["result"] ?? .null)
    }
}

extension RPCError {
    fileprivate init(json: JSON) {
        self.init(
            code: json["code"]?.int ?? -32603,
            message: json["message"]?.string ?? "unknown error",
            data: json["data"]
        )
    }
}
