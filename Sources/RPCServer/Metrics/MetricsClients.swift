import NIOCore
import Synchronization

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
