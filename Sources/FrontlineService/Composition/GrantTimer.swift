import Logging
import Resolution
import ServiceLifecycle

/// Ends requests whose time to be decided is over, so that their alerts and waiting scripts go on without a call.
struct GrantTimer: Service {
    private static let pause = Duration.seconds(1)

    let services: Services
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try services.authority.expireDue(now: services.now())
                } catch {
                    logger.error("requests cannot expire", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}
