import Logging
import NIOCore
import Synchronization

/// Shuts a server down.
final class Drain: Sendable {
    private let listeners: Listeners
    private let registry: ConnectionRegistry
    private let entrance: AsyncStream<Client>.Continuation
    private let eventLoop: any EventLoop
    private let time: Duration
    private let logger: Logger

    init(
        listeners: Listeners,
        registry: ConnectionRegistry,
        entrance: AsyncStream<Client>.Continuation,
        eventLoop: any EventLoop,
        time: Duration,
        logger: Logger
    ) {
        self.listeners = listeners
        self.registry = registry
        self.entrance = entrance
        self.eventLoop = eventLoop
        self.time = time
        self.logger = logger
    }

    /// Stops accepting and reading; whatever is left after the drain time is cut off.
    func begin() {
        listeners.stop()
        let connections = registry.close()
        logger.info("draining", metadata: ["connections": "\(connections.count)"])
        entrance.finish()
        for connection in connections {
            connection.drain()
        }
        eventLoop.scheduleTask(in: time.timeAmount) { [weak self] in
            self?.force()
        }
    }

    /// Cuts everything off.
    func force() {
        listeners.stop()
        entrance.finish()
        for connection in registry.close() {
            connection.close()
        }
    }
}
