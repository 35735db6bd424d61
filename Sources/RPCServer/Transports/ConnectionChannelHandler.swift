import JSONRPC
import Logging
import NIOCore
import Vocabulary

/// Transports the messages of a connection over a channel.
///
/// It belongs to the channel's event loop. Messages are lines or, after ``beginFrames(_:_:)``, frames of WebSocket; requests
/// of HTTP come from a ``RequestReader`` before it in the pipeline. Reading pauses while the connection has enough
/// messages ahead. After the last answer the output is shut down and what the client still sends is read and discarded
/// for a while: if the socket closed at once, the system would discard answers that are still in transit.
final class ConnectionChannelHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let limits: ConnectionLimits
    let meter: ServerMeter
    var connection: Connection?
    var context: ChannelHandlerContext?
    var isInputClosed = false
    var isDropping = false
    var isOutputClosing = false
    var isFlushing = false
    var flushesAgain = false
    var pendingWrites = 0
    var pendingBytes = 0
    /// When the client last ended a message or took an answer or notification.
    var lastActivity = NIODeadline.now()
    /// When the client last took anything.
    var lastWrite = NIODeadline.now()
    /// Whether all that is being written is a question whether the client is there.
    ///
    /// That the client takes it, as every browser does, does not make it less silent.
    var isAsking = false
    /// Why a connection of WebSocket ends.
    var farewell: WebSocketClose?
    /// Reads frames; nil while the connection speaks something else.
    private(set) var frames: WebSocketReader?
    /// How many bytes of an unfinished request of HTTP are held.
    var requestBytes = 0

    private let inbox: AsyncStream<Inbound>.Continuation
    private let logger: Logger
    /// Reads lines; nil on a connection that begins with HTTP.
    private var framer: LineFramer?
    private var heldBytes = 0
    private var messages: [[UInt8]] = []
    private var events: [WebSocketReader.Event] = []
    private var isReadPaused = false
    private var nextCheck: Scheduled<Void>?
    /// Whether a client of WebSocket is still there.
    private var liveness: Liveness

    /// Makes the handler of a connection whose messages are lines or, if `readsLines` is false, one that begins with HTTP.
    init(
        readsLines: Bool,
        inbox: AsyncStream<Inbound>.Continuation,
        limits: ConnectionLimits,
        meter: ServerMeter,
        logger: Logger
    ) {
        self.inbox = inbox
        self.limits = limits
        self.meter = meter
        self.logger = logger
        liveness = Liveness(time: limits.pingTime.timeAmount, now: .now())
        framer = readsLines ? LineFramer(limit: limits.lineBytes) : nil
    }

    func attach(_ connection: Connection) {
        self.connection = connection
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        scheduleCheck(in: patience)
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

    private func leave() {
        nextCheck?.cancel()
        nextCheck = nil
        inbox.finish()
        (framer, frames, messages, requestBytes) = (nil, nil, [], 0)
        connection?.didClose()
        connection = nil
        context = nil
    }
}

// MARK: Input

