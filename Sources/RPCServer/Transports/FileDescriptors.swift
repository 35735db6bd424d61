#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// How many files the process may have open, connections among them.
package enum FileDescriptors {
    /// The descriptors reserved for the store, for files being read, for listeners and for clients that are refused.
    package static let reserve = 256

    /// How many connections there is room for, at most so many as are wanted; raises what the process may open, as
    /// far as the system lets it.
    static func room(for wanted: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return wanted }
        let needed = rlim_t(clamping: wanted + reserve)
        if limit.rlim_cur < needed, limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = min(needed, limit.rlim_max)
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        return room(for: wanted, of: Int(clamping: limit.rlim_cur))
    }

    /// How many connections there is room for among so many files.
    package static func room(for wanted: Int, of limit: Int) -> Int {
        max(1, min(wanted, limit >= reserve * 2 ? limit - reserve : limit / 2))
    }

    #if canImport(Glibc)
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
    private static let resource = RLIMIT_NOFILE
    #endif
}
