import Synchronization
import Vocabulary

/// The OpenRPC document, which takes longer to write than all else at a start, and which few ask for.
final class DiscoveryDocument: Sendable {
    private let make: @Sendable () -> JSON
    private let written = Mutex<SharedBytes?>(nil)

    init(_ make: @escaping @Sendable () -> JSON) { self.make = make }

    /// The document as it is sent.
    var bytes: SharedBytes {
        written.withLock { written in
            if let written { return written }
            let bytes = SharedBytes(make().serialized())
            written = bytes
            return bytes
        }
    }
}
