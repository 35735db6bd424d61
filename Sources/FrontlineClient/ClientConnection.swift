import JSONRPC
import NIOCore
import NIOPosix
import NIOSSL
import Vocabulary

/// Opens the channel of a client.
enum ClientConnection {
    /// Connects and installs the handlers.
    static func open(
        _ destination: Destination,
        _ options: ClientOptions,
        _ group: any EventLoopGroup,
        handler: @escaping @Sendable () -> ClientHandler
    ) async throws -> any Channel {
        let tls = try context(destination)
        let bootstrap = ClientBootstrap(group: group)
            .connectTimeout(.nanoseconds(options.connectTimeout.nanoseconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let hostname = serverName(destination)
                        let client = try NIOSSLClientHandler(context: tls, serverHostname: hostname)
                        try channel.pipeline.syncOperations.addHandler(client)
                    }
                    try channel.pipeline.syncOperations.addHandler(handler())
                }
            }
        do {
            switch destination.address {
            case .tcp(let host, let port):
                let plain = bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
                return try await plain.connect(host: host, port: port).get()
            case .unix(let path): return try await bootstrap.connect(unixDomainSocketPath: path).get()
            }
        } catch {
            throw FrontlineClientError(
                code: .unreachable,
                message: "cannot connect to \(destination.address): \(FailureReason.text(error))",
                cause: error
            )
        }
    }

    private static func context(_ destination: Destination) throws(FrontlineClientError) -> NIOSSLContext? {
        guard case .tls(let authorities) = destination.security else { return nil }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        do {
            if let authorities {
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authorities))
            }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw FrontlineClientError(
                code: .certificate,
                message: "cannot use \(authorities ?? "the system's certificates") as certificates to trust: "
                    + "there is no such file, or it is not in PEM form",
                cause: error
            )
        }
    }

    /// The name to ask for and check; none for an address, which is checked as such.
    private static func serverName(_ destination: Destination) -> String? {
        guard case .tcp(let host, _) = destination.address else { return nil }
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return isAddress ? nil : host
    }
}

extension Duration {
    /// The whole nanoseconds of the duration.
    var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
