package import NIOCore

/// Encrypts what the handlers behind it write and decrypts what arrives.
///
/// It stands first in the pipeline, before the channel is active, and stays there: it cannot be removed, for what
/// follows would be sent in the clear.
///
/// - **Handshake.** It begins when the channel becomes active. Writes wait for its end, up to a limit, in their order.
///   A client's handshake includes the check of the certificate and the host. How long it may take is the concern of
///   whoever owns the channel.
/// - **Reading.** What arrives is decrypted and passed on at once; only the beginning of a record that has not arrived
///   in full is kept.
/// - **Writing.** What is flushed is encrypted at once. The promise of a write is that of the ciphertext with its last
///   byte.
/// - **End of input.** The other side's `close_notify` is the end of input: `ChannelEvent.inputClosed` where the channel
///   allows half-closure, and the end of the connection where it does not. An end without it is the error
///   ``TLSError/Code-swift.enum/truncated``, since somebody on the way may have cut off the rest.
/// - **Closing.** The output is closed with a `close_notify`, after what was written. `close()` sends it as far as
///   possible without waiting, and waits for no answer.
/// - **Errors.** The first error ends the connection: it is passed on once, after what was decrypted before it, the
///   other side is sent an alert, all writes fail, and the channel is closed. Nothing is delivered afterwards.
///
/// The handler belongs to the channel's event loop. Handlers behind it may write, flush and close from within any event.
package final class TLSHandler: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    private enum State {
        /// The channel is not active yet.
        case idle
        case handshaking
        case open
        /// There was an error, or the connection was closed, from either side.
        case closed
    }

    private struct Write {
        let bytes: ByteBuffer
        let promise: EventLoopPromise<Void>?
    }

    /// The most plaintext of a record, which is also how much is encrypted or decrypted at a time.
    private static let step = 16_384
    /// How many bytes of answers to handshakes, key updates and the like may wait for a client to read them.
    private static let maximumReplyBytes = 262_144

    private let connection: TLSConnection
    private let maximumWaitingBytes: Int
    private var state = State.idle
    private var isInputClosed = false
    /// Set when the output is to be closed after what was written, and when that is done.
    private var (isOutputClosing, isOutputClosed) = (false, false)
    private var outputPromise: EventLoopPromise<Void>?
    /// Writes that are not flushed, or wait for the handshake.
    private var writes = MarkedCircularBuffer<Write>(initialCapacity: 4)
    private var waitingBytes = 0
    private var replyBytes = 0
    private var isEncrypting = false
    /// Whether something was delivered since the last end of a sequence of reads, and since the last request to read.
    private var (hasDelivered, isReadOwed) = (false, false)

    /// Serves a client.
    ///
    /// - Parameters:
    ///   - context: A context for servers.
    ///   - maximumWaitingBytes: How much may be written before the handshake is complete; more is an error that ends the
    ///     connection.
    /// - Throws: ``TLSError`` when the system's libssl has no room for a connection.
    package init(accepting context: TLSContext, maximumWaitingBytes: Int = 1 << 20) throws(TLSError) {
        connection = try TLSConnection(accepting: context)
        self.maximumWaitingBytes = maximumWaitingBytes
    }

    /// Connects to a server.
    ///
    /// - Parameters:
    ///   - host: The name or the IP address that the server's certificate must contain.
    ///   - context: A context for clients.
    ///   - maximumWaitingBytes: How much may be written before the handshake is complete; more is an error that ends the
    ///     connection.
    /// - Throws: ``TLSError`` when a certificate cannot be checked for the host.
    package init(
        connectingTo host: String,
        _ context: TLSContext,
        maximumWaitingBytes: Int = 64 << 20
    ) throws(TLSError) {
        connection = try TLSConnection(connectingTo: host, context)
        self.maximumWaitingBytes = maximumWaitingBytes
    }

    // MARK: The channel

    package func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        // First, so that whatever the handshake leads to comes after it for the handlers behind.
        context.fireChannelActive()
        begin(context)
    }

    package func channelInactive(context: ChannelHandlerContext) {
        inputEnded(context)
        end(with: ChannelError.ioOnClosedChannel)
        context.fireChannelInactive()
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        end(with: ChannelError.ioOnClosedChannel)
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else {
            return context.fireUserInboundEventTriggered(event)
        }
        inputEnded(context)
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(error, context)
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard state == .idle else { return }
        state = .handshaking
        // A server has nothing to say before the client does; until then OpenSSL's buffers would double what a silent
        // connection costs.
        if connection.isClient { continueHandshake(context) }
    }

    /// The other side closed the connection below TLS, or this direction of it.
    private func inputEnded(_ context: ChannelHandlerContext) {
        if state == .handshaking {
            fail(TLSError(code: .handshake, message: "the connection ended during the handshake"), context)
        } else if state == .open, !isInputClosed {
            fail(TLSError(code: .truncated, message: "the connection ended without a farewell (close_notify)"), context)
        }
    }

    // MARK: Input

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var data = unwrapInboundIn(data)
        begin(context)
        while data.readableBytes > 0, state == .handshaking || state == .open, !isInputClosed {
            guard let part = data.readSlice(length: min(data.readableBytes, Self.step)) else { return }
            do {
                try part.withUnsafeReadableBytes { try connection.give($0) }
            } catch {
                return fail(error, context)
            }
            if state == .handshaking { continueHandshake(context) }
            if state == .open { decrypt(part.readableBytes, context) }
        }
        if state == .open { sendReplies(context) }
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        hasDelivered = false
        context.fireChannelReadComplete()
        // Somebody asked for data, and there was none in what arrived.
        if isReadOwed, state != .closed, !isInputClosed { context.read() }
    }

    package func read(context: ChannelHandlerContext) {
        isReadOwed = true
        context.read()
    }

    private func continueHandshake(_ context: ChannelHandlerContext) {
        do {
            guard try connection.handshake() else { return sendReplies(context) }
        } catch {
            return fail(error, context)
        }
        state = .open
        sendReplies(context)
        encryptFlushed(context)
    }

    /// Decrypts what has arrived, and passes it on.
    ///
    /// - Parameters:
    ///   - count: How much has arrived since the last time. With the beginning of a record that was kept, which is at most
    ///     as long as a step, it is all that there can be.
    ///   - context: The handler's context.
    private func decrypt(_ count: Int, _ context: ChannelHandlerContext) {
        var plaintext = context.channel.allocator.buffer(capacity: count)
        var reading: TLSConnection.Reading
        repeat {
            reading = .nothing
            plaintext.writeWithUnsafeMutableBytes(minimumWritableBytes: max(connection.decryptedCount, 1)) { room in
                reading = connection.read(into: room)
                if case .bytes(let count) = reading { return count }
                return 0
            }
        } while reading.isBytes
        if plaintext.readableBytes > 0 {
            hasDelivered = true
            isReadOwed = false
            context.fireChannelRead(wrapInboundOut(plaintext))
        }
        guard state == .open else { return }
        switch reading {
        case .bytes, .nothing: break
        case .closed: inputClosed(context)
        case .failed(let error): fail(error, context)
        }
    }

    private func inputClosed(_ context: ChannelHandlerContext) {
        isInputClosed = true
        completeRead(context)
        guard state == .open else { return }
        if (try? context.channel.syncOptions?.getOption(.allowRemoteHalfClosure)) == true {
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        } else {
            closeAll(context, nil)
        }
    }

    /// Ends a sequence of reads, as a channel does before it reports the end of input or an error.
    private func completeRead(_ context: ChannelHandlerContext) {
        guard hasDelivered else { return }
        hasDelivered = false
        context.fireChannelReadComplete()
    }

    // MARK: Output

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard state != .closed, !isOutputClosing else {
            promise?.fail(state == .closed ? ChannelError.ioOnClosedChannel : ChannelError.outputClosed)
            return
        }
        let write = Write(bytes: unwrapOutboundIn(data), promise: promise)
        writes.append(write)
        waitingBytes += write.bytes.readableBytes
        if state != .open, waitingBytes > maximumWaitingBytes {
            fail(TLSError(code: .overflow, message: "too much was written before the handshake was complete"), context)
        }
    }

    package func flush(context: ChannelHandlerContext) {
        writes.mark()
        encryptFlushed(context)
    }

    private func encryptFlushed(_ context: ChannelHandlerContext) {
        // A handler that is told of the channel's writability by one of these writes may come back here.
        guard state == .open, !isEncrypting else { return }
        isEncrypting = true
        while state == .open, writes.hasMark, let write = writes.popFirst() {
            waitingBytes -= write.bytes.readableBytes
            do {
                let ciphertext = try encrypt(write.bytes, context)
                context.write(wrapOutboundOut(ciphertext), promise: write.promise)
            } catch {
                fail(error, context)
                write.promise?.fail(error)
            }
        }
        isEncrypting = false
        guard state == .open else { return }
        context.flush()
        if isOutputClosing { finishOutput(context) }
    }

    private func encrypt(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) throws -> ByteBuffer {
        // Room for the records' headers and seals as well.
        let capacity = bytes.readableBytes + (bytes.readableBytes / Self.step + 1) * 64 + connection.outputCount
        var ciphertext = context.channel.allocator.buffer(capacity: capacity)
        var bytes = bytes
        while bytes.readableBytes > 0, let part = bytes.readSlice(length: min(bytes.readableBytes, Self.step)) {
            try part.withUnsafeReadableBytes { try connection.write($0) }
            takeOutput(into: &ciphertext)
        }
        return ciphertext
    }

    private func takeOutput(into buffer: inout ByteBuffer) {
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: connection.outputCount) {
            connection.takeOutput(into: $0)
        }
    }

    /// Sends what TLS itself has to say: the handshake, key updates, alerts.
    private func sendReplies(_ context: ChannelHandlerContext) {
        let count = connection.outputCount
        guard count > 0 else { return }
        var replies = context.channel.allocator.buffer(capacity: count)
        takeOutput(into: &replies)
        replyBytes += count
        guard replyBytes <= Self.maximumReplyBytes else {
            return fail(TLSError(code: .overflow, message: "the other side does not read the answers of TLS"), context)
        }
        context.writeAndFlush(wrapOutboundOut(replies)).assumeIsolated().whenComplete { [self] _ in
            replyBytes -= count
        }
    }

    // MARK: End

    package func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .all: closeAll(context, promise)
        case .output: closeOutput(context, promise)
        case .input: promise?.fail(ChannelError.operationUnsupported)
        }
    }

    private func closeAll(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        let isOwed = state == .open && !isOutputClosed
        state = .closed
        if isOwed {
            try? connection.close()
            sendReplies(context)
        }
        end(with: ChannelError.ioOnClosedChannel)
        context.close(promise: promise)
    }

    private func closeOutput(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        guard state != .closed else { return context.close(mode: .output, promise: promise) }
        guard !isOutputClosing else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        isOutputClosing = true
        outputPromise = promise
        flush(context: context)
    }

    private func finishOutput(_ context: ChannelHandlerContext) {
        guard state == .open, !isOutputClosed else { return }
        isOutputClosed = true
        do {
            try connection.close()
        } catch {
            return fail(error, context)
        }
        sendReplies(context)
        let promise = outputPromise
        outputPromise = nil
        context.close(mode: .output, promise: promise)
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        guard state != .closed else { return }
        // From here on nothing else is sent or delivered, whatever the handlers do that are called now.
        state = .closed
        sendReplies(context)
        completeRead(context)
        let promises = takePromises()
        context.fireErrorCaught(error)
        for promise in promises { promise.fail(error) }
        context.close(promise: nil)
    }

    /// Ends for good; what is not on its way fails.
    private func end(with error: any Error) {
        state = .closed
        for promise in takePromises() { promise.fail(error) }
    }

    private func takePromises() -> [EventLoopPromise<Void>] {
        let promises = (writes.map(\.promise) + [outputPromise]).compactMap { $0 }
        writes = MarkedCircularBuffer(initialCapacity: 0)
        waitingBytes = 0
        outputPromise = nil
        return promises
    }
}

extension TLSConnection.Reading {
    fileprivate var isBytes: Bool {
        if case .bytes = self { return true }
        return false
    }
}
