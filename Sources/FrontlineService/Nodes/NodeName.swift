import Foundation

/// The name of a process among those that share a store.
package enum NodeName {
    /// The machine, the process and something random, so that what one process has begun is not taken for another's.
    ///
    /// In containers machines and processes have the same names and numbers after each start.
    package static let own =
        "\(machine)-\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString.prefix(4).lowercased())"

    /// Without a question to the network, as `hostName` of Foundation would ask.
    private static var machine: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "node" }
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
