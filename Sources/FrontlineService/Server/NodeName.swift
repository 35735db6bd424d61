import Foundation

/// The name of a process among those that share a store.
enum NodeName {
    /// The machine and the process: another one after each start, so that what one process has begun is not taken for another's.
    static let own = "\(machine)-\(ProcessInfo.processInfo.processIdentifier)"

    /// Without a question to the network, as `hostName` of Foundation would ask.
    private static var machine: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "node" }
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
