import JSONRPC
import Synchronization

/// Stands for a connection where there is none: keeps what would be sent until it is looked at.
final class CollectingSink: EventSink {
    private let lines = Mutex<[[UInt8]]>([])

    var isClosed: Bool { false }

    func countSubscriptions(by change: Int) {}

    func didAuthenticate() {}

    func send(_ line: [UInt8], usingReserve: Bool) -> Bool {
        lines.withLock { $0.append(line) }
        return true
    }

    /// What was sent since the last look.
    func drain() -> [JSON] {
        let lines = lines.withLock { lines in
            defer { lines = [] }
            return lines
        }
        return lines.compactMap { try? JSON(parsing: $0) }
    }
}
