#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The bytes of an archive in a file or in memory, for libarchive's callbacks.
final class ArchiveBytes {
    private enum Content {
        case file(Int32)
        case memory([UInt8])
    }

    private let content: Content
    private let buffer: UnsafeMutableRawBufferPointer
    private static let piece = 1 << 16
    let count: Int
    private var position = 0
    /// The number of bytes read so far.
    private(set) var bytesRead = 0
    /// The number of bytes that may be read; reading more fails.
    var budget = Int.max
    private(set) var problem: ZIPError?

    init(path: String) throws(ZIPError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else {
            throw ZIPError(.unreadable, "cannot open: \(String(cString: strerror(errno)))")
        }
        content = .file(opened)
        buffer = .allocate(byteCount: Self.piece, alignment: 16)
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            count = 0
            throw ZIPError(.unreadable, "not a regular file")
        }
        count = Int(status.st_size)
    }

    init(_ bytes: [UInt8]) {
        content = .memory(bytes)
        buffer = .allocate(byteCount: Self.piece, alignment: 16)
        count = bytes.count
    }

    deinit {
        if case .file(let descriptor) = content { _ = close(descriptor) }
        buffer.deallocate()
    }

    /// The next bytes, which stay valid until the next call; empty at the end, `nil` after an error.
    func next() -> UnsafeRawBufferPointer? {
        let wanted = min(buffer.count, count - position)
        guard wanted > 0 else { return UnsafeRawBufferPointer(start: buffer.baseAddress, count: 0) }
        guard bytesRead + wanted <= budget else {
            problem = ZIPError(.limit, "the directory of the archive is larger than \(budget) bytes")
            return nil
        }
        guard let read = fill(wanted) else { return nil }
        position += read
        bytesRead += read
        return UnsafeRawBufferPointer(rebasing: buffer[..<read])
    }

    private func fill(_ wanted: Int) -> Int? {
        switch content {
        case .memory(let bytes):
            bytes.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position...].prefix(wanted)))
            }
            return wanted
        case .file(let descriptor):
            while true {
                let read = pread(descriptor, buffer.baseAddress, wanted, off_t(position))
                if read >= 0 { return read }
                if errno == EINTR { continue }
                problem = ZIPError(.unreadable, "cannot read: \(String(cString: strerror(errno)))")
                return nil
            }
        }
    }

    /// Moves to an offset; returns `nil` if it does not exist.
    func seek(to place: Int) -> Int? {
        guard (0...count).contains(place) else { return nil }
        position = place
        return place
    }

    /// Skips up to `bytes` bytes and returns how many were skipped.
    func skip(_ bytes: Int) -> Int {
        let skipped = max(0, min(bytes, count - position))
        position += skipped
        return skipped
    }

    var place: Int { position }
}
