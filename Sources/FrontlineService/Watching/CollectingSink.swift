import JSONRPC
import Synchronization
import Vocabulary

/// A sink without a connection, which collects lines until they are drained.
final class CollectingSink: EventSink {
    private let lines = Mutex<[[UInt8]]>([])

    var isClosed: Bool { false }

    func countSubscriptions(by change: Int) {}

    func didAuthenticate() {}

    func send(_ line: [UInt8], usingReserve: Bool) -> Bool {
        lines.withLock { $0.append(line) }
        return true
    }

    /// The lines sent since the last call.
    func drain() -> [JSON] {
        let lines = lines.withLock { lines in
            defer { lines = [] }
            return lines
        }
        // The server has written these lines itself.
        return lines.compactMap { try? JSON(parsing: $0) }
    }
}
