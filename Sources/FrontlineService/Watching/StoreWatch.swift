import Logging
import ServiceLifecycle
import Storage

/// Logs when a database server no longer answers and when it does again; what fails meanwhile for that reason is not logged.
struct StoreWatch: Service {
    private static let pause = Duration.milliseconds(200)

    private let store: Store
    private let logger: Logger

    /// Nil for a store in files.
    init?(_ store: Store, logger: Logger) {
        guard store.files == nil else { return nil }
        (self.store, self.logger) = (store, logger)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var since: ContinuousClock.Instant?
            while !Task.isCancelled {
                if let outage = store.outage {
                    if since == nil {
                        since = .now
                        logger.error(
                            "the database does not answer; nothing is written until it does",
                            metadata: ["error": "\(ErrorText.line(outage))"]
                        )
                    }
                } else if let begun = since {
                    since = nil
                    let seconds = (ContinuousClock.now - begun).components.seconds
                    logger.notice("the database answers again", metadata: ["seconds": "\(seconds)"])
                }
                await Task.pause(for: Self.pause)
            }
        }
    }
}
