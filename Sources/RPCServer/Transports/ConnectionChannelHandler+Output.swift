import NIOCore

extension ConnectionChannelHandler {
    /// How many bytes may be in one write, and in writes that have not completed.
    private static let mostPending = 131_072
    private static let chunk = 65_536

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
        if pendingWrites == 0 { noteWrite() }
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
        noteWrite()
        if pendingWrites == 0 { isAsking = false }
        connection?.didWrite(count, freeing: frees)
        if case .failure = result {
            context?.close(promise: nil)
        } else {
            flush()
        }
    }

    private func noteWrite() {
        lastWrite = .now()
        if !isAsking { lastActivity = lastWrite }
    }

    private func closeOutputWhenDone() {
        guard let context, let connection, connection.isDone, !isOutputClosing else { return }
        isOutputClosing = true
        isDropping = true
        if frames != nil {
            // Nothing is queued or being written, so this is between two frames.
            let frame = (farewell ?? .normal).frame
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: frame)), promise: nil)
        }
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
}