extension ConnectionChannelHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        meter.received(buffer.readableBytes)
        noteHeard()
        guard !isDropping else { return }
        buffer.withUnsafeReadableBytes { bytes in
            framer?.append(bytes, to: &messages)
            frames?.append(bytes, to: &events)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        takeRead()
        context.fireChannelReadComplete()
    }

    /// Passes on what the bytes read so far have completed.
    func takeRead() {
        takeEvents()
        deliver()
        if framer?.isTooLong ?? false { refuseLongMessage() }
        if let end = frames?.end, !isDropping { endFrames(end) }
        countHeldBytes()
    }

    /// Records that the client has sent something.
    func noteHeard() {
        liveness.heard(at: .now())
    }

    /// Passes a request of HTTP on, after which nothing is read if the connection closes with it.
    func deliver(_ exchange: WebExchange) {
        guard !isDropping else { return }
        lastActivity = .now()
        connection?.didRead([exchange.body])
        inbox.yield(.exchange(exchange))
        guard exchange.closes else { return }
        isDropping = true
        inbox.finish()
    }

    /// Reads frames from now on, after a response of HTTP that says so; messages come from whom the credential proves.
    func beginFrames(_ response: [UInt8], _ credential: WebCredential?) {
        if let credential { inbox.yield(.signIn(credential)) }
        connection?.answer(raw: response)
        connection?.setFraming(.textFrame)
        frames = WebSocketReader(limit: limits.lineBytes)
        lastActivity = .now()
        noteHeard()
        scheduleCheck(in: min(patience, limits.pingTime.timeAmount))
    }

    private func takeEvents() {
        guard !events.isEmpty else { return }
        var ping: [UInt8]?
        for event in events {
            switch event {
            case .message(let message): messages.append(message)
            case .ping(let payload): ping = payload
            case .pong: break
            }
        }
        events.removeAll(keepingCapacity: true)
        // The last of several pings is the one that has to be answered (RFC 6455, section 5.5.3).
        if let ping, !isDropping { connection?.answer(control: ServerFrame.control(.pong, ping)) }
    }

    private func endFrames(_ end: WebSocketClose) {
        farewell = end
        if end == .tooLong { return refuseLongMessage() }
        isDropping = true
        inbox.finish()
    }

    private func refuseLongMessage() {
        guard !isDropping else { return }
        isDropping = true
        inbox.yield(.tooLong)
        inbox.finish()
    }

    private func countHeldBytes() {
        let bytes = requestBytes + (framer?.heldBytes ?? 0) + (frames?.heldBytes ?? 0)
        let change = bytes - heldBytes
        heldBytes = bytes
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
    func endInput(_ farewell: Farewell) {
        guard !isDropping, !isInputClosed else { return }
        self.farewell =
            switch farewell {
            case .done: .normal
            case .shutdown: .goingAway
            case .dismissal: .dismissed
            }
        isDropping = true
        messages = []
        inbox.finish()
        resumeReading()
    }

    private func inputClosed(_ context: ChannelHandlerContext) {
        isInputClosed = true
        if !isDropping {
            framer?.finish(to: &messages)
            countHeldBytes()
            deliver()
        }
        inbox.finish()
        if isOutputClosing {
            context.close(promise: nil)
        }
    }

    private func deliver() {
        guard !messages.isEmpty else { return }
        lastActivity = .now()
        connection?.didRead(messages)
        inbox.yield(.messages(messages))
        messages = []
    }
}

// MARK: Silence

extension ConnectionChannelHandler {
    private func scheduleCheck(in time: TimeAmount) {
        guard let context else { return }
        nextCheck?.cancel()
        nextCheck = context.eventLoop.assumeIsolated().scheduleTask(in: max(time, .milliseconds(10))) { [weak self] in
            self?.check()
        }
    }

    /// The idle time-out: shorter until a caller has signed in, and between requests of HTTP.
    private var patience: TimeAmount {
        let isKnown = connection?.isAuthenticated ?? false
        let speaksHTTP = framer == nil && frames == nil
        return (isKnown && !speaksHTTP ? limits.idleTime : min(limits.idleTime, limits.strangerTime)).timeAmount
    }

    private func check() {
        guard let context, let connection else { return }
        let patience = patience
        // A write that has not begun is not the client's fault; one that does not get on is, whatever else is going on.
        let isStuck = pendingWrites > 0
        let idle = NIODeadline.now() - (isStuck ? max(lastActivity, lastWrite) : lastActivity)
        let isOwed = connection.isBusy || connection.isSubscribed || connection.outstanding > 0
        if idle >= patience, isStuck || !isOwed {
            meter.idleClosed()
            return context.close(promise: nil)
        }
        let rest = patience - idle
        let next = rest > .zero ? rest : patience
        guard frames != nil else { return scheduleCheck(in: next) }
        guard let untilPing = ping(connection) else {
            meter.halfOpenClosed()
            return context.close(promise: nil)
        }
        scheduleCheck(in: min(next, untilPing))
    }

    /// Asks a client of WebSocket that has been silent whether it is there; how long until the next look, or nil when it
    /// is gone.
    private func ping(_ connection: Connection) -> TimeAmount? {
        // While the client takes what is sent, or is not read from, its silence says nothing. One that takes nothing is
        // closed as idle.
        if isReadPaused || pendingWrites > 0 { noteHeard() }
        switch liveness.look(at: .now()) {
        case .wait(let time): return time
        case .ask(let time):
            isAsking = pendingWrites == 0 && connection.outstanding == 0
            connection.answer(control: ServerFrame.control(.ping))
            return time
        case .gone: return nil
        }
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
