import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The file of a Unix socket that a server listens on: for its owner only, removed at the end.
final class UnixSocket: Sendable {
    private struct Identity: Equatable {
        let device: dev_t
        let inode: ino_t
    }

    let path: String
    private let identity: Identity
    private let isRemoved = Mutex(false)

    /// Binds a socket; the caller owns the descriptor.
    ///
    /// A stale socket file is replaced; anything else at the path is left alone, and the address is refused.
    static func bind(path: String) throws(RPCServerError) -> (socket: UnixSocket, descriptor: Int32) {
        try clear(path)
        let descriptor = try bound(path)
        guard let identity = identity(of: path) else {
            closeDescriptor(descriptor)
            throw failure(path, "its socket file is gone")
        }
        return (UnixSocket(path: path, identity: identity), descriptor)
    }

    private init(path: String, identity: Identity) {
        self.path = path
        self.identity = identity
    }

    /// Removes the file, unless another one has taken its place.
    func remove() {
        let isFirst = isRemoved.withLock { removed in
            defer { removed = true }
            return !removed
        }
        if isFirst, Self.identity(of: path) == identity {
            unlink(path)
        }
    }

    private static func clear(_ path: String) throws(RPCServerError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw failure(path, "a file that is no socket is there")
        }
        let descriptor = try open(path)
        defer { closeDescriptor(descriptor) }
        if withAddress(path, { connect(descriptor, $0, $1) }) == 0 {
            throw failure(path, "another process listens there")
        }
        guard errno == ECONNREFUSED else { throw failure(path, reason(errno)) }
        unlink(path)
    }

    private static func bound(_ path: String) throws(RPCServerError) -> Int32 {
        let descriptor = try open(path)
        // The mode of the descriptor becomes that of the file, so that at no moment others may connect.
        fchmod(descriptor, 0o600)
        guard withAddress(path, { bindDescriptor(descriptor, $0, $1) }) == 0, chmod(path, 0o600) == 0 else {
            let number = errno
            closeDescriptor(descriptor)
            throw failure(path, reason(number))
        }
        return descriptor
    }

    private static func open(_ path: String) throws(RPCServerError) -> Int32 {
        guard path.utf8.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path) else {
            throw failure(path, "the path is too long for a socket")
        }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure(path, reason(errno)) }
        return descriptor
    }

    private static func withAddress(
        _ path: String,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafeBytes(of: &address) { bytes in
            guard let base = bytes.baseAddress else { return -1 }
            return body(base.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
    }

    private static func identity(of path: String) -> Identity? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Identity(device: status.st_dev, inode: status.st_ino)
    }

    private static func failure(_ path: String, _ reason: String) -> RPCServerError {
        RPCServerError(code: .address, message: "cannot listen on unix:\(path): \(reason)")
    }

    private static func reason(_ number: Int32) -> String {
        String(cString: strerror(number))
    }
}

private func closeDescriptor(_ descriptor: Int32) {
    _ = close(descriptor)
}

private func bindDescriptor(
    _ descriptor: Int32,
    _ address: UnsafePointer<sockaddr>,
    _ length: socklen_t
) -> Int32 {
    bind(descriptor, address, length)
}
