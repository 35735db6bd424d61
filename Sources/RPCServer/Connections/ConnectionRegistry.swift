import Synchronization

/// The connections that are open, of which there is a limit.
final class ConnectionRegistry: Sendable {
    private struct State {
        var connections: [UInt64: Connection] = [:]
        var reserved = 0
        var refusals = 0
        var next: UInt64 = 1
        var isClosed = false
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// What becomes of a client that has just come.
    enum Admission {
        /// There is room; the connection has this number.
        case admitted(UInt64)
        /// There is no room, but enough to say so.
        case refused
        /// There is no room at all, or the server is closing.
        case dropped
    }

    /// Makes room for a connection, to be given up by ``remove(_:)``.
    func admit() -> Admission {
        state.withLock { state in
            guard !state.isClosed else { return .dropped }
            if state.reserved < limit {
                state.reserved += 1
                defer { state.next += 1 }
                return .admitted(state.next)
            }
            guard state.refusals < 256 else { return .dropped }
            state.refusals += 1
            return .refused
        }
    }

    /// Forgets a client that was refused.
    func forgetRefused() {
        state.withLock { $0.refusals -= 1 }
    }

    /// Enters a connection that was admitted; false when the server is closing.
    func insert(_ connection: Connection) -> Bool {
        state.withLock { state in
            state.connections[connection.id] = connection
            return !state.isClosed
        }
    }

    /// Gives up the room of a connection.
    func remove(_ id: UInt64) {
        state.withLock { state in
            state.connections[id] = nil
            state.reserved -= 1
        }
    }

    /// How many connections are open.
    var count: Int { state.withLock { $0.reserved } }

    /// Admits no more; gives those that are open.
    func close() -> [Connection] {
        state.withLock { state in
            state.isClosed = true
            return Array(state.connections.values)
        }
    }
}
