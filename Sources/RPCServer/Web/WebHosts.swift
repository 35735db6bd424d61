package import JSONRPC

/// The names under which clients may address a server.
///
/// A page of another site can have its own name resolve to this machine, and its requests would then look like those of a
/// page of this server (DNS rebinding). Their `Host` header still has that other name. Addresses in figures cannot be
/// turned in this way.
package struct WebHosts: Sendable {
    /// Names and addresses in lower case, which count with the port of the listener.
    private var names: Set<String>
    /// Hosts with their port, or without it for the standard port.
    private var exact: Set<String> = []
    private var admitsAddresses = false

    /// Takes the names that an operator lists, `HOST` or `HOST:PORT`; nil when one of them is neither.
    ///
    /// A name without a port counts with the listener's port and, for a proxy before it, with the standard one.
    package init?(listed: [String]) {
        names = []
        for text in listed.map({ $0.lowercased() }) {
            if let (host, port) = Self.named(text), port > 0 {
                exact.insert(RPCAddress.tcp(host: host, port: port).description)
            } else if let (host, _) = Self.named(text + ":1") {
                names.insert(host)
                exact.insert(text)
            } else {
                return nil
            }
        }
    }

    /// The parts of `HOST:PORT`; nil for anything else, such as a pattern.
    fileprivate static func named(_ text: String) -> (host: String, port: Int)? {
        guard case .tcp(let host, let port)? = RPCAddress(text) else { return nil }
        let isName = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isName || AddressRange.bytes(of: host) != nil ? (host, port) : nil
    }

    /// Takes the names that follow from an address to listen on: itself; on a loopback address, every name of this
    /// machine for itself; on all addresses, any address in figures and `localhost`.
    package init(listeningOn host: String) {
        let host = host.lowercased()
        switch host {
        case "0.0.0.0", "::": (names, admitsAddresses) = (["localhost"], true)
        case "localhost", "127.0.0.1", "::1": names = ["localhost", "127.0.0.1", "::1"]
        default: names = [host]
        }
    }

    /// Whether a request with this `Host` header is for this server.
    ///
    /// - Parameters:
    ///   - host: The header.
    ///   - port: The port that the listener has.
    ///   - isEncrypted: Whether the request came over TLS, which decides what the standard port is.
    /// - Returns: Whether one of the names is the header.
    package func admits(_ host: String, port: Int, isEncrypted: Bool) -> Bool {
        let host = host.lowercased()
        if exact.contains(host) { return true }
        let standard = isEncrypted ? 443 : 80
        guard let (name, given) = Self.named(host) ?? Self.named("\(host):\(standard)"), given == port else {
            return false
        }
        return names.contains(name) || admitsAddresses && AddressRange.bytes(of: name) != nil
    }
}

/// The origins whose pages may call a server: scheme, host and port, letter by letter.
package struct WebOrigins: Sendable {
    private let listed: Set<String>?

    /// Takes the origins that an operator lists, or the server's own alone if there is no list.
    ///
    /// It fails when one of them is no origin.
    package init?(listed: [String]?) {
        guard let listed else {
            self.listed = nil
            return
        }
        guard listed.allSatisfy(Self.isOrigin) else { return nil }
        self.listed = Set(listed.map { $0.lowercased() })
    }

    /// Whether pages of an origin may call the server under the name that they used.
    package func admits(_ origin: String, host: String, isEncrypted: Bool) -> Bool {
        let own = "\(isEncrypted ? "https" : "http")://\(host.lowercased())"
        return listed?.contains(origin) ?? (origin == own)
    }

    private static func isOrigin(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: text.lowercased().hasPrefix) else { return false }
        let host = String(text.dropFirst(scheme.count))
        return WebHosts.named(host) != nil || WebHosts.named(host + ":1") != nil
    }
}
