import Foundation

/// Which pages stand in a write-ahead log, hence newer than in the database file.
///
/// Asked again, it reads only what was appended.
struct WALPages {
    private static let headerBytes = 32
    private static let frameHeaderBytes = 24

    private let path: String
    private let pageSize: Int
    private var salt: [UInt8] = []
    private var offset = 0
    private var known: Set<UInt32> = []

    init(log path: String, pageSize: Int) {
        self.path = path
        self.pageSize = pageSize
    }

    /// The numbers of the pages, those of frames that were written and not committed included; nil when the log cannot
    /// be read.
    mutating func numbers() -> Set<UInt32>? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno == ENOENT ? [] : nil }
        // Locks of the database are on its own file and on that of the log's index, never on the log: closing ends none.
        defer { close(descriptor) }
        guard let header = Self.bytes(descriptor, at: 0, count: Self.headerBytes) else { return nil }
        guard header.count == Self.headerBytes else { return [] }
        // A log that was begun anew has another salt; frames of the one before may still stand behind its own.
        if salt != Array(header[16..<24]) {
            (salt, offset, known) = (Array(header[16..<24]), Self.headerBytes, [])
        }
        while let frame = Self.bytes(descriptor, at: offset, count: Self.frameHeaderBytes) {
            guard frame.count == Self.frameHeaderBytes, Array(frame[8..<16]) == salt else { return known }
            known.insert(frame[..<4].reduce(0) { $0 << 8 | UInt32($1) })
            offset += Self.frameHeaderBytes + pageSize
        }
        return nil
    }

    private static func bytes(_ descriptor: Int32, at offset: Int, count: Int) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: count)
        let read = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, off_t(offset)) }
        guard read >= 0 else { return nil }
        return Array(buffer.prefix(read))
    }
}
