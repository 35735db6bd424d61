/// Where a server of JSON-RPC lines listens or is reached.
public enum RPCAddress: Sendable, Hashable {
    /// A host name or address, without brackets, and a port.
    case tcp(host: String, port: Int)
    /// The path of a Unix socket.
    case unix(path: String)
}

extension RPCAddress {
    /// Reads `HOST:PORT`, `[IPv6]:PORT` or `unix:PATH`; nil for anything else.
    ///
    /// The port is a number up to 65535; 0 lets the system choose where a server listens. A bare IPv6 address must be
    /// in brackets, because its last group could be a port.
    public init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = text.dropFirst("unix:".count)
            guard !path.isEmpty, !path.utf8.contains(0) else { return nil }
            self = .unix(path: String(path))
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...]),
            let host = Self.host(text[..<colon])
        else { return nil }
        self = .tcp(host: host, port: port)
    }

    private static func port(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return UInt16(text).map(Int.init)
    }

    private static func host(_ text: Substring) -> String? {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let address = text.dropFirst().dropLast()
            return address.contains(":") ? String(address) : nil
        }
        let isPlain = !text.isEmpty && !text.contains { ":[]/ \t\n\0".contains($0) }
        return isPlain ? String(text) : nil
    }
}

extension RPCAddress: CustomStringConvertible {
    /// The address as it can be read again.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
