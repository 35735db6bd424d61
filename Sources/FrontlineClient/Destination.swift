public import JSONRPC

/// Where a client connects to, and whether it speaks TLS.
public struct Destination: Sendable, Hashable {
    /// What a client trusts.
    public enum Security: Sendable, Hashable {
        /// No encryption.
        case plain
        /// TLS; the certificate is checked against the authorities in a PEM file, or the system's when nil.
        case tls(authorities: String?)
    }

    /// The address of the server.
    public let address: RPCAddress
    /// Whether the connection is encrypted.
    public let security: Security

    /// Names a destination.
    public init(_ address: RPCAddress, security: Security = .plain) {
        self.address = address
        self.security = security
    }

    /// A server on plain TCP.
    public static func tcp(_ host: String, _ port: Int) -> Destination {
        Destination(.tcp(host: host, port: port))
    }

    /// A server on TLS, with the authorities of a PEM file or the system's.
    public static func tls(_ host: String, _ port: Int, authorities: String? = nil) -> Destination {
        Destination(.tcp(host: host, port: port), security: .tls(authorities: authorities))
    }

    /// A server on a Unix socket.
    public static func unix(_ path: String) -> Destination {
        Destination(.unix(path: path))
    }
}

/// How patient a client is.
public struct ClientOptions: Sendable, Hashable {
    /// How long connecting may take, the TLS handshake apart.
    public var connectTimeout = Duration.seconds(10)
    /// How long an answer may take, to a quarter of a second.
    public var callTimeout = Duration.seconds(60)
    /// The longest answer that is accepted, in bytes.
    public var maximumLine = 64 << 20
    /// How many notifications may wait to be taken; a client that falls further behind is disconnected.
    public var maximumNotifications = 10_000

    /// Patience for people who wait.
    public init() {}
}
