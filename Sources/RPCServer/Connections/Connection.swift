import JSONRPC
import NIOCore
import Synchronization
import Vocabulary

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
    /// HTTP and WebSocket over TCP.
    case web
    /// HTTP and WebSocket over TLS.
    case secureWeb = "web over tls"

    /// Whether what is sent is encrypted by this process.
    var isEncrypted: Bool { self == .tls || self == .secureWeb }

    /// Whether clients speak HTTP first.
    package var isWeb: Bool { self == .web || self == .secureWeb }
}

/// Why the server takes no more of a client, which a client of WebSocket is told.
enum Farewell: Sendable, Hashable {
    /// Nothing more is expected of the client.
    case done
    /// The server is shut down.
    case shutdown
    /// The client's identity does not count any more.
    case dismissal
}

/// The transport of a connection's bytes.
protocol ConnectionTransport: Sendable {
    /// Writes the outgoing bytes, soon and in its own context.
    func wake()
    /// Resumes reading after messages were handled.
    func resumeReading()
    /// Stops reading messages, as if the client had ended its input.
    func endInput(_ farewell: Farewell)
    /// Closes without waiting for anything.
    func abort()
    /// Returns when the connection is closed.
    func untilClosed() async
}

/// One client: its messages come in order, its answers and notifications go out through a bounded queue.
///
/// It is the same whatever the transport is: lines, frames of WebSocket or requests of HTTP differ in how messages are
/// read (``ConnectionChannelHandler``) and in how they are marked off when they are written (``MessageFraming``).
///
/// What it makes the server hold is counted (``ConnectionRegistry``): messages that were read and not taken up, requests
/// being worked on, answers in the making, and answers that the client has not taken.
///
/// All methods may be called from anywhere.
package final class Connection: Sendable {
    struct State {
        var outgoing = OutgoingQueue()
        /// Bytes that are queued or being written, shared ones included.
        var outstanding = 0
        var isAwake = false
        var isFinishing = false
        var isClosed = false
        var isDraining = false
        /// Whether anything was answered since the current request of HTTP began.
        var hasAnswered = false
        var isAuthenticated = false
        var subscriptions = 0
        var linesAhead = 0
        var bytesAhead = 0
        var running = 0
        /// The expected bytes of answers in progress.
        var reserved = 0
        /// Bytes of answers that wait for the rest of their batch.
        var collected = 0
        /// Batches that are not answered yet.
        var batches: [ObjectIdentifier: BatchAnswers] = [:]
        /// Bytes of memory that are charged to the connection.
        var held = 0
        /// Bytes of a line that has not ended.
        var unfinished = 0
        /// When the client last ended a line or took something.
        var progressed = NIODeadline.now()
        var admission: (continuation: CheckedContinuation<Void, Never>, isOfBatch: Bool)?
        var quiescence: CheckedContinuation<Void, Never>?

        /// Counts memory, until the connection is closed and has none.
        mutating func hold(_ bytes: Int) {
            if !isClosed { held += bytes }
        }

        /// Discards everything that waits, and returns the batches to drop.
        mutating func close() -> [BatchAnswers] {
            isClosed = true
            outgoing = OutgoingQueue()
            held = 0
            defer { batches = [:] }
            return Array(batches.values)
        }
    }

    /// A number that no other connection of the process has.
    package let id: UInt64
    /// How the client reached the server.
    package let kind: TransportKind
    /// The address of the client, for logs.
    package let peer: String
    /// Where the client is, for limits that many connections of one machine share; nil for one that is not on a
    /// network.
    package let origin: ClientOrigin?
    let limits: ConnectionLimits
    private let transport: any ConnectionTransport
    private let registry: ConnectionRegistry
    let shared: SharedBuffers
    private let state = Mutex(State())

    init(
        id: UInt64,
        kind: TransportKind,
        peer: String,
        origin: ClientOrigin?,
        limits: ConnectionLimits,
        transport: any ConnectionTransport,
        registry: ConnectionRegistry,
        shared: SharedBuffers
    ) {
        self.id = id
        self.kind = kind
        self.peer = peer
        self.origin = origin
        self.limits = limits
        self.transport = transport
        self.registry = registry
        self.shared = shared
    }

    /// Whether the server sends to this connection on its own, which exempts it from the idle time-out.
    var isSubscribed: Bool { state.withLock { $0.subscriptions > 0 } }

    /// Counts what the server sends to this connection on its own.
    package func countSubscriptions(by change: Int) {
        state.withLock { $0.subscriptions += change }
    }

    /// Records that the client has signed in, which exempts it from the limits for unauthenticated connections.
    package func didAuthenticate() {
        let isNew = state.withLock { state in
            defer { state.isAuthenticated = true }
            return !state.isAuthenticated
        }
        if isNew { registry.didAuthenticate(id) }
    }

    /// Whether the client has signed in.
    package var isAuthenticated: Bool { state.withLock { $0.isAuthenticated } }

    /// Whether the connection is closed or about to be.
    package var isClosed: Bool {
        state.withLock { $0.isClosed || $0.isFinishing }
    }

    /// Queues a notification, without its framing.
    ///
    /// - Parameters:
    ///   - message: The notification.
    ///   - usingReserve: Whether it may go over the limit, for the one message that ends a subscription.
    /// - Returns: False, and nothing is queued, when the client does not keep up or is gone.
    @discardableResult
    package func send(_ message: [UInt8], usingReserve: Bool = false) -> Bool {
        let (isTaken, wakes) = update { state -> (Bool, Bool) in
            let room = usingReserve ? limits.outgoingBytes * 2 : limits.outgoingBytes
            guard !state.isClosed, !state.isFinishing, state.outstanding + message.count <= room
            else { return (false, false) }
            Self.queue(&state) { $0.append(message: message) }
            return (true, Self.wakes(&state))
        }
        if wakes {
            transport.wake()
        }
        return isTaken
    }

    /// Closes the connection without answering requests in progress.
    package func close() {
        transport.abort()
    }

    /// Changes the state, and tells the registry of what is held more or less.
    func update<T>(_ body: (inout State) -> T) -> T {
        let (result, change) = state.withLock { state in
            let before = state.held
            let result = body(&state)
            return (result, state.held - before)
        }
        if change != 0 { registry.count(change) }
        return result
    }

    /// Reads the state, which is not to be changed.
    func look<T>(_ body: (inout State) -> T) -> T {
        state.withLock { body(&$0) }
    }

    /// Adds to the queue, and counts what was added.
    private static func queue(_ state: inout State, _ add: (inout OutgoingQueue) -> Void) {
        let before = (all: state.outgoing.count, own: state.outgoing.ownCount)
        add(&state.outgoing)
        state.outstanding += state.outgoing.count - before.all
        state.hold(state.outgoing.ownCount - before.own)
    }

    static func wakes(_ state: inout State) -> Bool {
        defer { state.isAwake = true }
        return !state.isAwake
    }
}

