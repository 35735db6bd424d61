import Logging
import NIOCore
import Synchronization

/// The connections that are open, of which there is a limit, and the memory that they take together.
///
/// When there is no room for one more, the connection without a signed-in caller that was silent longest is closed.
/// When all together hold too many bytes, those that hold the most are closed, stalled ones first.
final class ConnectionRegistry: Sendable {
    private struct State {
        var connections: [UInt64: Connection] = [:]
        var admitted: Set<UInt64> = []
        var strangers = Strangers()
        var refusals = 0
        var next: UInt64 = 1
        var isClosed = false
        var toldAt: NIODeadline?
        /// When stalled connections were last looked for.
        var lookedAt: NIODeadline?
    }

    /// How many refused clients are sent the refusal at a time.
    static let maximumRefusals = 64
    /// The interval between searches for stalled connections.
    private static let pause = TimeAmount.milliseconds(100)
    /// Connections below this are not closed, for it would free too little.
    private static let leastBurden = 4_096

    private let limits: ConnectionLimits
    private let meter: ServerMeter
    private let logger: Logger
    private let state = Mutex(State())
    private let held = Atomic<Int>(0)
    private let connectionCount = Atomic<Int>(0)
    private let isRelieving = Atomic<Bool>(false)

    init(limits: ConnectionLimits, meter: ServerMeter, logger: Logger) {
        self.limits = limits
        self.meter = meter
        self.logger = logger
    }

    /// The decision about a new client.
    enum Admission {
        /// There is room; the connection has this number.
        case admitted(UInt64)
        /// There is no room, but enough to send a refusal.
        case refused
        /// There is no room at all, or the server is closing.
        case dropped
    }

    /// Makes room for a connection, to be given up by ``remove(_:)``.
    func admit(from origin: ClientOrigin? = nil) -> Admission {
        let (admission, victims) = state.withLock { state -> (Admission, [Connection]) in
            guard !state.isClosed else { return (.dropped, []) }
            var victims: [Connection] = []
            let group = origin.flatMap { $0.isShared ? nil : $0.group }
            if let group, state.strangers.count(in: group) >= limits.strangersOfAddress {
                guard let victim = evict(&state, group) else { return (Self.refuse(&state), []) }
                victims.append(victim)
            }
            if state.admitted.count >= limits.connections {
                guard let victim = evict(&state, nil) else { return (Self.refuse(&state), victims) }
                victims.append(victim)
            }
            let id = state.next
            state.next += 1
            state.admitted.insert(id)
            state.strangers.insert(id, group: group)
            return (.admitted(id), victims)
        }
        for victim in victims {
            meter.strangerEvicted()
            victim.shed()
        }
        return admission
    }

    /// Removes a client that was refused.
    func forgetRefused() {
        state.withLock { $0.refusals -= 1 }
    }

    /// Registers a connection that was admitted; false when the server is closing.
    func insert(_ connection: Connection) -> Bool {
        let (isWanted, isOpen) = state.withLock { state in
            let isWanted = state.admitted.contains(connection.id)
            if isWanted { state.connections[connection.id] = connection }
            connectionCount.store(state.connections.count, ordering: .relaxed)
            return (isWanted, !state.isClosed)
        }
        if !isWanted { connection.shed() }
        return isOpen
    }

    /// Records that a client has signed in.
    func didAuthenticate(_ id: UInt64) {
        state.withLock { $0.strangers.remove(id) }
    }

    /// Frees the room of a connection.
    func remove(_ id: UInt64) {
        state.withLock { state in
            Self.remove(id, &state)
            connectionCount.store(state.connections.count, ordering: .relaxed)
        }
    }

    /// How many connections are open.
    var count: Int { state.withLock { $0.admitted.count } }

    /// Admits no more connections; returns those that are open.
    func close() -> [Connection] {
        state.withLock { state in
            state.isClosed = true
            return Array(state.connections.values)
        }
    }

    private static func remove(_ id: UInt64, _ state: inout State) {
        state.connections[id] = nil
        state.admitted.remove(id)
        state.strangers.remove(id)
    }

    private static func refuse(_ state: inout State) -> Admission {
        guard state.refusals < maximumRefusals else { return .dropped }
        state.refusals += 1
        return .refused
    }

    private func evict(_ state: inout State, _ group: String?) -> Connection? {
        let (now, grace) = (NIODeadline.now(), limits.strangerGrace.timeAmount)
        let connections = state.connections
        let victim = state.strangers.oldest(in: group) { id in
            connections[id].map { $0.silence(at: now) >= grace } ?? false
        }
        guard let victim, let connection = state.connections[victim] else { return nil }
        Self.remove(victim, &state)
        return connection
    }
}

// MARK: Memory

extension ConnectionRegistry {
    /// How many bytes all connections make the server hold.
    var heldBytes: Int { held.load(ordering: .relaxed) }

    /// How many bytes may be held before there is no room for more large answers.
    private var amplyHeldBytes: Int { limits.heldBytes / 2 }

    /// How many bytes of answers one connection may have waiting at the moment; without bound while there is enough
    /// room.
    var share: Int {
        guard heldBytes > amplyHeldBytes else { return .max }
        return amplyHeldBytes / max(1, connectionCount.load(ordering: .relaxed))
    }

    /// A budget for the answers of these connections.
    func answerBudget() -> AnswerBudget {
        AnswerBudget(
            limit: min(limits.makingBytes, limits.heldBytes / 8),
            room: { [self] in heldBytes + $0 <= amplyHeldBytes },
            relieve: { [self] in relieve(to: amplyHeldBytes / 8 * 7, ofStuckOnly: true) },
            count: { [self] in count($0) }
        )
    }

    /// Counts bytes that a connection makes the server hold more or less; closes others when they are too many.
    func count(_ change: Int) {
        let total = held.wrappingAdd(change, ordering: .relaxed).newValue
        if total >> 20 != (total &- change) >> 20 { meter.holds(total) }
        if change > 0, total > limits.heldBytes { relieve(to: limits.heldBytes / 8 * 7, ofStuckOnly: false) }
    }

    /// Closes the connections that hold the most until no more than so many bytes are held.
    private func relieve(to goal: Int, ofStuckOnly: Bool) {
        guard isRelieving.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
            return
        }
        defer { isRelieving.store(false, ordering: .releasing) }
        let now = NIODeadline.now()
        let connections = state.withLock { state -> [Connection] in
            // All are looked at: not for each of many answers that find no room.
            let isDue = !ofStuckOnly || state.lookedAt.map { now - $0 >= Self.pause } ?? true
            if isDue { state.lookedAt = now }
            return isDue ? Array(state.connections.values) : []
        }
        let burdens = connections.map { (connection: $0, burden: $0.burden(at: now)) }
            .filter { $0.burden.bytes >= Self.leastBurden && ($0.burden.isStuck || !ofStuckOnly) }
            .sorted { $0.burden.bytes > $1.burden.bytes }
        var closed = 0
        for (connection, _) in burdens where heldBytes > goal {
            connection.shed()
            meter.connectionShed()
            closed += 1
        }
        if closed > 0 { tell(closed, now) }
    }

    /// Logs at most once a second that connections had to be closed.
    private func tell(_ closed: Int, _ now: NIODeadline) {
        let isDue = state.withLock { state in
            guard state.toldAt.map({ now - $0 >= .seconds(1) }) ?? true else { return false }
            state.toldAt = now
            return true
        }
        guard isDue else { return }
        logger.warning(
            "clients that hold too much were closed",
            metadata: ["connections": "\(closed)", "limit": "\(limits.heldBytes)"]
        )
    }
}
