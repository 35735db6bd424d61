#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Cuts a stream of bytes into lines.
///
/// A line ends with `\n`, before which one `\r` is dropped; empty lines are left out. How the stream is cut into chunks
/// makes no difference. Only the beginning of an unfinished line is kept in memory, up to the limit. A line over the
/// limit ends the stream: the lines before it are given, everything after it is ignored.
public struct LineFramer: Sendable {
    /// The longest line that is accepted unless a caller says otherwise, in bytes: 1 MiB.
    public static let defaultLimit = 1 << 20

    /// The longest line that is accepted, in bytes without its line break.
    public let limit: Int
    /// Whether a line was over the limit.
    public private(set) var isTooLong = false
    private var partial: [UInt8] = []

    /// Makes a framer at the beginning of a stream.
    public init(limit: Int = defaultLimit) {
        precondition(limit > 0, "the limit of a line is positive")
        self.limit = limit
    }

    /// How many bytes of an unfinished line are held.
    public var heldBytes: Int { partial.count }

    /// Takes the next bytes of the stream and appends the lines that they complete.
    public mutating func append(_ chunk: UnsafeRawBufferPointer, to lines: inout [[UInt8]]) {
        var rest = chunk[...]
        while !isTooLong, let end = Self.lineBreak(in: rest) {
            complete(with: rest[rest.startIndex..<end], to: &lines)
            rest = rest[(end + 1)...]
        }
        guard !isTooLong, !rest.isEmpty else { return }
        if partial.count + rest.count > limit + 1 || exceeds(partial.count + rest.count, last: rest.last) {
            fail()
        } else {
            partial.append(contentsOf: rest)
        }
    }

    /// Takes the next bytes of the stream; see ``append(_:to:)-(UnsafeRawBufferPointer,_)``.
    public mutating func append(_ chunk: [UInt8], to lines: inout [[UInt8]]) {
        chunk.withUnsafeBytes { append($0, to: &lines) }
    }

    /// Ends the stream; what stands after the last line break is a line too.
    public mutating func finish(to lines: inout [[UInt8]]) {
        guard !isTooLong else { return }
        complete(with: UnsafeRawBufferPointer(start: nil, count: 0)[...], to: &lines)
    }

    private static func lineBreak(in bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
        let buffer = UnsafeRawBufferPointer(rebasing: bytes)
        guard let start = buffer.baseAddress, let found = memchr(start, Int32(UInt8(ascii: "\n")), buffer.count) else {
            return nil
        }
        return bytes.startIndex + (UnsafeRawPointer(found) - start)
    }

    private mutating func complete(with tail: Slice<UnsafeRawBufferPointer>, to lines: inout [[UInt8]]) {
        let count = partial.count + tail.count
        guard !exceeds(count, last: tail.last ?? partial.last) else {
            return fail()
        }
        var line = partial
        partial = []
        line.append(contentsOf: tail)
        if line.last == UInt8(ascii: "\r") {
            line.removeLast()
        }
        if !line.isEmpty {
            lines.append(line)
        }
    }

    private func exceeds(_ count: Int, last: UInt8?) -> Bool {
        count > (last == UInt8(ascii: "\r") ? limit + 1 : limit)
    }

    private mutating func fail() {
        isTooLong = true
        partial = []
    }
}