// MARK: What goes out

extension Connection {
    /// Queues answers, however full the queue is.
    func answer(_ answers: OutgoingQueue) {
        let wakes = update { state -> Bool in
            guard !state.isClosed, !answers.isEmpty else { return false }
            Self.queue(&state) { $0.append(answers) }
            state.hasAnswered = true
            return Self.wakes(&state)
        }
        if wakes {
            transport.wake()
        }
    }

    /// Queues an answer, however full the queue is.
    func answer(_ answer: RPCAnswer) {
        var queue = OutgoingQueue(framing: framing)
        queue.append(answer, shared: shared)
        self.answer(queue)
    }

    /// Queues bytes that are written as they are, such as a whole response of HTTP.
    func answer(raw bytes: [UInt8]) {
        var queue = OutgoingQueue()
        queue.append(raw: bytes)
        answer(queue)
    }

    /// Queues a frame that a client of WebSocket is owed, unless it does not read what it is sent.
    func answer(control frame: [UInt8]) {
        let wakes = update { state -> Bool in
            guard !state.isClosed, state.outstanding <= limits.outgoingBytes else { return false }
            Self.queue(&state) { $0.append(raw: frame) }
            return Self.wakes(&state)
        }
        if wakes { transport.wake() }
    }

    /// How messages to the client are marked off from each other.
    var framing: MessageFraming { look { $0.outgoing.framing } }

    /// Has the messages that follow framed in another way.
    func setFraming(_ framing: MessageFraming) {
        update { state in
            state.outgoing.framing = framing
            state.hasAnswered = false
        }
    }

