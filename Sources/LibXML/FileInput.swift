#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file read in pieces through its descriptor, which is closed with the object.
final class FileInput {
    private let descriptor: Int32
    private let path: String

    /// Opens a regular file; folders, pipes and devices are refused.
    init(path: String) throws(XMLError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else {
            throw XMLError(.unreadable, "cannot open: \(String(cString: strerror(errno)))", file: path)
        }
        self.descriptor = opened
        self.path = path
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw XMLError(.unreadable, "not a regular file", file: path)
        }
    }

    deinit { _ = close(descriptor) }

    /// Reads up to the size of `buffer` and returns the number of bytes; 0 at the end.
    func fill(_ buffer: inout [UInt8]) throws(XMLError) -> Int {
        while true {
            let count = buffer.withUnsafeMutableBytes { FileInput.readBytes(descriptor, $0) }
            if count >= 0 { return count }
            if errno != EINTR {
                throw XMLError(.unreadable, "cannot read: \(String(cString: strerror(errno)))", file: path)
            }
        }
    }

    /// Moves to an offset, from which reading continues.
    func seek(to offset: Int) throws(XMLError) {
        guard lseek(descriptor, off_t(offset), SEEK_SET) == off_t(offset) else {
            throw XMLError(.unreadable, "cannot read: \(String(cString: strerror(errno)))", file: path)
        }
    }

    /// Reads the whole file; throws if it has more than `limit` bytes.
    static func contents(of path: String, limit: Int) throws(XMLError) -> [UInt8] {
        let input = try FileInput(path: path)
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try input.fill(&buffer)
            if count == 0 { return result }
            guard result.count + count <= limit else {
                throw XMLError(.limit, "the file is larger than \(limit) bytes", file: path)
            }
            result.append(contentsOf: buffer[..<count])
        }
    }

    private static func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let base = buffer.baseAddress else { return 0 }
        return read(descriptor, base, buffer.count)
    }
}
