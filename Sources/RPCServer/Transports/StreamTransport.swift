import JSONRPC
import NIOCore
import NIOPosix
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Transports the lines of a connection over file descriptors of any kind: pipes, files, terminals, `/dev/null`.
///
/// Reading and writing block, so they happen on two threads of their own. A second descriptor is polled beside the
/// input, so that a shutdown ends the waiting.
final class StreamTransport: ConnectionTransport {
    private struct State {
        var isEnded = false
        var isAborted = false
        var reader: CheckedContinuation<Void, Never>?
        var closing: [CheckedContinuation<Void, Never>] = []
        var isClosed = false
    }

    private static let chunk = 65_536

    private let streams: StandardStreams
    private let inbox: AsyncStream<Inbound>.Continuation
    private let limits: ConnectionLimits
    private let meter: ServerMeter
    private let threads = NIOThreadPool(numberOfThreads: 2)
    private let interruption = Interruption()
    private let wakes: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private let connection = Mutex<Connection?>(nil)
    private let state = Mutex(State())

    init(
        _ streams: StandardStreams,
        inbox: AsyncStream<Inbound>.Continuation,
        limits: ConnectionLimits,
        meter: ServerMeter
    ) {
        self.streams = streams
        self.inbox = inbox
        self.limits = limits
        self.meter = meter
        (wakes, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func attach(_ connection: Connection) {
        self.connection.withLock { $0 = connection }
    }

    /// Runs until the connection has finished or was aborted.
    func run() async {
        signal(SIGPIPE, SIG_IGN)
        threads.start()
        await withDiscardingTaskGroup { group in
            group.addTask { await self.read() }
            group.addTask { await self.write() }
        }
        threads.shutdownGracefully { _ in }
        close()
    }

    func wake() {
        waker.yield()
    }

    func resumeReading() {
        let reader = state.withLock { state in
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }

    func endInput(_ farewell: Farewell) {
        state.withLock { $0.isEnded = true }
        interruption.interrupt()
        resumeReading()
    }

    func abort() {
        state.withLock { $0.isAborted = true }
        endInput(.done)
        waker.yield()
    }

    func untilClosed() async {
        await withCheckedContinuation { continuation in
            let isClosed = state.withLock { state in
                if !state.isClosed {
                    state.closing.append(continuation)
                }
                return state.isClosed
            }
            if isClosed {
                continuation.resume()
            }
        }
    }

    private var isEnded: Bool { state.withLock { $0.isEnded } }

    private func read() async {
        var framer = LineFramer(limit: limits.lineBytes)
        while !isEnded, !framer.isTooLong, let chunk = await nextChunk() {
            meter.received(chunk.count)
            var lines: [[UInt8]] = []
            framer.append(chunk, to: &lines)
            deliver(lines)
            await untilReadable()
        }
        if framer.isTooLong {
            inbox.yield(.tooLong)
        } else if !isEnded {
            var lines: [[UInt8]] = []
            framer.finish(to: &lines)
            deliver(lines)
        }
        inbox.finish()
    }

    private func deliver(_ lines: [[UInt8]]) {
        guard !lines.isEmpty else { return }
        connection.withLock { $0 }?.didRead(lines)
        inbox.yield(.messages(lines))
    }

    /// Waits while enough lines are ahead.
    private func untilReadable() async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.reader = continuation }
            // Asked after the continuation is in place, so that a line taken in between is not missed.
            if isEnded || connection.withLock({ $0 })?.mayRead ?? true {
                resumeReading()
            }
        }
    }

    private func nextChunk() async -> [UInt8]? {
        let input = streams.input
        let interruption = interruption
        return try? await threads.runIfActive { interruption.read(input) }
    }

    private func write() async {
        for await _ in wakes {
            guard let connection = connection.withLock({ $0 }) else { return }
            while let chunk = connection.takeOutgoing(atMost: Self.chunk) {
                let count = chunk.bytes.readableBytes
                let isWritten = await write(chunk.bytes)
                meter.sent(count)
                connection.didWrite(count, freeing: chunk.frees)
                if !isWritten {
                    endInput(.done)
                    connection.didClose()
                }
            }
            if state.withLock({ $0.isAborted }) || connection.isDone {
                return
            }
        }
    }

    private func write(_ bytes: ByteBuffer) async -> Bool {
        let output = streams.output
        let isWritten = try? await threads.runIfActive {
            bytes.withUnsafeReadableBytes { Interruption.write($0, to: output) }
        }
        return isWritten ?? false
    }

    private func close() {
        connection.withLock { connection in
            connection?.didClose()
            connection = nil
        }
        let closing = state.withLock { state in
            state.isClosed = true
            defer { state.closing = [] }
            return state.closing
        }
        for continuation in closing {
            continuation.resume()
        }
    }
}
