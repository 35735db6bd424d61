package import JSONRPC
package import NIOCore
import Synchronization

/// The buffers of what many answers have in common, one for all connections.
package final class SharedBuffers: Sendable {
    private struct Entry {
        /// Kept, so that its identity is not given to others.
        let source: SharedBytes
        let buffer: ByteBuffer
    }

    private static let maximumEntries = 64
    private let entries = Mutex<[ObjectIdentifier: Entry]>([:])

    /// Makes an empty shelf.
    package init() {}

    /// The buffer that holds these bytes.
    package func buffer(of bytes: SharedBytes) -> ByteBuffer {
        entries.withLock { entries in
            if let entry = entries[ObjectIdentifier(bytes)] { return entry.buffer }
            let entry = Entry(source: bytes, buffer: ByteBuffer(bytes: bytes.bytes))
            if entries.count < Self.maximumEntries { entries[ObjectIdentifier(bytes)] = entry }
            return entry.buffer
        }
    }
}
