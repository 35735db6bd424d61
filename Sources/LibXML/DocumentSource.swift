/// Bytes that come one after the other and only once, such as those of a file in an archive.
package protocol ByteStream: AnyObject {
    /// Fills the buffer from its beginning.
    ///
    /// - Returns: how many bytes were written; 0 at the end.
    func read(into buffer: inout [UInt8]) throws(XMLError) -> Int
}

/// The bytes of a document, read forward and, where it must be, again.
final class DocumentSource {
    private enum Bytes {
        case file(FileInput)
        case memory([UInt8])
        case stream(any ByteStream)
    }

    private let bytes: Bytes
    private var buffer: [UInt8]
    /// Where the next piece begins.
    private(set) var offset = 0

    /// How many bytes a piece has.
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

    /// Goes to a place, from which the next piece is read; a stream has none to go to.
    func seek(to offset: Int) throws(XMLError) {
        switch bytes {
        case .file(let input): try input.seek(to: offset)
        case .memory: break
        case .stream: throw XMLError(.unreadable, "a stream is read only once")
        }
        self.offset = offset
    }
}
