/// The bytes of a document, read forward and, where it must be, again.
final class DocumentSource {
    private enum Bytes {
        case file(FileInput)
        case memory([UInt8])
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

    /// The next piece; empty at the end.
    func next() throws(XMLError) -> ArraySlice<UInt8> {
        switch bytes {
        case .file(let input):
            let count = try input.fill(&buffer)
            offset += count
            return buffer[..<count]
        case .memory(let bytes):
            let start = offset
            offset = min(start + Self.piece, bytes.count)
            return bytes[start..<offset]
        }
    }

    /// Goes to a place, from which the next piece is read.
    func seek(to offset: Int) throws(XMLError) {
        if case .file(let input) = bytes { try input.seek(to: offset) }
        self.offset = offset
    }
}
