import JSONRPC
import Logging
import NIOCore

/// Carries the lines of a connection over a channel.
///
/// It belongs to the channel's event loop. Reading pauses while the connection has enough lines ahead. After the last answer the output is shut down and what
/// the client still sends is read and dropped for a while: closing at once would make the system throw away answers
/// that are still on their way.
final class LineChannelHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let inbox: AsyncStream<Inbound>.Continuation
    private let limits: ConnectionLimits
    private let meter: ServerMeter
    private let logger: Logger
    private let held: HeldBytes
    private var heldBytes = 0
    private var connection: Connection?
    private var context: ChannelHandlerContext?
    private var framer: LineFramer
    private var lines: [[UInt8]] = []
    private var isInputClosed = false
    private var isDropping = false
    private var isReadPaused = false
    private var isOutputClosing = false
    private var pendingWrites = 0
    private var lastActivity = NIODeadline.now()
    private var idleCheck: Scheduled<Void>?

    init(
        inbox: AsyncStream<Inbound>.Continuation,
        limits: ConnectionLimits,
        meter: ServerMeter,
        logger: Logger,
        held: HeldBytes
    ) {
        self.held = held
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
        scheduleIdleCheck(in: limits.idleTime.timeAmount)
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
        checkHeldBytes(context)
        context.fireChannelReadComplete()
    }

    private func checkHeldBytes(_ context: ChannelHandlerContext) {
        let change = framer.heldBytes - heldBytes
        heldBytes = framer.heldBytes
        if change != 0, !held.change(by: change), change > 0, heldBytes > HeldBytes.innocent {
            logger.warning("unfinished lines take too much memory", metadata: ["connection": "\(connection?.id ?? 0)"])
            context.close(promise: nil)
        }
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

    /// Goes on reading after a pause.
    func resumeReading() {
        guard isReadPaused, let context else { return }
        isReadPaused = false
        read(context: context)
    }

    /// Drops what comes from now on and lets the connection end.
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

    /// Writes what is queued, and closes after the last of it.
    func flush() {
        guard let context, let connection else { return }
        let bytes = connection.takeOutgoing()
        let count = bytes.readableBytes
        guard count > 0 else {
            return closeOutputWhenDone()
        }
        meter.sent(count)
        if pendingWrites == 0 {
            lastActivity = .now()
        }
        pendingWrites += 1
        let loopBound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(bytes)).whenComplete { loopBound.value.didWrite(count, $0) }
    }

    private func didWrite(_ count: Int, _ result: Result<Void, any Error>) {
        pendingWrites -= 1
        lastActivity = .now()
        connection?.didWrite(count)
        if case .failure = result {
            context?.close(promise: nil)
        } else {
            closeOutputWhenDone()
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

    private func checkIdle() {
        guard let context, let connection else { return }
        let idle = NIODeadline.now() - lastActivity
        // A write that has not begun is not the client's fault; one that does not get on is, whatever else is going on.
        let isStuck = pendingWrites > 0
        let isOwed = connection.isBusy || connection.isSubscribed || connection.outstanding > 0
        guard idle >= limits.idleTime.timeAmount, isStuck || !isOwed else {
            let rest = limits.idleTime.timeAmount - idle
            let next = rest > .zero ? rest : limits.idleTime.timeAmount
            return scheduleIdleCheck(in: max(next, .milliseconds(10)))
        }
        meter.idleClosed()
        context.close(promise: nil)
    }

    private func leave() {
        idleCheck?.cancel()
        idleCheck = nil
        inbox.finish()
        _ = held.change(by: -heldBytes)
        heldBytes = 0
        framer = LineFramer(limit: limits.lineBytes)
        connection?.didClose()
        connection = nil
        context = nil
    }
}

extension Duration {
    /// The longest time that is waited for, so that no sum with the time of the system overflows: a century.
    private static let longest = Duration.seconds(100 * 365 * 86_400)

    /// The duration for NIO, rounded down to nanoseconds; what is longer than a century counts as one.
    var timeAmount: TimeAmount {
        let components = min(self, Self.longest).components
        return .nanoseconds(components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000)
    }
}