    /// Whether anything was answered since the framing was set.
    var hasAnswered: Bool { look { $0.hasAnswered } }

    /// Ends the connection once everything queued is written.
    func finish() {
        let wakes = update { state -> Bool in
            state.isFinishing = true
            return !state.isClosed
        }
        if wakes {
            transport.wake()
        }
    }

    /// Hands the next of what is queued to the transport; nil when nothing waits, and the transport will be woken
    /// again.
    func takeOutgoing(atMost limit: Int) -> OutgoingQueue.Chunk? {
        update { state in
            guard let chunk = state.outgoing.removeFirst(atMost: limit) else {
                state.isAwake = false
                return nil
            }
            // Encryption makes a copy of what is otherwise shared.
            guard kind.isEncrypted, chunk.frees == 0 else { return chunk }
            state.hold(chunk.bytes.readableBytes)
            return OutgoingQueue.Chunk(bytes: chunk.bytes, frees: chunk.bytes.readableBytes)
        }
    }

    /// Whether everything was written and read by the client.
    var isDone: Bool { look { $0.isFinishing && $0.outstanding == 0 } }

    /// Counts bytes that the transport has written.
    func didWrite(_ count: Int, freeing: Int) {
        let admitted = update { state in
            state.outstanding -= count
            state.hold(-freeing)
            state.progressed = .now()
            return nextAdmission(&state)
        }
        admitted?.resume()
    }

    /// How many bytes wait to be taken by the client.
    var outstanding: Int { look { $0.outstanding } }
}

// MARK: Ends

extension Connection {
    /// Records that the transport has closed; queued bytes are discarded.
    func didClose() {
        let (dropped, admitted, quiet) = update { state in
            (state.close(), nextAdmission(&state), Self.quiet(&state))
        }
        for batch in dropped { batch.drop() }
        admitted?.resume()
        quiet?.resume()
    }

    /// Closes a connection that holds too much, and frees its memory at once.
    func shed() {
        didClose()
        transport.abort()
    }

    /// Reads no more messages, so that the connection ends when the received ones are answered; requests of a client that
    /// has disconnected are not waited for.
    func drain() {
        let quiet = update { state in
            state.isDraining = true
            return Self.quiet(&state)
        }
        quiet?.resume()
        transport.endInput(.shutdown)
    }

    /// Takes no more messages.
    func endInput() {
        transport.endInput(.done)
    }

    /// Ends the connection of a client whose identity does not count any more, once the messages received are answered.
    package func dismiss() {
        transport.endInput(.dismissal)
    }

    /// Whether the client is gone while the server is being shut down: nothing of what it asked is of use.
    var isAbandoned: Bool { look { $0.isDraining && $0.isClosed } }

    func untilClosed() async {
        await transport.untilClosed()
    }

    func resumeReading() {
        transport.resumeReading()
    }

    static func quiet(_ state: inout State) -> CheckedContinuation<Void, Never>? {
        guard state.running == 0 || state.isDraining && state.isClosed else { return nil }
        defer { state.quiescence = nil }
        return state.quiescence
    }

    func nextAdmission(_ state: inout State) -> CheckedContinuation<Void, Never>? {
        guard let admission = state.admission, admits(state, isOfBatch: admission.isOfBatch) else { return nil }
        state.admission = nil
        return admission.continuation
    }

    /// Whether another request may start.
    ///
    /// A refused request is admitted later by progress on its own connection: even a share of zero bytes admits
    /// one request at a time.
    func admits(_ state: State, isOfBatch: Bool) -> Bool {
        if state.isClosed { return true }
        let share = registry.share
        let outgoing = min(limits.outgoingBytes, share)
        guard state.running < limits.requestsInFlight, state.outstanding <= outgoing else { return false }
        if state.running == 0 { return true }
        return isOfBatch
            ? state.collected + state.reserved <= min(limits.batchBytes, share)
            : state.outstanding + state.reserved <= outgoing
    }

    /// How much the answers of a batch may take at the moment, once they have reached it; nil before.
    var limitOfFullBatch: Int? {
        let limit = min(limits.batchBytes, registry.share)
        return look { $0.collected >= limit } ? limit : nil
    }
}
