/// A stream of bytes that can be read only once, such as a file in an archive.
package protocol ByteStream: AnyObject {
    /// Reads bytes into the buffer.
    ///
    /// - Returns: the number of bytes read; 0 at the end.
    func read(into buffer: inout [UInt8]) throws(XMLError) -> Int
}

/// The bytes of a document, read forward and, if necessary, again.
final class DocumentSource {
    private enum Bytes {
        case file(FileInput)
        case memory([UInt8])
        case stream(any ByteStream)
    }

    private let bytes: Bytes
    private var buffer: [UInt8]
    /// The offset of the next piece.
    private(set) var offset = 0

    /// The size of a piece in bytes.
    static let piece = 1 << 16

    init(_ file: FileInput) {
        bytes = .file(file)
        buffer = [UInt8](repeating: 0, count: Self.piece)
    }

    init(_ bytes: [UInt8]) {
        self.bytes = .memory(bytes)
        buffer = []
    }

    init(_ stream: any ByteStream) {
        bytes = .stream(stream)
        buffer = [UInt8](repeating: 0, count: Self.piece)
    }

    /// The next piece; empty at the end.
    func next() throws(XMLError) -> ArraySlice<UInt8> {
        switch bytes {
        case .file(let input):
            let count = try input.fill(&buffer)
            offset += count
            return buffer[..<count]
        case .stream(let stream):
            let count = try stream.read(into: &buffer)
            offset += count
            return buffer[..<count]
        case .memory(let bytes):
            let start = offset
            offset = min(start + Self.piece, bytes.count)
            return bytes[start..<offset]
        }
    }

    /// Moves to an offset, from which the next piece is read; throws for a stream.
    func seek(to offset: Int) throws(XMLError) {
        switch bytes {
        case .file(let input): try input.seek(to: offset)
        case .memory: break
        case .stream: throw XMLError(.unreadable, "a stream is read only once")
        }
        self.offset = offset
    }
}
