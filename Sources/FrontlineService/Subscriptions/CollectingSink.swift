import JSONRPC
import Synchronization

/// Stands for a connection where there is none: keeps what would be sent until it is looked at.
final class CollectingSink: EventSink {
    private struct State {
        var lines: [[UInt8]] = []
        var isSubscribed = false
    }

    private let state = Mutex(State())

    var isSubscribed: Bool {
        get { state.withLock { $0.isSubscribed } }
        set { state.withLock { $0.isSubscribed = newValue } }
    }

    var isClosed: Bool { false }

    func send(_ line: [UInt8], usingReserve: Bool) -> Bool {
        state.withLock { $0.lines.append(line) }
        return true
    }

    /// What was sent since the last look.
    func take() -> [JSON] {
        let lines = state.withLock { state in
            defer { state.lines = [] }
            return state.lines
        }
        return lines.compactMap { try? JSON(parsing: $0) }
    }
}
