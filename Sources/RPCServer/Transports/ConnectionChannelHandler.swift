import JSONRPC
import Logging
import NIOCore
import Vocabulary

/// Transports the lines of a connection over a channel.
///
/// It belongs to the channel's event loop. Reading pauses while the connection has enough lines ahead. After the last
/// answer the output is shut down and what the client still sends is read and discarded for a while: if the socket
/// closed at once, the system would discard answers that are still in transit.
final class LineChannelHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let inbox: AsyncStream<Inbound>.Continuation
    private let limits: ConnectionLimits
    private let meter: ServerMeter
    private let logger: Logger
    /// How many bytes may be in one write, and in writes that have not completed.
    private static let mostPending = 131_072
    private static let chunk = 65_536

    private var heldBytes = 0
    private var connection: Connection?
    private var context: ChannelHandlerContext?
    private var framer: LineFramer
    private var lines: [[UInt8]] = []
    private var isInputClosed = false
    private var isDropping = false
    private var isReadPaused = false
    private var isOutputClosing = false
    private var isFlushing = false
    private var flushesAgain = false
    private var pendingWrites = 0
    private var pendingBytes = 0
    private var lastActivity = NIODeadline.now()
    private var idleCheck: Scheduled<Void>?

    init(
        inbox: AsyncStream<Inbound>.Continuation,
        limits: ConnectionLimits,
        meter: ServerMeter,
        logger: Logger
    ) {
        self.inbox = inbox
        self.limits = limits
        self.meter = meter
        self.logger = logger
        framer = LineFramer(limit: limits.lineBytes)
    }

    func attach(_ connection: Connection) {
        self.connection = connection
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        scheduleIdleCheck(in: patience)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        leave()
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        logger.debug("connection failed", metadata: ["connection": "\(connection?.id ?? 0)", "error": "\(error)"])
        context.close(promise: nil)
    }

    // MARK: Input

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        meter.received(buffer.readableBytes)
        guard !isDropping else { return }
        buffer.withUnsafeReadableBytes { framer.append($0, to: &lines) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        deliver()
        if framer.isTooLong, !isDropping {
            isDropping = true
            inbox.yield(.tooLong)
            inbox.finish()
        }
        countHeldBytes()
        context.fireChannelReadComplete()
    }

    private func countHeldBytes() {
        let change = framer.heldBytes - heldBytes
        heldBytes = framer.heldBytes
        connection?.countUnfinished(by: change)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            inputClosed(context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func read(context: ChannelHandlerContext) {
        if isDropping || connection?.mayRead ?? true {
            context.read()
        } else {
            isReadPaused = true
        }
    }

    /// Resumes reading after a pause.
    func resumeReading() {
        guard isReadPaused, let context else { return }
        isReadPaused = false
        read(context: context)
    }

    /// Discards all further input and lets the connection end.
    func endInput() {
        guard !isDropping, !isInputClosed else { return }
        isDropping = true
        lines = []
        inbox.finish()
        resumeReading()
    }

    private func inputClosed(_ context: ChannelHandlerContext) {
        isInputClosed = true
        if !isDropping {
            framer.finish(to: &lines)
            countHeldBytes()
            deliver()
        }
        inbox.finish()
        if isOutputClosing {
            context.close(promise: nil)
        }
    }

    private func deliver() {
        guard !lines.isEmpty else { return }
        lastActivity = .now()
        connection?.didRead(lines)
        inbox.yield(.lines(lines))
        lines = []
    }

    // MARK: Output

    /// Writes what is queued, as far as the client takes it, and closes after the last of it.
    func flush() {
        // A write may be done at once, which comes back here.
        guard !isFlushing else {
            flushesAgain = true
            return
        }
        isFlushing = true
        defer { isFlushing = false }
        repeat {
            flushesAgain = false
            writeNext()
        } while flushesAgain
    }

    private func writeNext() {
        guard let context, let connection else { return }
        guard pendingBytes < Self.mostPending, let chunk = connection.takeOutgoing(atMost: Self.chunk) else {
            return closeOutputWhenDone()
        }
        let count = chunk.bytes.readableBytes
        meter.sent(count)
        if pendingWrites == 0 {
            lastActivity = .now()
        }
        pendingWrites += 1
        pendingBytes += count
        flushesAgain = true
        let loopBound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(chunk.bytes)).whenComplete {
            loopBound.value.didWrite(count, chunk.frees, $0)
        }
    }

    private func didWrite(_ count: Int, _ frees: Int, _ result: Result<Void, any Error>) {
        pendingWrites -= 1
        pendingBytes -= count
        lastActivity = .now()
        connection?.didWrite(count, freeing: frees)
        if case .failure = result {
            context?.close(promise: nil)
        } else {
            flush()
        }
    }

    private func closeOutputWhenDone() {
        guard let context, let connection, connection.isDone, !isOutputClosing else { return }
        isOutputClosing = true
        isDropping = true
        if isInputClosed {
            return context.close(promise: nil)
        }
        let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.close(mode: .output).whenFailure { _ in loopBound.value.close(promise: nil) }
        context.eventLoop.assumeIsolated().scheduleTask(in: limits.lingerTime.timeAmount) { [weak self] in
            self?.context?.close(promise: nil)
        }
        resumeReading()
    }

    // MARK: End

    private func scheduleIdleCheck(in time: TimeAmount) {
        guard let context else { return }
        idleCheck = context.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in self?.checkIdle() }
    }

    /// The idle time-out: shorter until a caller has signed in.
    private var patience: TimeAmount {
        let isKnown = connection?.isAuthenticated ?? false
        return (isKnown ? limits.idleTime : min(limits.idleTime, limits.strangerTime)).timeAmount
    }

    private func checkIdle() {
        guard let context, let connection else { return }
        let idle = NIODeadline.now() - lastActivity
        // A write that has not begun is not the client's fault; one that does not get on is, whatever else is going on.
        let isStuck = pendingWrites > 0
        let isOwed = connection.isBusy || connection.isSubscribed || connection.outstanding > 0
        let patience = patience
        guard idle >= patience, isStuck || !isOwed else {
            let rest = patience - idle
            let next = rest > .zero ? rest : patience
            return scheduleIdleCheck(in: max(next, .milliseconds(10)))
        }
        meter.idleClosed()
        context.close(promise: nil)
    }

    private func leave() {
        idleCheck?.cancel()
        idleCheck = nil
        inbox.finish()
        framer = LineFramer(limit: limits.lineBytes)
        connection?.didClose()
        connection = nil
        context = nil
    }
}

extension Duration {
    /// The maximum wait, a century, so that no sum with the system's time overflows.
    private static let longest = Duration.seconds(100 * 365 * 86_400)

    /// The duration for NIO, rounded down to nanoseconds and limited to a century.
    var timeAmount: TimeAmount {
        let components = min(self, Self.longest).components
        return .nanoseconds(components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000)
    }
}
