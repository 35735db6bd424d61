package import JSONRPC
package import Logging
package import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import Vocabulary

/// Serves JSON-RPC: lines over TCP, TLS, Unix sockets and the standard streams, and messages over WebSocket and HTTP.
///
/// It listens from the moment ``run()`` is called. A graceful shutdown stops accepting and reading, lets the requests
/// in flight finish, waits until clients have read their answers, and closes; whatever is not done within the drain
/// time is cut off. The server also ends when the standard streams were its only connection and they end.
package struct RPCServer<Handler: ConnectionHandler>: Service {
    private let configuration: ServerConfiguration
    private let handler: Handler
    private let logger: Logger
    private let meter: ServerMeter
    private let eventLoopGroup: any EventLoopGroup
    private let ready: @Sendable ([RPCAddress]) -> Void

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - configuration: Where to listen, and the limits.
    ///   - handler: Answers the messages.
    ///   - meter: Counts calls and connections.
    ///   - eventLoopGroup: The threads for input and output.
    ///   - logger: Where connections are logged, at debug level, and the addresses, at info level.
    ///   - ready: Called with the addresses, that of the web server last, once all of them accept connections; ports
    ///     chosen by the system are filled in.
    package init(
        configuration: ServerConfiguration,
        handler: Handler,
        meter: ServerMeter = ServerMeter(),
        eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        logger: Logger,
        ready: @escaping @Sendable ([RPCAddress]) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.handler = handler
        self.meter = meter
        self.eventLoopGroup = eventLoopGroup
        self.logger = logger
        self.ready = ready
    }

    /// Listens and serves until a graceful shutdown, a cancellation or, alone on the standard streams, their end.
    ///
    /// - Throws: ``RPCServerError`` when an address or a certificate cannot be used.
    package func run() async throws {
        let (clients, entrance) = AsyncStream.makeStream(of: Client.self)
        let configuration = fitted()
        let registry = ConnectionRegistry(limits: configuration.limits, meter: meter, logger: logger)
        let acceptor = Acceptor(
            configuration: configuration,
            refusal: handler.refusalOfConnection,
            meter: meter,
            registry: registry,
            logger: logger,
            shared: SharedBuffers(),
            entrance: entrance
        )
        let listeners = try await Listeners(acceptor: acceptor, group: eventLoopGroup)
        let streams = try startStandardStreams(acceptor)
        for address in listeners.addresses {
            logger.info("listening", metadata: ["address": "\(address)", "tls": "\(configuration.tls != nil)"])
        }
        if let web = listeners.web {
            logger.info("serving the web", metadata: ["address": "\(web)", "tls": "\(configuration.tls != nil)"])
        }
        let addresses = listeners.addresses + [listeners.web].compactMap(\.self)
        ready(addresses)
        let drain = Drain(
            listeners: listeners,
            registry: registry,
            entrance: entrance,
            eventLoop: eventLoopGroup.next(),
            time: configuration.limits.drainTime,
            logger: logger
        )
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await serve(clients, registry, streams, endsWithStreams: addresses.isEmpty, entrance)
            } onGracefulShutdown: {
                drain.begin()
            }
        } onCancel: {
            drain.force()
        }
        await listeners.close()
    }

    /// The configuration with as many connections as the process may have files open, some of which the store needs.
    private func fitted() -> ServerConfiguration {
        var fitted = configuration
        let wanted = configuration.limits.connections
        fitted.limits.connections = FileDescriptors.room(for: wanted)
        if fitted.limits.connections < wanted {
            logger.warning(
                "fewer connections than asked for: the process may not open more files",
                metadata: ["connections": "\(fitted.limits.connections)", "asked": "\(wanted)"]
            )
        }
        return fitted
    }

    private func startStandardStreams(_ acceptor: Acceptor) throws -> StreamTransport? {
        guard let streams = configuration.standardStreams else { return nil }
        return try acceptor.accept(streams)
    }

    private func serve(
        _ clients: AsyncStream<Client>,
        _ registry: ConnectionRegistry,
        _ streams: StreamTransport?,
        endsWithStreams: Bool,
        _ entrance: AsyncStream<Client>.Continuation
    ) async {
        let (sizes, budget) = (AnswerSizes(), registry.answerBudget())
        await withDiscardingTaskGroup { group in
            if let streams {
                group.addTask { await streams.run() }
            }
            for await client in clients {
                group.addTask {
                    await serve(client, registry, sizes, budget)
                    if endsWithStreams, client.connection.kind == .stdio {
                        entrance.finish()
                    }
                }
            }
        }
    }

    private func serve(
        _ client: Client,
        _ registry: ConnectionRegistry,
        _ sizes: AnswerSizes,
        _ budget: AnswerBudget
    ) async {
        let connection = client.connection
        if !registry.insert(connection) {
            connection.drain()
        }
        meter.connectionOpened(now: registry.count)
        logger.debug("connection opened", metadata: Self.metadata(of: connection))
        await RequestLoop(handler: handler, client: client, sizes: sizes, budget: budget).run()
        registry.remove(connection.id)
        meter.connectionClosed(now: registry.count)
        logger.debug("connection closed", metadata: Self.metadata(of: connection))
    }

    private static func metadata(of connection: Connection) -> Logger.Metadata {
        ["connection": "\(connection.id)", "transport": "\(connection.kind.rawValue)", "peer": "\(connection.peer)"]
    }
}

/// A connection that was accepted and the messages it brings.
struct Client: Sendable {
    let connection: Connection
    let inbox: AsyncStream<Inbound>
    /// The way into the inbox for what happens on this side.
    let nudge: AsyncStream<Inbound>.Continuation
}
