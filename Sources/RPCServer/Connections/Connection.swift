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
}

/// The transport of a connection's bytes.
protocol ConnectionTransport: Sendable {
    /// Writes the outgoing bytes, soon and in its own context.
    func wake()
    /// Resumes reading after lines were handled.
    func resumeReading()
    /// Stops reading lines, as if the client had ended its input.
    func endInput()
    /// Closes without waiting for anything.
    func abort()
    /// Returns when the connection is closed.
    func untilClosed() async
}

/// One client: its lines come in order, its answers and notifications go out through a bounded queue.
///
/// What it makes the server hold is counted (``ConnectionRegistry``): lines that were read and not taken up, requests
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

    /// Queues a notification, one line without its line break.
    ///
    /// - Parameters:
    ///   - line: The notification.
    ///   - usingReserve: Whether it may go over the limit, for the one message that ends a subscription.
    /// - Returns: False, and nothing is queued, when the client does not keep up or is gone.
    @discardableResult
    package func send(_ line: [UInt8], usingReserve: Bool = false) -> Bool {
        let (isTaken, wakes) = update { state -> (Bool, Bool) in
            let room = usingReserve ? limits.outgoingBytes * 2 : limits.outgoingBytes
            guard !state.isClosed, !state.isFinishing, state.outstanding + line.count <= room else {
                return (false, false)
            }
            state.outgoing.append(line: line)
            state.outstanding += line.count + 1
            state.hold(line.count + 1)
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
            state.outgoing.append(answers)
            state.outstanding += answers.count
            state.hold(answers.ownCount)
            return Self.wakes(&state)
        }
        if wakes {
            transport.wake()
        }
    }

    /// Queues an answer, however full the queue is.
    func answer(_ answer: RPCAnswer) {
        var queue = OutgoingQueue()
        queue.append(answer, shared: shared)
        self.answer(queue)
    }

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
            guard kind == .tls, chunk.frees == 0 else { return chunk }
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

    /// Reads no more lines, so that the connection ends when the received ones are answered; requests of a client that
    /// has disconnected are not waited for.
    func drain() {
        let quiet = update { state in
            state.isDraining = true
            return Self.quiet(&state)
        }
        quiet?.resume()
        transport.endInput()
    }

    /// Takes no more lines.
    func endInput() {
        transport.endInput()
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
