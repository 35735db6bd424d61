import NIOCore
import NIOHTTP1

/// Answers one request of HTTP at a time and closes after it.
final class MetricsHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// What is answered.
    struct Answer: Sendable {
        let status: HTTPResponseStatus
        let type: String
        let body: [UInt8]
    }

    /// How long a client may take to send its request and to read the answer.
    private static let patience = TimeAmount.seconds(10)

    private let answer: @Sendable (String) async -> Answer
    private var isAnswered = false
    private var timeout: Scheduled<Void>?

    init(answer: @escaping @Sendable (String) async -> Answer) {
        self.answer = answer
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
        timeout = context.eventLoop.scheduleTask(in: Self.patience) { loopBound.value.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timeout?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data), !isAnswered else { return }
        isAnswered = true
        guard head.method == .GET || head.method == .HEAD else {
            let refusal = Answer(status: .methodNotAllowed, type: "text/plain", body: Array("only GET\n".utf8))
            return respond(context, refusal, isHead: false)
        }
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let answer = answer
        let isHead = head.method == .HEAD
        let path = head.uri
        context.eventLoop.makeFutureWithTask { await answer(path) }.whenSuccess { answer in
            let (handler, context) = loopBound.value
            handler.respond(context, answer, isHead: isHead)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func respond(_ context: ChannelHandlerContext, _ answer: Answer, isHead: Bool) {
        var headers = HTTPHeaders([("Content-Type", answer.type), ("Content-Length", String(answer.body.count))])
        headers.add(name: "Connection", value: "close")
        if answer.status == .methodNotAllowed {
            headers.add(name: "Allow", value: "GET, HEAD")
        }
        let head = HTTPResponseHead(version: .http1_1, status: answer.status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !isHead {
            let body = context.channel.allocator.buffer(bytes: answer.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in loopBound.value.close(promise: nil) }
    }
}
