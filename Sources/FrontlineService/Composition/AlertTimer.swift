import Alerts
import Logging
import ServiceLifecycle

/// Lets time act on alerts: once a second what has waited long enough escalates, wakes up or expires.
struct AlertTimer: Service {
    private static let pause = Duration.seconds(1)

    let services: Services
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try services.alerts.elapse(to: services.now())
                } catch {
                    logger.error("alerts cannot follow the time", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}
