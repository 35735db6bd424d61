package import JSONRPC
package import NIOCore
import Vocabulary

/// The bytes that wait to be written to one client, in order.
///
/// Small messages share a buffer, so that many answers are one write. Bytes that answers share
/// (`JSONRPC.SharedBytes`) are not copied, however many clients wait for them.
package struct OutgoingQueue {
    /// What is written at once.
    package struct Chunk {
        /// The bytes.
        package let bytes: ByteBuffer
        /// How many bytes of memory are freed once they are written.
        package let frees: Int
    }

    private struct Segment {
        var bytes: ByteBuffer
        /// How many bytes of memory are freed with it; 0 for shared bytes.
        let owns: Int
    }

    /// Below this, a message is copied into the buffer of the one before.
    private static let mergedBytes = 16_384

    /// The largest buffer of an answer's own bytes.
    private static let pieceBytes = 65_536

    /// How messages that are added are marked off from each other.
    package var framing: MessageFraming
    private var segments = CircularBuffer<Segment>()
    /// The last buffer, which is still added to.
    private var open = ByteBuffer()
    /// How many bytes wait.
    package private(set) var count = 0
    /// How many bytes of memory they take.
    package private(set) var ownCount = 0

    /// Makes an empty queue.
    package init(framing: MessageFraming = .line) { self.framing = framing }

    /// Whether nothing waits.
    package var isEmpty: Bool { count == 0 }

    /// Adds an answer.
    package mutating func append(_ answer: RPCAnswer, shared: SharedBuffers) {
        begin(answer.count)
        append(parts: answer, shared)
        end()
    }

    /// Adds the answer to a batch, which is the answers to its messages in their order; nothing when none of them has
    /// one.
    ///
    /// Each answer is given up before the next is copied.
    package mutating func append(batch answers: inout [RPCAnswer?], shared: SharedBuffers) {
        let counts = answers.lazy.compactMap { $0?.count }
        guard !counts.isEmpty else { return }
        // Each answer has a bracket or a comma before it, and the last one a bracket behind it.
        begin(counts.reduce(1) { $0 + $1 + 1 })
        var isFirst = true
        for index in answers.indices {
            guard let answer = answers[index] else { continue }
            answers[index] = nil
            append(byte: isFirst ? UInt8(ascii: "[") : UInt8(ascii: ","))
            isFirst = false
            append(parts: answer, shared)
        }
        append(byte: UInt8(ascii: "]"))
        end()
    }

    /// Adds a message that stands without its framing.
    package mutating func append(message: [UInt8]) {
        begin(message.count)
        append(own: message)
        end()
    }

    /// Adds bytes that are written as they are.
    package mutating func append(raw bytes: [UInt8]) { append(own: bytes) }

    /// Adds what another queue holds.
    package mutating func append(_ other: OutgoingQueue) {
        for segment in other.segments { append(segment.bytes, owns: segment.owns) }
        if open.readableBytes + other.open.readableBytes <= Self.mergedBytes {
            open.writeImmutableBuffer(other.open)
        } else {
            close()
            open = other.open
        }
        (count, ownCount) = (count + other.open.readableBytes, ownCount + other.open.readableBytes)
    }

    /// Removes and returns the first bytes, at most `limit`; nil when nothing waits.
    package mutating func removeFirst(atMost limit: Int) -> Chunk? {
        if segments.isEmpty { close() }
        guard var first = segments.popFirst() else { return nil }
        guard first.bytes.readableBytes > limit, let part = first.bytes.readSlice(length: limit) else {
            count -= first.bytes.readableBytes
            ownCount -= first.owns
            return Chunk(bytes: first.bytes, frees: first.owns)
        }
        // The memory of a buffer is given up with its last part.
        segments.prepend(first)
        count -= limit
        return Chunk(bytes: part, frees: 0)
    }

    private mutating func append(parts answer: RPCAnswer, _ shared: SharedBuffers) {
        switch answer {
        case .line(let bytes): append(own: bytes)
        case .pieces(let pieces):
            for piece in pieces {
                switch piece {
                case .own(let bytes): append(own: bytes)
                case .shared(let bytes): append(shared.buffer(of: bytes), owns: 0)
                }
            }
        }
    }

    private mutating func begin(_ count: Int) {
        let head = framing.head(of: count)
        if !head.isEmpty { append(own: head) }
    }

    private mutating func end() {
        if let end = framing.end { append(byte: end) }
    }

    private mutating func append(byte: UInt8) {
        open.writeInteger(byte)
        (count, ownCount) = (count + 1, ownCount + 1)
    }

    private mutating func append(own bytes: [UInt8]) {
        if open.readableBytes + bytes.count <= Self.mergedBytes {
            open.writeBytes(bytes)
            return (count, ownCount) = (count + bytes.count, ownCount + bytes.count)
        }
        // In pieces, so that memory is given up as the client takes them; a buffer has a power of two of bytes.
        for start in stride(from: 0, to: bytes.count, by: Self.pieceBytes) {
            let piece = bytes[start..<min(start + Self.pieceBytes, bytes.count)]
            append(ByteBuffer(bytes: piece), owns: piece.count)
        }
    }

    private mutating func append(_ bytes: ByteBuffer, owns: Int) {
        close()
        segments.append(Segment(bytes: bytes, owns: owns))
        (count, ownCount) = (count + bytes.readableBytes, ownCount + owns)
    }

    private mutating func close() {
        guard open.readableBytes > 0 else { return }
        segments.append(Segment(bytes: open, owns: open.readableBytes))
        open = ByteBuffer()
    }
}
