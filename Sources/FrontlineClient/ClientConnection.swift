import JSONRPC
import NIOCore
import NIOPosix
import TLS
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
                        let handler = try TLSHandler(connectingTo: host(destination), tls)
                        try channel.pipeline.syncOperations.addHandler(handler)
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

    private static func context(_ destination: Destination) throws(FrontlineClientError) -> TLSContext? {
        guard case .tls(let authorities) = destination.security else { return nil }
        do throws(TLSError) {
            return try TLSContext.client(authoritiesFile: authorities)
        } catch {
            throw FrontlineClientError(code: .certificate, message: error.message, cause: error)
        }
    }

    /// What the server's certificate must name; nothing, which is an error with TLS, for a Unix socket.
    private static func host(_ destination: Destination) -> String {
        guard case .tcp(let host, _) = destination.address else { return "" }
        return host
    }
}

extension Duration {
    /// The whole nanoseconds of the duration.
    var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
