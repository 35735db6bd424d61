import NIOCore
import NIOEmbedded
import TLS

/// A channel without a socket that speaks TLS: what it sends is fetched and what arrives is given to it.
final class Side {
    let channel: EmbeddedChannel
    let recorder = Recorder()
    let socket = Socket()

    /// A server; `allowsHalfClosure` as the product's listeners have it.
    convenience init(accepting context: TLSContext, allowsHalfClosure: Bool = true, waiting: Int = 1 << 20) throws {
        try self.init(TLSHandler(accepting: context, maximumWaitingBytes: waiting), allowsHalfClosure)
    }

    convenience init(connectingTo host: String, _ context: TLSContext, allowsHalfClosure: Bool = false) throws {
        try self.init(TLSHandler(connectingTo: host, context), allowsHalfClosure)
    }

    private init(_ handler: TLSHandler, _ allowsHalfClosure: Bool) throws {
        channel = EmbeddedChannel()
        channel.allowRemoteHalfClosure = allowsHalfClosure
        try channel.pipeline.syncOperations.addHandlers([socket, handler, recorder])
    }

    deinit {
        if channel.isActive { _ = try? channel.finish() }
        channel.embeddedEventLoop.run()
    }

    /// Makes the channel active, which begins the handshake.
    func activate() throws {
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    @discardableResult
    func write(_ bytes: [UInt8], flushes: Bool = true) -> WriteOutcome {
        let promise = channel.eventLoop.makePromise(of: Void.self)
        let outcome = WriteOutcome(promise.futureResult)
        channel.write(ByteBuffer(bytes: bytes), promise: promise)
        if flushes { channel.flush() }
        return outcome
    }

    /// Everything that was sent since the last time.
    func sent() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { bytes += buffer.readableBytesView }
        return bytes
    }

    /// What arrives as one piece.
    func arrive(_ bytes: some Sequence<UInt8>) {
        guard channel.isActive else { return }
        _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
        channel.embeddedEventLoop.run()
    }

    /// The end of what the other side sends, below TLS.
    func arriveEnd() {
        if channel.isActive {
            if channel.allowRemoteHalfClosure {
                channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
            } else {
                socket.end()
            }
        }
        channel.embeddedEventLoop.run()
    }

    func close(_ mode: CloseMode = .all) {
        channel.close(mode: mode, promise: nil)
        channel.embeddedEventLoop.run()
    }

    var received: [UInt8] { recorder.received }
    var errors: [any Error] { recorder.errors }
    var codes: [TLSError.Code?] { recorder.errors.map { ($0 as? TLSError)?.code } }
    var isOpen: Bool { channel.isActive }

    /// Carries bytes between two sides, in pieces of random lengths, until there are none.
    static func carry(_ one: Side, _ other: Side, _ generator: inout SeededGenerator, longest: Int) throws {
        var (there, back): ([UInt8], [UInt8]) = ([], [])
        while true {
            there += try one.sent()
            back += try other.sent()
            if there.isEmpty, back.isEmpty { return }
            if back.isEmpty || (!there.isEmpty && Bool.random(using: &generator)) {
                let count = Int.random(in: 1...min(longest, there.count), using: &generator)
                other.arrive(there.prefix(count))
                there.removeFirst(count)
            } else {
                let count = Int.random(in: 1...min(longest, back.count), using: &generator)
                one.arrive(back.prefix(count))
                back.removeFirst(count)
            }
        }
    }

    /// Carries bytes between two sides as they come.
    static func carry(_ one: Side, _ other: Side) throws {
        while true {
            let (there, back) = (try one.sent(), try other.sent())
            if there.isEmpty, back.isEmpty { return }
            if !there.isEmpty { other.arrive(there) }
            if !back.isEmpty { one.arrive(back) }
        }
    }
}

/// How often and how a write ended.
final class WriteOutcome {
    private(set) var successes = 0
    private(set) var failures: [any Error] = []

    init(_ future: EventLoopFuture<Void>) {
        future.assumeIsolated().whenComplete { [self] result in
            switch result {
            case .success: successes += 1
            case .failure(let error): failures.append(error)
            }
        }
    }

    var isPending: Bool { successes == 0 && failures.isEmpty }
}

/// Stands for the handlers of the product.
final class Recorder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private(set) var received: [UInt8] = []
    private(set) var errors: [any Error] = []
    private(set) var inputEnds = 0
    private(set) var isInactive = false
    /// What came after an error or the end of the channel, other than that end.
    private(set) var afterwards = 0
    var onRead: ((ChannelHandlerContext) -> Void)?
    var onWritability: ((ChannelHandlerContext) -> Void)?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !errors.isEmpty || isInactive { afterwards += 1 }
        received += unwrapInboundIn(data).readableBytesView
        onRead?(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else { return }
        if !errors.isEmpty || isInactive { afterwards += 1 }
        inputEnds += 1
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        onWritability?(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        errors.append(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isInactive = true
    }
}

/// Stands for the socket: closes one direction, which the channel without a socket takes for both, holds writes back
/// as a full socket does, and counts requests to read.
final class Socket: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private(set) var isOutputClosed = false
    private(set) var reads = 0
    private(set) var held: [EventLoopPromise<Void>?] = []
    private var context: ChannelHandlerContext?
    var isFull = false
    var onWrite: ((ChannelHandlerContext) -> Void)?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    /// The other side is gone.
    func end() {
        guard let context else { return }
        close(context: context, mode: .all, promise: nil)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isOutputClosed else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        if isFull {
            held.append(promise)
        } else {
            context.write(data, promise: promise)
        }
        onWrite?(context)
    }

    func read(context: ChannelHandlerContext) {
        reads += 1
        context.read()
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode == .output {
            isOutputClosed = true
            promise?.succeed(())
            return
        }
        let held = held
        self.held = []
        for promise in held { promise?.fail(ChannelError.ioOnClosedChannel) }
        context.close(mode: mode, promise: promise)
    }
}
