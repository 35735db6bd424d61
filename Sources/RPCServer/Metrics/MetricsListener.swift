package import JSONRPC
package import Logging
package import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import Synchronization
package import Vocabulary

/// Answers `GET /metrics` in the Prometheus text format and `GET /health` as JSON over plain HTTP/1.1.
package struct MetricsListener: Service {
    /// The health of the server: whether every check passes, and a description.
    package struct Health: Sendable {
        /// Whether the answer is 200 rather than 503.
        package let isHealthy: Bool
        /// The body.
        package let body: JSON

        /// Describes a state of health.
        package init(isHealthy: Bool, body: JSON) {
            self.isHealthy = isHealthy
            self.body = body
        }

        /// The response that says so.
        package var response: WebResponse { .json(status: isHealthy ? 200 : 503, body) }
    }

    /// The type of the figures.
    package static let textType = "text/plain; version=0.0.4; charset=utf-8"

    /// How many connections it serves at a time; one more takes the place of the oldest.
    private static let maximumConnections = 64

    private let address: RPCAddress
    private let registry: PrometheusRegistry
    private let health: @Sendable () async -> Health
    private let eventLoopGroup: any EventLoopGroup
    private let logger: Logger
    private let ready: @Sendable (RPCAddress) -> Void

    /// Makes a listener.
    ///
    /// - Parameters:
    ///   - address: Where to listen.
    ///   - registry: The metrics.
    ///   - health: Asked for every `GET /health`.
    ///   - eventLoopGroup: The threads for input and output.
    ///   - logger: Where the address is logged.
    ///   - ready: Called with the address; a port chosen by the system is filled in.
    package init(
        address: RPCAddress,
        registry: PrometheusRegistry,
        health: @escaping @Sendable () async -> Health,
        eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        logger: Logger,
        ready: @escaping @Sendable (RPCAddress) -> Void = { _ in }
    ) {
        self.address = address
        self.registry = registry
        self.health = health
        self.eventLoopGroup = eventLoopGroup
        self.logger = logger
        self.ready = ready
    }

    /// Listens until a graceful shutdown or a cancellation.
    ///
    /// - Throws: ``RPCServerError`` when the address cannot be used.
    package func run() async throws {
        let clients = MetricsClients(limit: Self.maximumConnections)
        let bootstrap = ServerBootstrap(group: eventLoopGroup)
            .serverChannelInitializer { [logger] channel in
                AcceptFailureHandler.add(to: channel, logger: logger, failed: {})
            }
            .serverChannelOption(.backlog, value: 64)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try accept(channel, clients) }
            }
        let channel = try await Listeners.bind(bootstrap, address)
        let bound = address.withPort(channel.localAddress?.port)
        logger.info("serving metrics", metadata: ["address": "\(bound)"])
        ready(bound)
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                try? await channel.closeFuture.get()
            } onGracefulShutdown: {
                channel.close(promise: nil)
            }
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    private func accept(_ channel: any Channel, _ clients: MetricsClients) throws {
        clients.insert(channel)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
        try pipeline.addHandler(MetricsHandler { path in await answer(path) })
    }

    private func answer(_ path: String) async -> MetricsHandler.Answer {
        switch path.split(separator: "?", maxSplits: 1).first {
        case "/metrics":
            return .init(
                status: .ok,
                type: Self.textType,
                body: Array(registry.render().utf8)
            )
        case "/health":
            let health = await health()
            let status: HTTPResponseStatus = health.isHealthy ? .ok : .serviceUnavailable
            return .init(
                status: status,
                type: "application/json",
                body: health.body.serialized() + [UInt8(ascii: "\n")]
            )
        default: return .init(status: .notFound, type: "text/plain", body: Array("not found\n".utf8))
        }
    }
}

/// The connections to the metrics listener, a fixed number at most.
///
/// A scrape takes milliseconds. When there is no room for one more connection, the oldest is assumed to be idle:
/// it is closed, so that silent clients cannot keep others out.
final class MetricsClients: Sendable {
    private let limit: Int
    private let channels = Mutex<[any Channel]>([])

    init(limit: Int) { self.limit = limit }

    /// Registers a connection until it is closed.
    func insert(_ channel: any Channel) {
        let oldest = channels.withLock { channels in
            channels.append(channel)
            return channels.count > limit ? channels.removeFirst() : nil
        }
        oldest?.close(promise: nil)
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.channels.withLock { $0.removeAll { $0 === channel } }
        }
    }
}
