package import AuditTrail

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension AuditActor {
    /// Whoever runs a command on the data folder.
    package static let commandLine = AuditActor("command line", systemUser: SystemUser.name)

    /// The server while it starts, which takes up the folders that it was told to watch.
    static let atStart = AuditActor("local", systemUser: SystemUser.name)
}

/// The user of the operating system whose process this is.
enum SystemUser {
    private static let bufferBytes = 16 << 10

    /// The name that belongs to the real user id; for root, who called it by sudo as well.
    ///
    /// The number where it has no name.
    static let name: String = {
        let id = getuid()
        let user = name(of: id) ?? "uid \(id)"
        // Only root can have got the variable from sudo itself; others may set it as they like.
        guard id == 0, let caller = getenv("SUDO_USER").map({ String(cString: $0) }), caller != user else {
            return user
        }
        return "\(user), by sudo from \(caller)"
    }()

    private static func name(of id: uid_t) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: bufferBytes) { buffer -> String? in
            guard let place = buffer.baseAddress, getpwuid_r(id, &entry, place, buffer.count, &found) == 0,
                found != nil, let name = entry.pw_name
            else { return nil }
            return String(cString: name)
        }
    }
}
