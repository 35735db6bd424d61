#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The destination of a body, which enforces the size limit.
class Sink {
    private let limit: Int
    private(set) var count = 0
    /// Whether the body exceeded its limit.
    private(set) var isOverflown = false

    init(limit: Int) { self.limit = limit }

    /// Accepts the next bytes; returns `false` to end the transfer.
    final func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= limit - count else {
            isOverflown = true
            return false
        }
        count += bytes.count
        return store(bytes)
    }

    /// Stores the bytes; returns `false` on failure.
    func store(_ bytes: UnsafeRawBufferPointer) -> Bool { true }
}

/// Keeps a body in memory.
final class MemorySink: Sink {
    private(set) var body: [UInt8] = []

    override func store(_ bytes: UnsafeRawBufferPointer) -> Bool {
        body.append(contentsOf: bytes)
        return true
    }
}

/// Writes a body to a file, which is closed with the sink.
final class FileSink: Sink {
    private let descriptor: Int32

    init(path: String, limit: Int) throws(HTTPFetchError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        super.init(limit: limit)
        if descriptor < 0 {
            throw HTTPFetchError(code: .file, message: "cannot write '\(path)': \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        if descriptor >= 0 { _ = close(descriptor) }
    }

    override func store(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return false }
            rest = rest.dropFirst(written)
        }
        return true
    }
}
