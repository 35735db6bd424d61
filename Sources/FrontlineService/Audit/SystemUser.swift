package import AuditTrail

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension AuditActor {
    /// The person who runs a command on the data folder.
    package static let commandLine = AuditActor("command line", systemUser: SystemUser.name)

    /// The server at start, when it imports the watched folders.
    static let atStart = AuditActor("local", systemUser: SystemUser.name)
}

/// The operating system user of this process.
enum SystemUser {
    private static let bufferBytes = 16 << 10

    /// The name for the real user id; for root also the user who ran sudo.
    ///
    /// If the id has no name, its number.
    static let name: String = {
        let id = getuid()
        let user = name(of: id) ?? "uid \(id)"
        // Only for root is the variable trustworthy, because sudo sets it; other users can set it freely.
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
