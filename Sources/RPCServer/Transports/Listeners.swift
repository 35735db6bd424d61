import JSONRPC
import NIOCore
import NIOPosix
import TLS
import Vocabulary

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The sockets that a server accepts connections on.
final class Listeners: Sendable {
    /// The addresses, with ports chosen by the system filled in.
    let addresses: [RPCAddress]
    /// The address of the web server, likewise.
    let web: RPCAddress?
    private let channels: [any Channel]
    private let sockets: [UnixSocket]

    /// Listens on every address, or on none when one fails.
    init(acceptor: Acceptor, group: any EventLoopGroup) async throws {
        let tls = try acceptor.configuration.tls.map { try Self.identity($0) }
        var channels: [any Channel] = []
        var sockets: [UnixSocket] = []
        var addresses: [RPCAddress] = []
        var web: RPCAddress?
        do {
            for address in acceptor.configuration.addresses {
                switch address {
                case .tcp:
                    let bootstrap = Self.bootstrap(group, acceptor, .init(kind: tls == nil ? .tcp : .tls, tls: tls))
                    let channel = try await Self.bind(bootstrap, address)
                    channels.append(channel)
                    addresses.append(address.withPort(channel.localAddress?.port))
                case .unix(let path):
                    let (socket, descriptor) = try UnixSocket.bind(path: path)
                    sockets.append(socket)
                    let bootstrap = Self.bootstrap(group, acceptor, .init(kind: .unix))
                    channels.append(try await bootstrap.withBoundSocket(descriptor).get())
                    addresses.append(address)
                }
            }
            if let configuration = acceptor.configuration.web {
                let limits = acceptor.configuration.limits
                let gate = try WebGate(configuration, isEncrypted: tls != nil, bodyLimit: limits.lineBytes)
                let door = Acceptor.Door(kind: tls == nil ? .web : .secureWeb, tls: tls, gate: gate)
                let channel = try await Self.bind(Self.bootstrap(group, acceptor, door), configuration.address)
                channels.append(channel)
                web = configuration.address.withPort(channel.localAddress?.port)
            }
        } catch {
            await Self.close(channels, sockets)
            throw error
        }
        self.channels = channels
        self.sockets = sockets
        self.addresses = addresses
        self.web = web
    }

    /// Stops accepting; does not wait.
    func stop() {
        for channel in channels {
            channel.close(promise: nil)
        }
        for socket in sockets {
            socket.remove()
        }
    }

    /// Accepts no more.
    func close() async {
        await Self.close(channels, sockets)
    }

    private static func identity(_ files: ServerConfiguration.TLSFiles) throws(RPCServerError) -> TLSContext {
        do throws(TLSError) {
            return try TLSContext.server(certificateFile: files.certificate, keyFile: files.key)
        } catch {
            throw RPCServerError(code: .certificate, message: error.message, cause: error)
        }
    }

    private static func close(_ channels: [any Channel], _ sockets: [UnixSocket]) async {
        for channel in channels {
            try? await channel.close().get()
        }
        for socket in sockets {
            socket.remove()
        }
    }

    private static func bootstrap(
        _ group: any EventLoopGroup,
        _ acceptor: Acceptor,
        _ door: Acceptor.Door
    ) -> ServerBootstrap {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelInitializer { channel in
                AcceptFailureHandler.add(to: channel, logger: acceptor.logger, failed: acceptor.meter.acceptFailed)
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 2_048, maximum: 65_536)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try acceptor.accept(channel, at: door) }
            }
        guard door.kind != .unix else { return bootstrap }
        return
            bootstrap
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    }

    /// Listens on an address.
    ///
    /// - Throws: ``RPCServerError`` that says why it cannot be used.
    static func bind(_ bootstrap: ServerBootstrap, _ address: RPCAddress) async throws -> any Channel {
        guard case .tcp(let host, let port) = address else {
            throw RPCServerError(code: .address, message: "cannot listen on \(address): it is no TCP address")
        }
        do {
            return try await bootstrap.bind(host: host, port: port).get()
        } catch {
            throw RPCServerError(
                code: .address,
                message: "cannot listen on \(address): \(reason(error))",
                cause: error
            )
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        switch error.errnoCode {
        case EADDRINUSE: return "the address is in use"
        case EADDRNOTAVAIL: return "this machine does not have the address"
        case EACCES: return "the port needs more rights"
        default: return error.description
        }
    }
}

extension RPCAddress {
    /// The address with the port that the system has chosen.
    func withPort(_ port: Int?) -> RPCAddress {
        guard case .tcp(let host, let old) = self else { return self }
        return .tcp(host: host, port: port ?? old)
    }
}
