import NIOCore
import Synchronization

/// How a connection reached the server.
package enum TransportKind: String, Sendable {
    /// Plain TCP.
    case tcp
    /// TLS over TCP.
    case tls
    /// A Unix socket.
    case unix
    /// The standard streams of the process.
    case stdio
}

/// What carries the bytes of a connection.
protocol ConnectionTransport: Sendable {
    /// Takes what is outgoing, soon and in its own context.
    func wake()
    /// Goes on reading after lines were taken.
    func resumeReading()
    /// Stops taking lines, as if the client had ended its input.
    func endInput()
    /// Closes without waiting for anything.
    func abort()
    /// Returns when the connection is closed.
    func untilClosed() async
}

/// One client: its lines come in order, its answers and notifications go out through a bounded queue.
///
/// All methods may be called from anywhere.
package final class Connection: Sendable {
    private struct State {
        var outgoing = ByteBuffer()
        var outstanding = 0
        var isAwake = false
        var isFinishing = false
        var isClosed = false
        var subscriptions = 0
        var linesAhead = 0
        var bytesAhead = 0
        var running = 0
        var admission: CheckedContinuation<Void, Never>?
        var quiescence: CheckedContinuation<Void, Never>?
    }

    /// A number that no other connection of the process has.
    package let id: UInt64
    /// How the client reached the server.
    package let kind: TransportKind
    /// The address of the client, for logs.
    package let peer: String
    let limits: ConnectionLimits
    private let transport: any ConnectionTransport
    private let state = Mutex(State())

    init(
        id: UInt64,
        kind: TransportKind,
        peer: String,
        limits: ConnectionLimits,
        transport: any ConnectionTransport
    ) {
        self.id = id
        self.kind = kind
        self.peer = peer
        self.limits = limits
        self.transport = transport
    }

    /// Whether the server sends to this connection on its own, which exempts it from the idle time-out.
    var isSubscribed: Bool { state.withLock { $0.subscriptions > 0 } }

    /// Counts what the server sends to this connection on its own.
    package func countSubscriptions(by change: Int) {
        state.withLock { $0.subscriptions += change }
    }

    /// Whether the connection is closed or about to be.
    package var isClosed: Bool {
        state.withLock { $0.isClosed || $0.isFinishing }
    }

    /// Queues a notification, one line without its line break.
    ///
    /// - Parameters:
    ///   - line: The notification.
    ///   - usingReserve: Whether it may go over the limit, for the one message that ends a subscription.
    /// - Returns: False, and nothing is queued, when the client does not keep up or is gone.
    @discardableResult
    package func send(_ line: [UInt8], usingReserve: Bool = false) -> Bool {
        let (isTaken, wakes) = state.withLock { state -> (Bool, Bool) in
            let room = usingReserve ? limits.outgoingBytes * 2 : limits.outgoingBytes
            guard !state.isClosed, !state.isFinishing, state.outstanding + line.count <= room else {
                return (false, false)
            }
            state.outgoing.writeBytes(line)
            state.outgoing.writeInteger(UInt8(ascii: "\n"))
            state.outstanding += line.count + 1
            return (true, Self.wakes(&state))
        }
        if wakes {
            transport.wake()
        }
        return isTaken
    }

    /// Closes the connection without answering what is under way.
    package func close() {
        transport.abort()
    }
}

extension Connection {
    /// Queues answers, which are lines with their line breaks, however full the queue is.
    func answer(_ lines: ByteBuffer) {
        let wakes = state.withLock { state -> Bool in
            guard !state.isClosed, lines.readableBytes > 0 else { return false }
            state.outgoing.writeImmutableBuffer(lines)
            state.outstanding += lines.readableBytes
            return Self.wakes(&state)
        }
        if wakes {
            transport.wake()
        }
    }

    /// Ends the connection once everything queued is written.
    func finish() {
        let wakes = state.withLock { state -> Bool in
            state.isFinishing = true
            return !state.isClosed
        }
        if wakes {
            transport.wake()
        }
    }

    /// Hands what is queued to the transport.
    func takeOutgoing() -> ByteBuffer {
        state.withLock { state in
            state.isAwake = false
            defer { state.outgoing = ByteBuffer() }
            return state.outgoing
        }
    }

