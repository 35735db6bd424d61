import Dispatch
import Foundation
import JSONRPC

/// The lines of standard input, read on a thread of its own, because reading blocks.
///
/// Only so many lines are handed out at a time: each takes a slot, which its reader gives back.
final class InputLines: Sendable {
    /// What was read.
    enum Piece: Sendable {
        /// A line without its line break.
        case line([UInt8])
        /// A line over the limit; nothing follows.
        case tooLong
    }

    /// The lines in order, until the input ends; for one reader.
    let pieces: AsyncStream<Piece>
    private let slots: DispatchSemaphore

    /// Begins to read.
    ///
    /// - Parameters:
    ///   - limit: the longest line in bytes.
    ///   - slots: how many lines are handed out at a time.
    init(limit: Int, slots: Int) {
        let semaphore = DispatchSemaphore(value: slots)
        self.slots = semaphore
        let (pieces, continuation) = AsyncStream.makeStream(of: Piece.self)
        self.pieces = pieces
        Thread.detachNewThread { Self.read(limit, semaphore, continuation) }
    }

    /// Gives the slot of a line back.
    func release() { slots.signal() }

    private static func read(_ limit: Int, _ slots: DispatchSemaphore, _ continuation: AsyncStream<Piece>.Continuation)
    {
        var framer = LineFramer(limit: limit)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var isAtEnd = false
        while !isAtEnd {
            let count = chunk.withUnsafeMutableBytes { Foundation.read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            var lines: [[UInt8]] = []
            if count > 0 {
                chunk.withUnsafeBytes { framer.append(UnsafeRawBufferPointer(rebasing: $0[..<count]), to: &lines) }
            } else {
                framer.finish(to: &lines)
                isAtEnd = true
            }
            for line in lines {
                slots.wait()
                continuation.yield(.line(line))
            }
            if framer.isTooLong {
                continuation.yield(.tooLong)
                isAtEnd = true
            }
        }
        continuation.finish()
    }
}
