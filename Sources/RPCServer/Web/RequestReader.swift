import JSONRPC
import NIOCore
import NIOHTTP1

/// Reads the requests of HTTP on a connection, and makes way for frames when one of them asks for WebSocket.
///
/// A request is decided about at its head: the body of one that is refused is not read, and the connection closes.
final class RequestReader: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart

    /// A request whose body is being read.
    private struct Open {
        let verdict: WebGate.Verdict
        let closes: Bool
        let isHead: Bool
        var body: [UInt8] = []
    }

    private static let limits = {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 8_192
        limits.maxHeaderListSize = 16_384
        limits.maxHeaderFieldCount = 64
        return limits
    }()

    /// Has the runtime learn the type of the decoder on one thread.
    ///
    /// Two event loops that were the first to use it, at the same moment, have ended the process (in Swift 6.3's
    /// `swift_conformsToProtocol`).
    private static let firstUse: Void = { _ = ByteToMessageHandler(HTTPRequestDecoder()) }()

    private let gate: WebGate
    private let link: ConnectionChannelHandler
    private let decoder = ByteToMessageHandler(
        HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: limits)
    )
    private var open: Open?

    private init(gate: WebGate, link: ConnectionChannelHandler) {
        self.gate = gate
        self.link = link
    }

    /// Adds what reads requests to a pipeline, before the handler of the connection.
    static func add(
        to pipeline: ChannelPipeline.SynchronousOperations,
        gate: WebGate,
        link: ConnectionChannelHandler
    )
        throws
    {
        _ = firstUse
        let reader = RequestReader(gate: gate, link: link)
        try pipeline.addHandler(reader.decoder)
        try pipeline.addHandler(reader)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        link.noteHeard()
        guard !link.isDropping else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let bytes): take(bytes)
        case .end: end(context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        link.requestBytes = open?.body.count ?? 0
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        guard !link.isDropping, !link.isInputClosed else { return }
        open = nil
        if error == .headerOverflow {
            refuse(.problem(431, "the head of a request has at most \(Self.limits.maxHeaderListSize) bytes"))
        } else {
            refuse(.problem(400, "this is no request of HTTP/1.1"))
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        link.lastActivity = .now()
        let verdict = gate.verdict(on: head, port: context.channel.localAddress?.port ?? 0)
        let hasBody =
            head.headers.contains(name: "transfer-encoding") || head.headers["content-length"].contains { $0 != "0" }
        if hasBody, !verdict.takesBody {
            if case .refused(let response) = verdict { return refuse(response) }
            return refuse(.problem(400, "\(head.method) has no body here"))
        }
        // The decoder reads nothing after a request that asks for another protocol.
        let closes = !head.isKeepAlive || head.headers.contains(name: "upgrade")
        open = Open(verdict: verdict, closes: closes, isHead: head.method == .HEAD)
        if verdict.takesBody, !head.headers["expect"].isEmpty { expect(head.headers["expect"]) }
    }

    /// Tells a client that asks before it sends the body that it may, unless earlier responses are due, which it would
    /// take this for.
    private func expect(_ expectations: [String]) {
        guard expectations.map({ $0.lowercased() }) == ["100-continue"] else {
            open = nil
            return refuse(.problem(417, "the only expectation is 100-continue"))
        }
        guard let connection = link.connection, !connection.isBusy, connection.outstanding == 0 else { return }
        connection.answer(raw: Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    }

    private func take(_ bytes: ByteBuffer) {
        guard let count = open?.body.count else { return }
        link.meter.received(bytes.readableBytes)
        guard count + bytes.readableBytes <= link.limits.lineBytes else {
            open = nil
            return refuse(WebGate.tooLarge(link.limits.lineBytes))
        }
        open?.body.append(contentsOf: bytes.readableBytesView)
    }

    private func end(_ context: ChannelHandlerContext) {
        guard let request = open, let connection = link.connection else { return }
        open = nil
        let (closes, isHead) = (request.closes, request.isHead)
        switch request.verdict {
        case .call(let credential):
            link.deliver(WebExchange(.call(credential), body: request.body, closes: closes))
        case .exchange(let head): link.deliver(WebExchange(.exchange(head), body: request.body, closes: closes))
        case .submission(let respond, let head):
            let sent = WebSubmission(body: request.body, connection: connection, head: head)
            link.deliver(WebExchange(.respond { await respond(sent) }, body: request.body, closes: closes))
        case .page(let page, let head):
            let asked = WebRequest(connection: connection, head: head)
            link.deliver(WebExchange(.respond { await page(asked) }, closes: closes, isHead: isHead))
        case .refused(let response):
            link.deliver(WebExchange(.respond { response }, closes: closes, isHead: isHead))
        case .socket(let response, let credential):
            // Earlier responses would get between the frames.
            guard !connection.isBusy, connection.outstanding == 0 else {
                return refuse(.problem(400, "WebSocket begins after the last response"))
            }
            link.beginFrames(response, credential)
            let pipeline = context.pipeline.syncOperations
            // What the decoder has left goes to the handler of the connection once it is gone.
            pipeline.removeHandler(self, promise: nil)
            let loopBound = NIOLoopBound(link, eventLoop: context.eventLoop)
            pipeline.removeHandler(decoder).whenComplete { _ in loopBound.value.takeRead() }
        }
    }

    private func refuse(_ response: WebResponse) {
        link.deliver(WebExchange(.respond { response }, closes: true))
    }
}