    /// Whether everything is said and taken by the client.
    var isDone: Bool { state.withLock { $0.isFinishing && $0.outstanding == 0 } }

    /// Counts bytes that the transport has written.
    func didWrite(_ count: Int) {
        let admitted = state.withLock { state in
            state.outstanding -= count
            return Self.admitted(&state, limits)
        }
        admitted?.resume()
    }

    /// How many bytes wait to be taken by the client.
    var outstanding: Int { state.withLock { $0.outstanding } }

    /// Whether a request is running or waiting to.
    var isBusy: Bool { state.withLock { $0.running > 0 || $0.linesAhead > 0 } }

    /// Counts lines that were read.
    func didRead(_ lines: [[UInt8]]) {
        let bytes = lines.reduce(0) { $0 + $1.count }
        state.withLock { state in
            state.linesAhead += lines.count
            state.bytesAhead += bytes
        }
    }

    /// Whether more lines may be read.
    var mayRead: Bool { state.withLock { Self.mayRead($0, limits) } }

    /// Counts lines that were taken up.
    func didTake(_ lines: [[UInt8]]) {
        let bytes = lines.reduce(0) { $0 + $1.count }
        let resumes = state.withLock { state in
            let mightRead = Self.mayRead(state, limits)
            state.linesAhead -= lines.count
            state.bytesAhead -= bytes
            return !mightRead && Self.mayRead(state, limits)
        }
        if resumes {
            transport.resumeReading()
        }
    }

    /// Whether another request may start at once.
    var admits: Bool {
        state.withLock { Self.admits($0, limits) }
    }

    /// Waits until another request may start; one caller at a time.
    func admission() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard !Self.admits(state, limits) else { return true }
                state.admission = continuation
                return false
            }
            if isFree {
                continuation.resume()
            }
        }
    }

    /// Waits until no request is running; one caller at a time, and nothing may be started meanwhile.
    func quiescence() async {
        await withCheckedContinuation { continuation in
            let isQuiet = state.withLock { state in
                guard state.running > 0 else { return true }
                state.quiescence = continuation
                return false
            }
            if isQuiet {
                continuation.resume()
            }
        }
    }

    /// Counts a request that runs beside others.
    func didStart() {
        state.withLock { $0.running += 1 }
    }

    /// Counts a request that is done.
    func didEnd() {
        let (admitted, quiet) = state.withLock { state in
            state.running -= 1
            return (Self.admitted(&state, limits), Self.quiet(&state))
        }
        admitted?.resume()
        quiet?.resume()
    }

    /// Notes that the transport is gone; what is queued is dropped.
    func didClose() {
        let admitted = state.withLock { state in
            state.isClosed = true
            state.outgoing = ByteBuffer()
            return Self.admitted(&state, limits)
        }
        admitted?.resume()
    }

    /// Takes no more lines, so that the connection ends when those received are answered.
    func drain() {
        transport.endInput()
    }

    func untilClosed() async {
        await transport.untilClosed()
    }

    private static func mayRead(_ state: State, _ limits: ConnectionLimits) -> Bool {
        state.linesAhead < limits.linesAhead && state.bytesAhead < limits.lineBytes
    }

    private static func wakes(_ state: inout State) -> Bool {
        defer { state.isAwake = true }
        return !state.isAwake
    }

    private static func admits(_ state: State, _ limits: ConnectionLimits) -> Bool {
        if state.isClosed {
            return state.running < limits.requestsInFlight
        }
        return state.running < limits.requestsInFlight && state.outstanding <= limits.outgoingBytes
    }

    private static func quiet(_ state: inout State) -> CheckedContinuation<Void, Never>? {
        guard state.running == 0 else { return nil }
        defer { state.quiescence = nil }
        return state.quiescence
    }

    private static func admitted(_ state: inout State, _ limits: ConnectionLimits) -> CheckedContinuation<Void, Never>?
    {
        guard state.admission != nil, admits(state, limits) else { return nil }
        defer { state.admission = nil }
        return state.admission
    }
}
